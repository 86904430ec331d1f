import { ends, trafficOf } from '../../support/traffic';
import { alias, record } from './support';

const LB = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const V6 = '2001:db8::1';
const V4 = '192.0.2.1';
const dnsOf = (id: string, attribute = 'DNSName') => ({ 'Fn::GetAtt': [id, attribute] });
const aliasTo = (Type: string, id: string, Name = 'www.example.com', attribute?: string) =>
  alias(dnsOf(id, attribute), false, { Name, Type });

/** A balancer that answers 403 to all but clients in a block. */
function balancer(properties: object, block: string, Name = 'www') {
  return {
    Lb: { Type: LB, Properties: { Scheme: 'internet-facing', ...properties } },
    Listener: {
      Type: 'AWS::ElasticLoadBalancingV2::Listener',
      Properties: {
        LoadBalancerArn: { Ref: 'Lb' },
        Port: 80,
        Protocol: 'HTTP',
        DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '403' } }],
      },
    },
    Rule: {
      Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
      Properties: {
        ListenerArn: { Ref: 'Listener' },
        Priority: 1,
        Conditions: [{ Field: 'source-ip', SourceIpConfig: { Values: [block] } }],
        Actions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '200', MessageBody: Name } }],
      },
    },
  };
}

function ask(resources: object, clientIp?: string, host = 'www') {
  const url = `http://${host}.example.com/`;
  const answer = trafficOf(resources).request({ url, ...(clientIp === undefined ? {} : { clientIp }) });
  const [first] = answer.outcomes;
  return {
    ends: ends(answer),
    quality: first!.quality,
    warnings: answer.warnings.join(),
    because: first!.trace.map((entry) => entry.because).join('; '),
  };
}

const BOTH = { A: aliasTo('A', 'Lb'), Aaaa: aliasTo('AAAA', 'Lb') };

describe('an alias of type AAAA to a balancer', () => {
  test.each([
    ['of IPv4 alone', 'ipv4', '0.0.0.0/0'],
    ['that says nothing of its addresses', undefined, '0.0.0.0/0'],
    ['of both', 'dualstack', '::/0'],
    ['of IPv6 alone', 'dualstack-without-public-ipv4', '::/0'],
  ])('%s, which says %s, brings a client with an IPv6 address in from %s', (_, IpAddressType, block) => {
    const resources = { ...BOTH, ...balancer({ IpAddressType }, block) };
    expect(ask(resources, V6)).toMatchObject({ ends: ['1 fixed-response Rule 200'], quality: 'exact', warnings: '' });
  });

  test('of IPv4 alone has no answer without an A record', () => {
    const resources = { Aaaa: aliasTo('AAAA', 'Lb'), ...balancer({}, '0.0.0.0/0') };
    expect(ask(resources, V6)).toMatchObject({ ends: ['1 no-answer www.example.com'] });
    expect(ask(resources, V4)).toMatchObject({ ends: ['1 no-answer www.example.com'] });
  });

  test('of which is not known what addresses it has is taken to have both', () => {
    const open = ask({ ...BOTH, ...balancer({ IpAddressType: { Ref: 'Kind' } }, '::/0') }, V6);
    expect(open).toMatchObject({ ends: ['1 fixed-response Rule 200'], quality: 'exact' });
    expect(open.warnings).toContain("IpAddressType isn't known; it is taken for both versions of IP");
  });
});

test.each([
  ['an address', V4],
  ['none that is known', undefined],
])('an alias of type A to a balancer of IPv6 alone brings a client with %s of IPv4 in by IPv6', (_, clientIp) => {
  const resources = { ...BOTH, ...balancer({ IpAddressType: 'dualstack-without-public-ipv4' }, '::/0') };
  expect(ask(resources, clientIp)).toMatchObject({ ends: ['1 fixed-response Rule 200'], quality: 'exact' });
});

describe('a client that has to take the other version of IP', () => {
  const dual = { IpAddressType: 'dualstack' };

  test.each([
    ['A', V6, '0.0.0.0/0', '2001:db8::/32'],
    ['AAAA', V4, '::/0', '0.0.0.0/0'],
  ])('for want of other records than %s, from %s, is in %s and not in %s', (type, clientIp, itsBlock, other) => {
    const www = { Www: aliasTo(type, 'Lb') };
    expect(ask({ ...www, ...balancer(dual, itsBlock) }, clientIp).ends).toEqual(['1 fixed-response Rule 200']);
    expect(ask({ ...www, ...balancer(dual, other) }, clientIp)).toMatchObject({
      ends: ['1 fixed-response Listener 403'],
      quality: 'exact',
    });
  });

  test('comes from an address that is not known', () => {
    const answer = ask({ Www: aliasTo('A', 'Lb'), ...balancer(dual, '198.51.100.0/24') }, V6);
    expect(answer).toMatchObject({ ends: ['1 fixed-response Listener 403'], quality: 'bounded' });
    expect(answer.warnings).toContain(
      "the client comes by IPv4, from an address that isn't known; give that one with --client-ip",
    );
  });

  test('does so behind a CNAME too', () => {
    const www = record('x', { Name: 'www.example.com', Type: 'CNAME', ResourceRecords: [dnsOf('Lb')] });
    const resources = { Www: www, ...balancer({}, '0.0.0.0/0') };
    const answer = ask(resources, V6);
    expect(answer).toMatchObject({ ends: ['1 fixed-response Rule 200'], quality: 'exact' });
    expect(answer.because).toContain('${Lb.DNSName} has addresses of IPv4 alone');
  });

  test('does so where another name has no address of the first', () => {
    const resources = {
      A: alias('lb.example.com', false, { Name: 'www.example.com' }),
      Aaaa: alias('lb.example.com', false, { Name: 'www.example.com', Type: 'AAAA' }),
      LbA: aliasTo('A', 'Lb', 'lb.example.com'),
      LbAaaa: aliasTo('AAAA', 'Lb', 'lb.example.com'),
      ...balancer({}, '0.0.0.0/0'),
    };
    const answer = ask(resources, V6);
    expect(answer.ends).toEqual(['1 fixed-response Rule 200']);
    expect(answer.because).toContain('Lb has no address of IPv6; IPv4 is used instead');
  });
});

/** A distribution with a name of both types. */
const cdn = (more: object) => ({
  A: aliasTo('A', 'Cdn', 'www.example.com', 'DomainName'),
  Aaaa: aliasTo('AAAA', 'Cdn', 'www.example.com', 'DomainName'),
  Cdn: {
    Type: 'AWS::CloudFront::Distribution',
    Properties: {
      DistributionConfig: {
        Enabled: true,
        Aliases: ['www.example.com'],
        Origins: [{ Id: 'web', DomainName: 'web.example.net', CustomOriginConfig: {} }],
        DefaultCacheBehavior: { TargetOriginId: 'web', ViewerProtocolPolicy: 'allow-all', ForwardedValues: {} },
        ...more,
      },
    },
  },
});

test.each([
  ['is off for IPv6', { IPV6Enabled: false }, 'exact', 'IPv4 is used instead'],
  ['is on for IPv6', { IPV6Enabled: true }, 'exact', undefined],
  ['does not say', {}, 'exact', undefined],
  ['leaves it to the deployment', { IPV6Enabled: { Ref: 'On' } }, 'exact', undefined],
])('an alias of type AAAA to a distribution that %s', (_, config, quality, because) => {
  const answer = ask(cdn(config), V6);
  expect(answer).toMatchObject({ ends: ['1 origin web'], quality });
  if (because === undefined) expect(answer.because).not.toContain('IPv4');
  else expect(answer.because).toContain(because);
});

test.each([
  ['IPV4', 'DualStackDnsName', true],
  ['DUAL_STACK', 'DualStackDnsName', false],
  ['DUAL_STACK', 'DnsName', true],
  [undefined, 'DnsName', true],
])('an alias of type AAAA to an accelerator of type %s by its %s leaves IPv4 alone: %s', (type, attribute, isV4) => {
  const answer = ask(
    {
      A: aliasTo('A', 'Accelerator', 'www.example.com', attribute),
      Aaaa: aliasTo('AAAA', 'Accelerator', 'www.example.com', attribute),
      Accelerator: { Type: 'AWS::GlobalAccelerator::Accelerator', Properties: { IpAddressType: type } },
    },
    V6,
  );
  expect(answer.because.includes('IPv4 is used instead')).toBe(isV4);
});

describe('an origin', () => {
  const from = (records: object, CustomOriginConfig: object) => {
    const { Cdn } = cdn({ Origins: [{ Id: 'web', DomainName: 'web.example.com', CustomOriginConfig }] });
    const answer = trafficOf({ Cdn, ...records }).request({ url: 'http://d.cloudfront.net/', entry: 'Cdn' });
    return { ends: ends(answer), quality: answer.outcomes[0]!.quality, warnings: answer.warnings.join() };
  };
  const web = (Type: string, address: string) => record(address, { Name: 'web.example.com', Type });

  test('of both versions of IP takes what there is, and of two records nobody says which', () => {
    const dual = { IpAddressType: 'dualstack' };
    expect(from({ Web: web('AAAA', V6) }, dual)).toMatchObject({ ends: ['1 origin web'], quality: 'exact' });
    expect(from({ Web: web('A', V4) }, dual)).toMatchObject({ ends: ['1 origin web'], quality: 'exact' });
    const two = from({ A: web('A', V4), Aaaa: web('AAAA', V6) }, dual);
    expect(two).toMatchObject({ ends: ['1 origin web'], quality: 'undocumented' });
    expect(two.warnings).toContain('CloudFront itself chooses between the A and the AAAA records of web.example.com');
  });

  test('of which that is not known counts as one of IPv4, with a warning', () => {
    const answer = from({ Web: web('A', V4) }, { IpAddressType: { Ref: 'Kind' } });
    expect(answer.ends).toEqual(['1 origin web']);
    expect(answer.warnings).toContain('CustomOriginConfig.IpAddressType');
  });

  test('of IPv4 that is a balancer of IPv6 alone is not found', () => {
    const { Cdn } = cdn({ Origins: [{ Id: 'web', DomainName: dnsOf('Lb'), CustomOriginConfig: {} }] });
    const at = (IpAddressType: string) =>
      ends(
        trafficOf({ Cdn, ...balancer({ IpAddressType }, '198.51.100.0/24') }).request({
          url: 'http://d.cloudfront.net/',
          entry: 'Cdn',
        }),
      );
    expect(at('dualstack-without-public-ipv4')).toEqual(['1 error web 502']);
    expect(at('dualstack')).toEqual(['1 fixed-response Listener 403']);
  });
});

test('rules of a Network Load Balancer go by the version of IP that a client takes', () => {
  const forward = (id: string) => [{ Type: 'forward', TargetGroupArn: { Ref: id } }];
  const group = { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: { Protocol: 'TCP', Port: 80 } };
  const resources = {
    Www: aliasTo('AAAA', 'Lb'),
    Lb: { Type: LB, Properties: { Type: 'network', Scheme: 'internet-facing', IpAddressType: 'dualstack' } },
    Listener: {
      Type: 'AWS::ElasticLoadBalancingV2::Listener',
      Properties: { LoadBalancerArn: { Ref: 'Lb' }, Port: 80, Protocol: 'TCP', DefaultActions: forward('Four') },
    },
    Rule: {
      Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
      Properties: {
        ListenerArn: { Ref: 'Listener' },
        Priority: 1,
        Conditions: [{ Field: 'source-ip', SourceIpConfig: { IpAddressType: 'ipv6' } }],
        Actions: forward('Six'),
      },
    },
    Four: group,
    Six: group,
  };
  expect(ask(resources, V4)).toMatchObject({ ends: ['1 target-group Six'], quality: 'exact' });
});
