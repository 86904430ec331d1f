import { ends, trafficOf } from '../../support/traffic';
import { alias, check, record } from './support';

const LB = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const GET_NAME = { 'Fn::GetAtt': ['Lb', 'DNSName'] };

function balanced(type: string, Protocol: string, Port: number) {
  return {
    Lb: { Type: LB, Properties: { Type: type, Scheme: 'internet-facing' } },
    Group: {
      Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
      Properties: { Protocol: type === 'network' ? 'TCP' : 'HTTP', Port: 80, VpcId: 'vpc-1', TargetType: 'ip' },
    },
    Listener: {
      Type: 'AWS::ElasticLoadBalancingV2::Listener',
      Properties: {
        LoadBalancerArn: { Ref: 'Lb' },
        Port,
        Protocol,
        DefaultActions: [{ Type: 'forward', TargetGroupArn: { Ref: 'Group' } }],
      },
    },
  };
}

/** A failover of which the primary rests on a check of its balancer. */
function failover(config: object) {
  return {
    Primary: alias(GET_NAME, false, { SetIdentifier: '1', Failover: 'PRIMARY', HealthCheckId: { Ref: 'Check' } }),
    Secondary: record('192.0.2.9', { SetIdentifier: '2', Failover: 'SECONDARY' }),
    Check: check({ FullyQualifiedDomainName: GET_NAME, ...config }),
  };
}

/** A firewall for the balancer that lets nobody pass but an office, and perhaps the checkers. */
function firewall(action: 'Block' | 'Allow') {
  const rule = action === 'Block' ? { Allow: {} } : { Block: {} };
  return {
    Office: {
      Type: 'AWS::WAFv2::IPSet',
      Properties: { Scope: 'REGIONAL', IPAddressVersion: 'IPV4', Addresses: ['203.0.113.0/24', '15.177.0.0/18'] },
    },
    Acl: {
      Type: 'AWS::WAFv2::WebACL',
      Properties: {
        Scope: 'REGIONAL',
        DefaultAction: { [action]: {} },
        VisibilityConfig: {},
        Rules: [
          {
            Name: 'office',
            Priority: 1,
            Action: rule,
            Statement: { IPSetReferenceStatement: { Arn: { 'Fn::GetAtt': ['Office', 'Arn'] } } },
            VisibilityConfig: {},
          },
        ],
      },
    },
    Association: {
      Type: 'AWS::WAFv2::WebACLAssociation',
      Properties: { ResourceArn: { Ref: 'Lb' }, WebACLArn: { 'Fn::GetAtt': ['Acl', 'Arn'] } },
    },
  };
}

const web = (config: object, more: object = {}) =>
  trafficOf({ ...balanced('application', 'HTTPS', 443), ...failover(config), ...more });

test.each(['Block', 'Allow'] as const)(
  'a check is presumed to pass a firewall that may know the addresses of checkers, and %ss others',
  (action) => {
    const answer = web({ Type: 'HTTPS' }, firewall(action)).request({
      url: 'https://shop.example.com/',
      clientIp: action === 'Block' ? '203.0.113.5' : '192.0.2.1',
    });
    expect(ends(answer)).toEqual(['1 target-group Group']);
    expect(answer.outcomes[0]).toMatchObject({ quality: 'bounded', min: 0, max: 1 });
    expect(answer.warnings.join()).toContain("whether its endpoint answers isn't certain");
    expect(answer.warnings.join()).toContain("the address of a health checker isn't known");
    expect(answer.warnings.join()).not.toContain('--client-ip');
  },
);

test.each([
  ['far above', 100, 'exact'],
  ['near', 30, 'bounded'],
])('a rate rule whose limit is %s what checkers ask, %i in five minutes, leaves a check %s', (_, Limit, quality) => {
  const { Acl, ...more } = firewall('Allow');
  const Statement = { RateBasedStatement: { AggregateKeyType: 'IP', Limit } };
  const Rules = [{ Name: 'rate', Priority: 1, Action: { Block: {} }, Statement, VisibilityConfig: {} }];
  const traffic = trafficOf({
    ...balanced('application', 'HTTPS', 443),
    ...more,
    Acl: { ...Acl, Properties: { ...Acl.Properties, Rules } },
    One: record('192.0.2.1', { SetIdentifier: '1', Failover: 'PRIMARY', HealthCheckId: { Ref: 'Check' } }),
    Two: record('192.0.2.2', { SetIdentifier: '2', Failover: 'SECONDARY' }),
    Check: check({ Type: 'HTTPS', FullyQualifiedDomainName: GET_NAME }),
  });
  expect(traffic.request({ url: 'https://shop.example.com/' }).outcomes[0]!.quality).toBe(quality);
});

test('a managed group, of which nobody knows what it blocks, spoils no check that works', () => {
  const { Acl, ...more } = firewall('Allow');
  const Statement = { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'AWSManagedRulesCommonRuleSet' } };
  const Rules = [{ Name: 'common', Priority: 1, OverrideAction: { None: {} }, Statement, VisibilityConfig: {} }];
  const traffic = trafficOf({
    ...balanced('application', 'HTTPS', 443),
    ...more,
    Acl: { ...Acl, Properties: { ...Acl.Properties, Rules } },
    One: record('192.0.2.1', { SetIdentifier: '1', Failover: 'PRIMARY', HealthCheckId: { Ref: 'Check' } }),
    Two: record('192.0.2.2', { SetIdentifier: '2', Failover: 'SECONDARY' }),
    Check: check({ Type: 'HTTPS', FullyQualifiedDomainName: GET_NAME }),
  });
  expect(traffic.request({ url: 'https://shop.example.com/' }).outcomes[0]!.quality).toBe('exact');
});

test('a check by TCP is connected before a firewall looks', () => {
  const answer = web({ Type: 'TCP', Port: 443 }, firewall('Block')).request({
    url: 'https://shop.example.com/',
    clientIp: '203.0.113.5',
  });
  expect(answer.outcomes[0]!.quality).toBe('exact');
  expect(answer.warnings).toEqual([]);
});

test('what a check presumes of the secondary does not matter while the primary is healthy', () => {
  const traffic = trafficOf({
    ...balanced('application', 'HTTPS', 443),
    ...firewall('Block'),
    Primary: record('192.0.2.1', { SetIdentifier: '1', Failover: 'PRIMARY', HealthCheckId: { Ref: 'Outside' } }),
    Secondary: alias(GET_NAME, false, { SetIdentifier: '2', Failover: 'SECONDARY', HealthCheckId: { Ref: 'Check' } }),
    Check: check({ Type: 'HTTPS', FullyQualifiedDomainName: GET_NAME }),
    Outside: check({ Type: 'HTTPS', IPAddress: '192.0.2.1' }),
  });
  const answer = traffic.request({ url: 'https://shop.example.com/' });
  expect(ends(answer)).toEqual(['1 address 192.0.2.1']);
  expect(answer.outcomes[0]!.quality).toBe('exact');
});

test.each([
  ['a presumed check makes shares of weights open', { Weight: 1 }],
  ['a presumed check makes values open', { MultiValueAnswer: true }],
])('%s', (_, policy) => {
  const traffic = trafficOf({
    ...balanced('application', 'HTTPS', 443),
    ...firewall('Block'),
    One: record('192.0.2.1', { SetIdentifier: '1', ...policy, HealthCheckId: { Ref: 'Check' } }),
    Two: record('192.0.2.2', { SetIdentifier: '2', ...policy }),
    Check: check({ Type: 'HTTPS', FullyQualifiedDomainName: GET_NAME }),
  });
  for (const outcome of traffic.request({ url: 'https://shop.example.com/' }).outcomes) {
    expect(outcome).toMatchObject({ share: 0.5, quality: 'bounded', min: 0, max: 1 });
  }
});

test.each([
  ['TLS', 8443],
  ['TCP', 8080],
])('a check by TCP connects to a %s listener on port %i', (protocol, port) => {
  const traffic = trafficOf({
    ...balanced('network', protocol, port),
    ...failover({ Type: 'TCP', Port: port }),
  });
  const scheme = protocol === 'TLS' ? 'https' : 'http';
  expect(ends(traffic.request({ url: `${scheme}://shop.example.com:${port}/` }))).toEqual(['1 target-group Group']);
});

test.each(['HTTP', 'HTTPS'])(
  'a check by TCP connects to an %s listener of an application load balancer',
  (protocol) => {
    const traffic = trafficOf({
      ...balanced('application', protocol, 8080),
      ...failover({ Type: 'TCP', Port: 8080 }),
    });
    const url = `${protocol.toLowerCase()}://shop.example.com:8080/`;
    expect(ends(traffic.request({ url }))).toEqual(['1 target-group Group']);
  },
);

test('a check by TCP of a port that nothing listens on fails', () => {
  const traffic = trafficOf({ ...balanced('network', 'TLS', 8443), ...failover({ Type: 'TCP', Port: 9000 }) });
  expect(ends(traffic.request({ url: 'https://shop.example.com:8443/' }))).toEqual(['1 address 192.0.2.9']);
});

test('checkers of an NLB use IPv4, so its rules for IPv6 leave nothing open', () => {
  const rule = {
    Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
    Properties: {
      ListenerArn: { Ref: 'Listener' },
      Priority: 1,
      Conditions: [{ Field: 'source-ip', SourceIpConfig: { IpAddressType: 'ipv6' } }],
      Actions: [{ Type: 'forward', TargetGroupArn: { Ref: 'Group' } }],
    },
  };
  const traffic = trafficOf({
    ...balanced('network', 'TCP', 443),
    ...failover({ Type: 'HTTPS' }),
    Rule: rule,
  });
  const answer = traffic.request({ url: 'https://shop.example.com/', clientIp: '192.0.2.1' });
  expect(answer.outcomes[0]!.quality).toBe('exact');
  expect(answer.warnings).toEqual([]);
});
