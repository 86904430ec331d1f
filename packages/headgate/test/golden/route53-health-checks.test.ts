/** Worked examples of the developer guide of Route 53: which health checks are met. */

import type { HttpRequest } from '../../lib/traffic';
import { golden } from '../support/golden';
import { ends, factsOf, trafficOf } from '../support/traffic';
import { alias, ask, BALANCER, CHECK, check, checked, nameOf, record, SHOP } from '../traffic/dns/support';

const GUIDE = 'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide';
const API = 'https://docs.aws.amazon.com/Route53/latest/APIReference';

const failingOver = (config: object) => ({
  Primary: checked('C1', '192.0.2.1', { SetIdentifier: 'p', Failover: 'PRIMARY' }),
  Secondary: record('192.0.2.2', { SetIdentifier: 's', Failover: 'SECONDARY' }),
  C1: check(config),
  Endpoint: alias(nameOf('Lb'), false, { Name: 'live.example.com' }),
  Lb: BALANCER,
});
const LIVE = { Type: 'HTTPS', FullyQualifiedDomainName: 'live.example.com', ResourcePath: '/live' };
const DETERMINES = `${GUIDE}/dns-failover-determining-health-of-endpoints.html`;

golden('R53-7', DETERMINES, 'an endpoint answers with 2xx or 3xx, by IPv4, or its record is left', () => {
  expect(ask(failingOver(LIVE)).ends).toEqual(['1 address 192.0.2.1']);
  const broken = ask(failingOver(LIVE), {}, { broken: { Lb: 1 } });
  expect(broken.ends).toEqual(['1 address 192.0.2.2']);
  expect(broken.facts).toContain('R53-7');
  const at = (status: number) => ask(failingOver(LIVE), {}, { statuses: { Lb: status } }).ends;
  expect(at(200)).toEqual(['1 address 192.0.2.1']);
  expect(at(302)).toEqual(['1 address 192.0.2.1']);
  expect(at(404)).toEqual(['1 address 192.0.2.2']);
  const onlyV6 = { ...failingOver(LIVE), Endpoint: record('2001:db8::1', { Name: 'live.example.com', Type: 'AAAA' }) };
  expect(ask(onlyV6).ends).toEqual(['1 address 192.0.2.2']);
});

golden('R53-7', DETERMINES, 'two of eight checkers are more than 18 %, one is not', () => {
  const regions = ['ap-northeast-1', 'ap-southeast-1', 'ap-southeast-2', 'eu-west-1', 'sa-east-1', 'us-east-1'];
  const seenFrom = (working: readonly string[]) => {
    const all = [...regions, 'us-west-1', 'us-west-2'];
    const { Endpoint: _, ...rest } = failingOver(LIVE);
    const records = all.map((region) => [
      `At${region.replace(/-/g, '')}`,
      alias(nameOf(working.includes(region) ? 'Lb' : 'Dead'), false, {
        Name: 'live.example.com',
        SetIdentifier: region,
        Region: region,
      }),
    ]);
    return { ...rest, ...Object.fromEntries(records), Dead: BALANCER };
  };
  const surroundings = { broken: { Dead: 1 } };
  expect(ask(seenFrom(['eu-west-1', 'us-east-1']), {}, surroundings).ends).toEqual(['1 address 192.0.2.1']);
  const one = ask(seenFrom(['eu-west-1']), {}, surroundings);
  expect(one.ends).toEqual(['1 address 192.0.2.2']);
  expect(one.facts).toContain('R53-7');
});

golden('R53-9', `${API}/API_HealthCheckConfig.html`, 'without data a metric is what the check says it is', () => {
  const metric = (status: string) => ({
    Type: 'CLOUDWATCH_METRIC',
    AlarmIdentifier: { Name: 'alarm', Region: 'eu-west-1' },
    InsufficientDataHealthStatus: status,
  });
  const down = { faults: ['region=eu-west-1'] };
  expect(ask(failingOver(metric('Unhealthy'))).ends).toEqual(['1 address 192.0.2.1']);
  expect(ask(failingOver(metric('Healthy')), {}, down).ends).toEqual(['1 address 192.0.2.1']);
  expect(ask(failingOver(metric('LastKnownStatus')), {}, down).ends).toEqual(['1 address 192.0.2.1']);
  const unhealthy = ask(failingOver(metric('Unhealthy')), {}, down);
  expect(unhealthy.ends).toEqual(['1 address 192.0.2.2']);
  expect(unhealthy.facts).toContain('R53-9');
});

golden(
  'R53-10',
  `${API}/API_HealthCheckConfig.html`,
  'a threshold of 0 is always met, one above the children never',
  () => {
    const calculated = (HealthThreshold: number) => ({
      ...failingOver({ Type: 'CALCULATED', ChildHealthChecks: [{ Ref: 'C2' }, { Ref: 'C3' }], HealthThreshold }),
      C2: CHECK,
      C3: CHECK,
    });
    const both = { faults: ['health-check=C2', 'health-check=C3'] };
    const one = { faults: ['health-check=C2'] };
    expect(ask(calculated(0), {}, both).ends).toEqual(['1 address 192.0.2.1']);
    expect(ask(calculated(1), {}, one).ends).toEqual(['1 address 192.0.2.1']);
    expect(ask(calculated(2), {}, one).ends).toEqual(['1 address 192.0.2.2']);
    const never = ask(calculated(3));
    expect(never.ends).toEqual(['1 address 192.0.2.2']);
    expect(never.facts).toContain('R53-10');
  },
);

golden('R53-12', DETERMINES, 'a public check of an internal balancer never succeeds, a private one does', () => {
  const internal = { ...BALANCER, Properties: { Scheme: 'internal' } };
  const open = ask({ ...failingOver(LIVE), Lb: internal });
  expect(open.ends).toEqual(['1 address 192.0.2.2']);
  expect(open.because[0]).toContain("its endpoint live.example.com doesn't answer");
  expect(open.facts).toContain('R53-12');
  const inside = ask({ ...failingOver({ ...LIVE, EndpointType: 'PRIVATE' }), Lb: internal });
  expect(inside.ends).toEqual(['1 address 192.0.2.1']);
});

golden('R53-12', DETERMINES, 'a public check of a private address never succeeds, a private one does', () => {
  const at = (address: string, config: object = LIVE) =>
    ask({ ...failingOver(config), Endpoint: record(address, { Name: 'live.example.com' }) });
  const out = at('10.0.0.5');
  expect(out.ends).toEqual(['1 address 192.0.2.2']);
  expect(out.because[0]).toContain("its endpoint live.example.com doesn't answer (error 10.0.0.5)");
  expect(out.facts).toContain('R53-12');
  expect(at('172.31.255.1', { ...LIVE, Type: 'TCP', Port: 80 }).ends).toEqual(['1 address 192.0.2.2']);
  expect(at('169.254.1.1').ends).toEqual(['1 address 192.0.2.2']);
  expect(at('192.0.2.7').ends).toEqual(['1 address 192.0.2.1']);
  expect(at('10.0.0.5', { ...LIVE, EndpointType: 'PRIVATE' }).ends).toEqual(['1 address 192.0.2.1']);
  const literal = (more: object) => ask(failingOver({ Type: 'HTTP', IPAddress: '192.168.1.1', ...more })).ends;
  expect(literal({})).toEqual(['1 address 192.0.2.2']);
  expect(literal({ EndpointType: 'PRIVATE' })).toEqual(['1 address 192.0.2.1']);
});

golden(
  'R53-15',
  `${GUIDE}/health-checks-creating-values.html`,
  'an HTTPS check speaks TLS 1.2 at best, so a listener for TLS 1.3 alone fails it',
  () => {
    const endsWith = (SslPolicy: string, Type = 'HTTPS') => {
      const answer = trafficOf({
        ...failingOver({ ...LIVE, Type, Port: 443 }),
        Listener: {
          Type: 'AWS::ElasticLoadBalancingV2::Listener',
          Properties: {
            LoadBalancerArn: { Ref: 'Lb' },
            Port: 443,
            Protocol: 'HTTPS',
            SslPolicy,
            DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '200' } }],
          },
        },
      }).request({ url: SHOP, entry: 'Primary' });
      return { ends: ends(answer), facts: [...factsOf(answer)], answer };
    };
    expect(endsWith('ELBSecurityPolicy-TLS13-1-2-2021-06').ends).toEqual(['1 address 192.0.2.1']);
    const failed = endsWith('ELBSecurityPolicy-TLS13-1-3-2021-06');
    expect(failed.ends).toEqual(['1 address 192.0.2.2']);
    expect(failed.facts).toContain('R53-15');
    expect(failed.answer.outcomes[0]!.trace[0]!.because).toContain('Listener takes TLS 1.3 alone');
    expect(endsWith('ELBSecurityPolicy-TLS13-1-3-2021-06', 'TCP').ends).toEqual(['1 address 192.0.2.1']);
  },
);

golden('R53-17', DETERMINES, 'a route stays in up to 40 % broken, flaps above, and is out above 80 %', () => {
  const at = (share: number) => ask(failingOver(LIVE), {}, { broken: { Lb: share } });
  expect(at(0.4)).toMatchObject({ ends: ['1 address 192.0.2.1'], quality: 'exact' });
  const flapping = at(0.6);
  expect(flapping).toMatchObject({ ends: ['1 address 192.0.2.1'], quality: 'undocumented' });
  expect(flapping.warnings.join()).toContain('60 % of the answers are broken');
  const out = at(0.9);
  expect(out).toMatchObject({ ends: ['1 address 192.0.2.2'], quality: 'exact' });
  expect(out.facts).toContain('R53-17');
});

golden(
  'R53-17',
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-route53-healthcheck-healthcheckconfig.html',
  'Host has no port for HTTPS on 443 and HTTP on 80, and has it elsewhere',
  () => {
    const hostOf = (config: object) => {
      const seen: HttpRequest[] = [];
      const { facts } = ask(failingOver({ ...LIVE, ...config }), {}, { seen, broken: { Lb: 1 } });
      expect(facts).toContain('R53-17');
      return seen[0]!.host;
    };
    expect(hostOf({ Type: 'HTTPS', Port: 443 })).toBe('live.example.com');
    expect(hostOf({ Type: 'HTTP', Port: 80 })).toBe('live.example.com');
    expect(hostOf({ Type: 'HTTP', Port: 8080 })).toBe('live.example.com:8080');
    expect(hostOf({ Type: 'HTTPS', Port: 8443 })).toBe('live.example.com:8443');
  },
);

golden(
  'R53-19',
  `${API}/API_HealthCheckConfig.html`,
  'a disabled check is healthy, and inverting it stops the traffic',
  () => {
    const surroundings = { broken: { Lb: 1 } };
    expect(ask(failingOver({ ...LIVE, Disabled: true }), {}, surroundings).ends).toEqual(['1 address 192.0.2.1']);
    const inverted = ask(failingOver({ ...LIVE, Disabled: true, Inverted: true }), {}, surroundings);
    expect(inverted.ends).toEqual(['1 address 192.0.2.2']);
    expect(inverted.facts).toContain('R53-19');
    expect(ask(failingOver({ ...LIVE, Inverted: true }), {}, surroundings).ends).toEqual(['1 address 192.0.2.1']);
    const marker = { ...LIVE, Type: 'HTTPS_STR_MATCH', SearchString: 'evacuated', Inverted: true };
    expect(ask(failingOver(marker)).ends).toEqual(['1 address 192.0.2.1']);
    expect(ask(failingOver(marker), {}, { faults: ['health-check=C1'] }).ends).toEqual(['1 address 192.0.2.2']);
  },
);
