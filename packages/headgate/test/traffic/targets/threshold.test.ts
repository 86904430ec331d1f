import { ends, trafficOf } from '../../support/traffic';

const REF = (id: string) => ({ Ref: id });
const PREFIX = 'target_group_health';
const DNS = `${PREFIX}.dns_failover.minimum_healthy_targets`;
const ROUTING = `${PREFIX}.unhealthy_state_routing.minimum_healthy_targets`;
const CROSS_ZONE = 'load_balancing.cross_zone.enabled';

/** A balancer with servers in two zones behind a primary record, and an address as the secondary one. */
function service(
  attributes: Record<string, unknown>,
  more: { type?: string; crossZone?: string; zones?: unknown[]; also?: object } = {},
) {
  const { type = 'application', crossZone, zones = ['us-east-1a', 'us-east-1b'], also = {} } = more;
  const subnets = zones.map((_, index) => REF(`Subnet${index}`));
  const listed = (values: Record<string, unknown>) => Object.entries(values).map(([Key, Value]) => ({ Key, Value }));
  const protocol = type === 'network' ? 'TCP' : 'HTTP';
  const record = (SetIdentifier: string, properties: object) => ({
    Type: 'AWS::Route53::RecordSet',
    Properties: { Name: 'x.example.com', Type: 'A', HostedZoneId: 'Z1', SetIdentifier, ...properties },
  });
  return trafficOf({
    ...Object.fromEntries(
      zones.map((AvailabilityZone, index) => [
        `Subnet${index}`,
        { Type: 'AWS::EC2::Subnet', Properties: { VpcId: 'vpc', AvailabilityZone } },
      ]),
    ),
    Lb: {
      Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
      Properties: {
        Type: type,
        Subnets: subnets,
        LoadBalancerAttributes: listed(crossZone === undefined ? {} : { [CROSS_ZONE]: crossZone }),
      },
    },
    Blue: {
      Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
      Properties: { Protocol: protocol, Port: 80, TargetGroupAttributes: listed(attributes) },
    },
    Listener: {
      Type: 'AWS::ElasticLoadBalancingV2::Listener',
      Properties: {
        LoadBalancerArn: REF('Lb'),
        Port: 80,
        Protocol: protocol,
        DefaultActions: [{ Type: 'forward', TargetGroupArn: REF('Blue') }],
      },
    },
    Servers: {
      Type: 'AWS::AutoScaling::AutoScalingGroup',
      Properties: { MinSize: '2', MaxSize: '9', VPCZoneIdentifier: subnets, TargetGroupARNs: [REF('Blue')] },
    },
    Primary: record('primary', {
      Failover: 'PRIMARY',
      AliasTarget: {
        DNSName: { 'Fn::GetAtt': ['Lb', 'DNSName'] },
        HostedZoneId: 'Z2',
        EvaluateTargetHealth: true,
      },
    }),
    Secondary: record('secondary', { Failover: 'SECONDARY', ResourceRecords: ['192.0.2.9'], TTL: '60' }),
    Least: { Type: 'Custom::Least' },
    ...also,
  });
}

const ask = (traffic: ReturnType<typeof service>, ...faults: string[]) =>
  traffic.given(...(faults.length === 0 ? ['az=us-east-1a'] : faults)).request({ url: 'http://x.example.com/' });

const answered = (answer: ReturnType<typeof ask>) => [...ends(answer), answer.outcomes[0]!.quality];

describe('while a zone is down, a threshold of DNS', () => {
  test.each([
    ['an Application Load Balancer', {}],
    ['a Network Load Balancer across zones', { type: 'network', crossZone: 'true' }],
  ])('of 100 %% is breached for certain, and the alias out: %s', (_, more) => {
    const answer = ask(service({ [`${DNS}.percentage`]: '100' }, more));
    expect(answered(answer)).toEqual(['1 address 192.0.2.9', 'exact']);
    expect(answer.outcomes[0]!.trace[0]!.because).toContain(
      'of the targets of Blue those in us-east-1a are down, and DNS asks for 100 %',
    );
    expect(answer.warnings).toEqual([]);
  });

  test.each([
    ['60', '1 address 192.0.2.9', 'breached'],
    ['50', '1 target-group Blue', 'kept'],
  ])('of %s %% is compared with even zones, with a warning', (percentage, end, state) => {
    const answer = ask(service({ [`${DNS}.percentage`]: percentage }));
    expect(ends(answer)).toEqual([end]);
    expect(answer.warnings.join()).toContain(
      `Stack/Blue: how many targets stand in each zone isn't known: each is taken to have as many, so the threshold of ${percentage} % counts as ${state}.`,
    );
    expect(answer.outcomes[0]!.quality).toBe('bounded');
  });

  test('of several targets counts as kept, with a warning', () => {
    const answer = ask(service({ [`${DNS}.count`]: '3' }));
    expect(answered(answer)).toEqual(['1 target-group Blue', 'bounded']);
    expect(answer.warnings.join()).toContain('3 or more are taken to be left in the others');
  });

  test('that is not known leaves a doubt', () => {
    const answer = ask(service({ [`${DNS}.count`]: { 'Fn::GetAtt': ['Least', 'Count'] } }));
    expect(answered(answer)).toEqual(['1 target-group Blue', 'bounded']);
    expect(answer.warnings.join()).toContain(`${DNS}.count isn't known, so its default is taken`);
  });

  test.each([
    ['a group', {}, { [CROSS_ZONE]: 'false' }],
    ['a Network Load Balancer', { type: 'network' }, {}],
  ])(
    'is counted in each zone where %s keeps to zones, so that those that are left are healthy',
    (_, more, attributes) => {
      const all = { [`${DNS}.percentage`]: '100', [`${ROUTING}.percentage`]: '100' };
      const answer = ask(service({ ...all, ...attributes }, more));
      expect(answered(answer)).toEqual(['1 target-group Blue', 'exact']);
      expect(answer.outcomes[0]!.trace.at(-1)!.because).toMatch(/^those in us-east-1a are down, the others take turns/);
    },
  );

  test('of one target is kept, whatever zone is down', () => {
    const answer = ask(service({}));
    expect(answered(answer)).toEqual(['1 target-group Blue', 'exact']);
    expect(answer.warnings).toEqual([]);
  });

  test('is compared with counts where a fault gives them', () => {
    const answer = ask(service({ [`${DNS}.percentage`]: '60' }), 'az=us-east-1a', 'targets=Blue:4/6');
    expect(answered(answer)).toEqual(['1 target-group Blue', 'exact']);
  });

  test('is in doubt where the zone is known only by its place', () => {
    const zones = [0, 1].map((index) => ({ 'Fn::Select': [index, { 'Fn::GetAZs': '' }] }));
    const answer = ask(service({ [`${DNS}.percentage`]: '100' }, { zones }));
    expect(answered(answer)).toEqual(['1 address 192.0.2.9', 'bounded']);
  });
});

describe('while a zone is down, a threshold of routing', () => {
  test('of 100 % is breached, so all targets get requests', () => {
    const answer = ask(service({ [`${ROUTING}.percentage`]: '100' }));
    expect(answer.outcomes[0]!.trace.at(-1)).toMatchObject({
      because: 'those in us-east-1a are down, and fewer than 100 % are healthy, so all get requests',
      facts: ['ALB-31'],
    });
    expect(answered(answer)).toEqual(['1 target-group Blue', 'exact']);
  });

  test('of less says what it takes for granted; the group is the same', () => {
    const answer = ask(service({ [`${ROUTING}.percentage`]: '40' }));
    expect(answered(answer)).toEqual(['1 target-group Blue', 'exact']);
    expect(answer.warnings).toEqual([
      "Stack/Blue: how many targets stand in each zone isn't known: each is taken to have as many, so the threshold of 40 % counts as kept.",
    ]);
  });
});

test.each([
  [['Lb', 'eipalloc-1'], '100', ['1 address eipalloc-1', 'exact']],
  [['Lb', 'eipalloc-1'], '60', ['1 address eipalloc-1', 'bounded']],
  [['Lb', 'eipalloc-1'], '50', ['0.5 target-group Blue', '0.5 address eipalloc-1', 'bounded']],
  [['Lb'], '60', ['1 target-group Blue', 'exact']],
])('an accelerator with the endpoints %j knows as much of a threshold of %s %%', (ids, percentage, expected) => {
  const endpoints = ids.map((id) => ({ EndpointId: id === 'Lb' ? REF(id) : id, Weight: 1 }));
  const also = {
    Acc: { Type: 'AWS::GlobalAccelerator::Accelerator', Properties: {} },
    Port: {
      Type: 'AWS::GlobalAccelerator::Listener',
      Properties: { AcceleratorArn: REF('Acc'), PortRanges: [{ FromPort: 80, ToPort: 80 }] },
    },
    Group: {
      Type: 'AWS::GlobalAccelerator::EndpointGroup',
      Properties: { ListenerArn: REF('Port'), EndpointGroupRegion: 'us-east-1', EndpointConfigurations: endpoints },
    },
  };
  const traffic = service({ [`${DNS}.percentage`]: percentage }, { also }).given('az=us-east-1a');
  const answer = traffic.request({ url: 'http://x.example.com/', entry: 'Acc' });
  expect(answered(answer)).toEqual(expected);
  expect(answer.warnings.join().includes('Stack/Blue: how many targets')).toBe(expected.includes('bounded'));
});
