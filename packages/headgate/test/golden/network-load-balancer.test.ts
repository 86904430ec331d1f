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
    expect(ends(unknown)).toEqual(['1 target-group Old']);
    expect(unknown.outcomes[0]!.quality).toBe('bounded');
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
    'NLB-4',
    'https://repost.aws/knowledge-center/elb-dns-cross-zone-balance-configuration',
    'with cross-zone balancing off a zone that lacks a healthy target of one group leaves DNS',
    () => {
      const resources = (crossZone: string) => ({
        ...subnets('ab'),
        Nlb: networkBalancer('ab', { 'load_balancing.cross_zone.enabled': crossZone }),
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
      expect(factsOf(trafficOf(resources('true')).request({ url }))).not.toContain('NLB-4');
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
