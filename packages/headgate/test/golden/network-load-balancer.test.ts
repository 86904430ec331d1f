import { BalancerBase } from '../../lib/traffic/balancer/zones';
import { golden } from '../support/golden';
import {
  applicationBalancer,
  fleet,
  forward,
  group,
  networkBalancer,
  networkListener,
  subnets,
} from '../support/network-balancer';
import { ends, factsOf, trafficOf } from '../support/traffic';
import { cited, lines, through, worldOf } from '../support/world';

const GUIDE = 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network';
const url = 'https://example.com/';

describe('Network Load Balancer', () => {
  golden('NLB-1', `${GUIDE}/introduction.html`, 'a connection goes to one target of the group of its port', () => {
    const traffic = trafficOf({ Nlb: networkBalancer(), Https: networkListener('Blue'), Blue: group() });
    const answer = traffic.request({ url });
    expect(ends(answer)).toEqual(['1 target-group Blue']);
    expect(answer.outcomes[0]!.trace.map(({ because }) => because)).toEqual([
      'port 443 (TCP), default action',
      'healthy targets take turns by a hash of the connection',
    ]);
    expect(factsOf(answer)).toContain('NLB-1');
    const other = traffic.request({ url: 'http://example.com/', entry: 'Nlb' });
    expect(ends(other)).toEqual(['1 error Nlb']);
    expect(other.outcomes[0]!.trace[0]!.because).toBe('no listener on port 80');
  });

  golden('NLB-2', `${GUIDE}/create-rule.html`, 'IPv4 and IPv6 clients go to groups of their own', () => {
    const rule = (priority: number, type: string, to: string) => ({
      Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
      Properties: {
        ListenerArn: { Ref: 'Https' },
        Priority: priority,
        Conditions: [{ Field: 'source-ip', SourceIpConfig: { IpAddressType: type } }],
        Actions: [forward(to)],
      },
    });
    const traffic = trafficOf({
      Nlb: networkBalancer(),
      Https: networkListener('Other'),
      V6: rule(20, 'ipv6', 'New'),
      V4: rule(10, 'ipv4', 'Old'),
      New: group(),
      Old: group(),
      Other: group(),
    });
    const v6 = traffic.request({ url, clientIp: '2001:db8::1' });
    expect(ends(v6)).toEqual(['1 target-group New']);
    expect(v6.outcomes[0]!.trace[0]!.because).toBe('port 443 (TCP), priority 20 matched IPv6 clients');
    expect(factsOf(v6)).toContain('NLB-2');
    expect(ends(traffic.request({ url, clientIp: '192.0.2.7' }))).toEqual(['1 target-group Old']);
    const unknown = traffic.request({ url });
    expect(ends(unknown)).toEqual(['1 target-group Old', '0 target-group New']);
    for (const outcome of unknown.outcomes) expect(outcome).toMatchObject({ quality: 'bounded', min: 0, max: 1 });
    expect(unknown.warnings).toHaveLength(1);
  });

  golden(
    'NLB-3',
    'https://aws.amazon.com/blogs/networking-and-content-delivery/network-load-balancers-now-support-weighted-target-groups',
    'equal weights of 25 share new connections equally, and weight 0 gets none',
    () => {
      const traffic = trafficOf({
        Nlb: networkBalancer(),
        Https: networkListener({ A: 25, B: 25, Retired: 0 }),
        A: group(),
        B: group(),
        Retired: group(),
      });
      const answer = traffic.request({ url });
      expect(ends(answer)).toEqual(['0.5 target-group A', '0.5 target-group B']);
      expect(answer.outcomes.map(({ quality }) => quality)).toEqual(['exact', 'exact']);
      expect(answer.outcomes[0]!.trace[0]!.because).toBe('port 443 (TCP), default action, weight 25 of 50');
      expect(factsOf(answer)).toContain('NLB-3');
    },
  );

  golden(
    'NLB-3',
    'https://aws.amazon.com/blogs/networking-and-content-delivery/network-load-balancers-now-support-weighted-target-groups',
    'what happens when all weights are 0 is not documented',
    () => {
      const traffic = trafficOf({
        Nlb: networkBalancer(),
        Https: networkListener({ A: 0, B: 0 }),
        A: group(),
        B: group(),
      });
      const answer = traffic.request({ url });
      expect(ends(answer)).toEqual(['1 error Https']);
      expect(answer.outcomes[0]!.quality).toBe('undocumented');
    },
  );

  golden('NLB-1', `${GUIDE}/edit-target-group-attributes.html`, 'a sticky group goes by the client address', () => {
    const sticky = { 'stickiness.enabled': 'true', 'stickiness.type': 'source_ip' };
    const traffic = trafficOf({ Nlb: networkBalancer(), Https: networkListener('Blue'), Blue: group({}, sticky) });
    const answer = traffic.request({ url });
    expect(answer.outcomes[0]!.trace.at(-1)!.because).toBe(
      'healthy targets take turns by a hash of the client address',
    );
    expect(factsOf(answer)).toContain('NLB-1');
  });

  golden(
    'NLB-1',
    `${GUIDE}/load-balancer-listeners.html`,
    'a listener of TCP takes any bytes, one of TLS only TLS',
    () => {
      const at = (protocol: string) => {
        const Https = networkListener('Blue', { protocol });
        return trafficOf({ Nlb: networkBalancer(), Https, Blue: group() });
      };
      expect(ends(at('TCP').request({ url: 'http://example.com:443/' }))).toEqual(['1 target-group Blue']);
      expect(ends(at('TLS').request({ url }))).toEqual(['1 target-group Blue']);
      expect(at('TCP').request({ url }).outcomes[0]!.passage.request.scheme).toBe('https');
      expect(at('TLS').request({ url }).outcomes[0]!.passage.request.scheme).toBe('http');
      const refused = at('TLS').request({ url: 'http://example.com:443/' });
      expect(ends(refused)).toEqual(['1 error Https']);
      expect(factsOf(refused)).toContain('NLB-1');
      expect(ends(at('TCP').request({ url, httpVersion: '3' }))).toEqual(['1 error Https']);
      expect(ends(at('QUIC').request({ url, httpVersion: '3' }))).toEqual(['1 target-group Blue']);
    },
  );

  golden(
    'NLB-4',
    'https://repost.aws/knowledge-center/elb-dns-cross-zone-balance-configuration',
    'with cross-zone balancing off a zone that lacks a healthy target of one group leaves DNS',
    () => {
      const resources = (crossZone?: string) => ({
        ...subnets('ab'),
        Nlb: networkBalancer('ab', crossZone === undefined ? {} : { 'load_balancing.cross_zone.enabled': crossZone }),
        Https: networkListener('A'),
        Http: networkListener('B', { port: 80 }),
        A: group(),
        B: group(),
        FleetA: fleet('A', 'ab'),
        FleetB: fleet('B', 'b'),
      });
      const off = trafficOf(resources('false')).request({ url });
      expect(ends(off)).toEqual(['1 target-group A']);
      expect(off.outcomes[0]!.trace[0]!.because).toBe('us-east-1a is out of DNS: it lacks a healthy target of a group');
      expect(factsOf(off)).toContain('NLB-4');
      const byDefault = trafficOf(resources()).request({ url });
      expect(byDefault.outcomes[0]!.trace[0]!.because).toBe(off.outcomes[0]!.trace[0]!.because);
      expect(factsOf(trafficOf(resources('true')).request({ url }))).not.toContain('NLB-4');
    },
  );

  golden(
    'NLB-4',
    'https://repost.aws/knowledge-center/elb-dns-cross-zone-balance-configuration',
    'a group can have its own cross-zone balancing, and goes by that of the balancer otherwise',
    () => {
      const traces = (ofBalancer: string, ofGroup: string) => {
        const A = group({}, { 'load_balancing.cross_zone.enabled': ofGroup });
        const Nlb = networkBalancer('ab', { 'load_balancing.cross_zone.enabled': ofBalancer });
        const resources = { ...subnets('ab'), Nlb, Https: networkListener('A'), A, FleetA: fleet('A', 'b') };
        return trafficOf(resources)
          .request({ url })
          .outcomes[0]!.trace.map(({ because }) => because);
      };
      const left = 'us-east-1a is out of DNS: it lacks a healthy target of a group';
      expect(traces('false', 'true')).not.toContain(left);
      expect(traces('true', 'false')).toContain(left);
      expect(traces('false', 'use_load_balancer_configuration')).toContain(left);
      expect(traces('true', 'use_load_balancer_configuration')).not.toContain(left);
    },
  );

  golden(
    'NLB-4',
    `${GUIDE}/target-group-health-checks.html`,
    'when every zone lacks a healthy target of a group, all of them stay in DNS',
    () => {
      const zonesOf = (zonesOfB: string, faults: readonly string[]) => {
        const world = worldOf(
          {
            ...subnets('ab'),
            Nlb: networkBalancer('ab'),
            Https: networkListener('A'),
            Http: networkListener('B', { port: 80 }),
            A: group(),
            B: group(),
            FleetA: fleet('A', 'ab'),
            FleetB: fleet('B', zonesOfB),
          },
          faults,
        );
        const base = new BalancerBase(world.at('Nlb'), world);
        const roads = through(base.through(world.targetGroup(world.at('A'))));
        return { inDns: base.dnsZones.map(({ name }) => name), roads };
      };
      expect(zonesOf('ab', []).inDns).toEqual(['us-east-1a', 'us-east-1b']);
      expect(zonesOf('b', []).inDns).toEqual(['us-east-1b']);
      const all = zonesOf('ab', ['target-group=A']);
      expect(all.inDns).toEqual(['us-east-1a', 'us-east-1b']);
      expect(lines(all.roads)).toEqual(['1 target-group A']);
      expect(cited(all.roads)).toContain('NLB-4');
      expect(zonesOf('b', ['az=us-east-1b']).inDns).toEqual(['us-east-1a']);
    },
  );

  golden(
    'NLB-4',
    'https://repost.aws/knowledge-center/elb-dns-cross-zone-balance-configuration',
    'a group with cross-zone balancing on keeps every zone, beside one with it off that keeps its own',
    () => {
      const answer = trafficOf({
        ...subnets('ab'),
        Nlb: networkBalancer('ab'),
        Https: networkListener('A'),
        Http: networkListener('B', { port: 80 }),
        A: group({}, { 'load_balancing.cross_zone.enabled': 'true' }),
        B: group(),
        FleetA: fleet('A', 'a'),
        FleetB: fleet('B', 'b'),
      }).request({ url });
      expect(ends(answer)).toEqual(['1 target-group A']);
      expect(answer.outcomes[0]!.trace[0]!.because).toBe(
        'us-east-1a is out of DNS: it lacks a healthy target of a group',
      );
    },
  );

  golden(
    'NLB-4',
    `${GUIDE}/target-group-health-checks.html`,
    'when all targets fail their checks, all get connections',
    () => {
      const traffic = trafficOf({ Nlb: networkBalancer(), Https: networkListener('Blue'), Blue: group() });
      const answer = traffic.given('target-group=Blue').request({ url });
      expect(ends(answer)).toEqual(['1 target-group Blue']);
      expect(answer.outcomes[0]!.trace.at(-1)!.because).toBe('no target is healthy, so all get requests (fail open)');
      expect(factsOf(answer)).toContain('NLB-4');
    },
  );

  golden(
    'NLB-6',
    `${GUIDE}/application-load-balancer-target.html`,
    'an Application Load Balancer behind it gets the connection, and sees the client',
    () => {
      const traffic = trafficOf({
        Nlb: networkBalancer(),
        Alb: applicationBalancer(),
        Https: networkListener('Albs'),
        Albs: group({ TargetType: 'alb', Targets: [{ Id: { Ref: 'Alb' }, Port: 8443 }] }),
      });
      const answer = traffic.request({ url, entry: 'Nlb', clientIp: '192.0.2.7' });
      const { destination, passage } = answer.outcomes[0]!;
      expect(destination.id).toBe('Alb');
      expect(passage.request).toMatchObject({ via: 'network-load-balancer', port: 8443, address: '192.0.2.7' });
      expect(factsOf(answer)).toContain('NLB-6');
    },
  );

  golden(
    'NLB-6',
    `${GUIDE}/application-load-balancer-target.html`,
    'the check of such a group goes through the listener and the rules of its target',
    () => {
      const resources = (HealthCheckPath: string) => ({
        Nlb: networkBalancer(),
        Https: networkListener('Albs'),
        Albs: {
          Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
          Properties: {
            Protocol: 'TCP',
            Port: 80,
            TargetType: 'alb',
            Targets: [{ Id: { Ref: 'Alb' }, Port: 80 }],
            HealthCheckPath,
          },
        },
        Alb: applicationBalancer(),
        Http: {
          Type: 'AWS::ElasticLoadBalancingV2::Listener',
          Properties: {
            LoadBalancerArn: { Ref: 'Alb' },
            Port: 80,
            Protocol: 'HTTP',
            DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
          },
        },
        Live: {
          Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
          Properties: {
            ListenerArn: { Ref: 'Http' },
            Priority: 1,
            Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/live'] } }],
            Actions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '200' } }],
          },
        },
      });
      const groupOf = (path: string) => {
        const answer = trafficOf(resources(path)).request({ url: 'http://example.com:443/', entry: 'Nlb' });
        return answer.outcomes[0]!.trace.find(({ hop }) => hop === 'target-group')!;
      };
      expect(groupOf('/live').because).toBe("sends to Alb, which sees the client's address");
      expect(groupOf('/').because).toContain('/ is answered with 404, so all get requests (fail open)');
      expect(groupOf('/').facts).toContain('NLB-6');
      const healthyAt = (HttpCode: string) => {
        const { Albs, ...rest } = resources('/');
        const matching = { ...Albs, Properties: { ...Albs.Properties, Matcher: { HttpCode } } };
        const answer = trafficOf({ ...rest, Albs: matching }).request({ url: 'http://example.com:443/', entry: 'Nlb' });
        return answer.outcomes[0]!.trace.find(({ hop }) => hop === 'target-group')!.because.startsWith('sends to Alb');
      };
      expect(['404', '200,404', '400-499', '200-399', '200,401'].filter(healthyAt)).toEqual([
        '404',
        '200,404',
        '400-499',
      ]);
    },
  );

  golden(
    'NLB-6',
    `${GUIDE}/application-load-balancer-target.html`,
    'and is failed where the rules lead to a group without healthy targets',
    () => {
      const traffic = trafficOf({
        Nlb: networkBalancer(),
        Https: networkListener('Albs'),
        Albs: group({ TargetType: 'alb', Port: 80, Targets: [{ Id: { Ref: 'Alb' }, Port: 80 }] }),
        Alb: applicationBalancer(),
        Http: networkListener('Web', { balancer: 'Alb', port: 80, protocol: 'HTTP' }),
        Web: group({ Protocol: 'HTTP', Port: 80 }),
      });
      const groupOf = (...faults: readonly string[]) => {
        const answer = traffic.given(...faults).request({ url: 'http://example.com:443/', entry: 'Nlb' });
        expect(ends(answer)).toEqual(['1 target-group Web']);
        return answer.outcomes[0]!.trace.find(({ id }) => id === 'Albs')!.because;
      };
      expect(groupOf()).toBe("sends to Alb, which sees the client's address");
      expect(groupOf('targets=Web:1/6')).toBe("sends to Alb, which sees the client's address");
      expect(groupOf('target-group=Web')).toContain('so all get requests (fail open)');
    },
  );

  golden(
    'NLB-6',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html',
    'unless preserve_client_ip.enabled is false',
    () => {
      const attributes = { 'preserve_client_ip.enabled': 'false' };
      const traffic = trafficOf({
        Nlb: networkBalancer(),
        Alb: applicationBalancer(),
        Https: networkListener('Albs'),
        Albs: group({ TargetType: 'alb', Targets: [{ Id: { Ref: 'Alb' } }] }, attributes),
      });
      const answer = traffic.request({ url, entry: 'Nlb', clientIp: '192.0.2.7' });
      expect(answer.outcomes[0]!.passage.request.address).toBeUndefined();
      expect(factsOf(answer)).toContain('NLB-6');
    },
  );
});

describe('Zonal shift', () => {
  golden(
    'ZS-1',
    'https://docs.aws.amazon.com/r53recovery/latest/dg/arc-zonal-shift.html',
    'a zone that is shifted away leaves DNS, and the others serve',
    () => {
      const traffic = trafficOf({
        ...subnets('ab'),
        Nlb: networkBalancer('ab'),
        Https: networkListener('A'),
        A: group(),
        FleetA: fleet('A', 'ab'),
      });
      const answer = traffic.given('az=us-east-1a').request({ url });
      expect(ends(answer)).toEqual(['1 target-group A']);
      expect(answer.outcomes[0]!.trace[0]!.because).toBe('us-east-1a is down and out of DNS');
      expect(answer.outcomes[0]!.quality).toBe('exact');
      expect(factsOf(answer)).toContain('ZS-1');
      const none = traffic.given('az=us-east-1a', 'az=us-east-1b').request({ url });
      expect(ends(none)).toEqual(['1 error Nlb']);
    },
  );
});
