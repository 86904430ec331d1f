import { fleet, group, subnets } from '../../support/network-balancer';
import { lines, reason, through, worldOf } from '../../support/world';

const HTTP = { Protocol: 'HTTP', Port: 80 };

function service(properties: object): object {
  return {
    Type: 'AWS::ECS::Service',
    Properties: { LoadBalancers: [{ TargetGroupArn: { Ref: 'Blue' }, ContainerPort: 80 }], ...properties },
  };
}

function ends(resources: object, ...faults: string[]) {
  const world = worldOf({ Blue: group(HTTP), ...resources }, faults);
  return through(world.targetGroup(world.at('Blue')));
}

describe('what registers targets', () => {
  test('a group that nothing in the template fills is taken as filled, without a warning', () => {
    const [end] = ends({});
    expect(end!.destination.id).toBe('Blue');
    expect(end!.warnings).toEqual([]);
  });

  test('an Auto Scaling group that cannot grow above 0 leaves the group empty', () => {
    const outcomes = ends({ Fleet: fleet('Blue', '', 0) });
    expect(lines(outcomes)).toEqual(['1 error Blue 503']);
    expect(reason(outcomes)).toBe("no target is registered: Fleet can't grow above 0");
  });

  const cold = (properties: object = {}) => ({
    Type: 'AWS::AutoScaling::AutoScalingGroup',
    Properties: { MinSize: '0', MaxSize: '4', TargetGroupARNs: [{ Ref: 'Blue' }], ...properties },
  });
  const scaler = (type: string, properties: object) => ({ Type: type, Properties: properties });

  test.each([{}, { DesiredCapacity: '0' }])(
    'one that starts with no server leaves the group empty: %j',
    (properties) => {
      const outcomes = ends({ Fleet: cold(properties) });
      expect(lines(outcomes)).toEqual(['1 error Blue 503']);
      expect(reason(outcomes)).toBe(
        'no target is registered: Fleet starts with no server, and nothing in the templates scales it',
      );
    },
  );

  test.each([
    ['AWS::AutoScaling::ScalingPolicy', { AutoScalingGroupName: { Ref: 'Fleet' } }],
    ['AWS::AutoScaling::ScheduledAction', { AutoScalingGroupName: { Ref: 'Fleet' }, DesiredCapacity: 2 }],
    ['AWS::ECS::CapacityProvider', { AutoScalingGroupProvider: { AutoScalingGroupArn: { Ref: 'Fleet' } } }],
    [
      'AWS::AutoScalingPlans::ScalingPlan',
      { ScalingInstructions: [{ ResourceId: { 'Fn::Sub': 'autoScalingGroup/${Fleet}' } }] },
    ],
  ])('a %s is taken to have filled it, with a warning', (type, properties) => {
    const [end] = ends({ Fleet: cold(), Busy: scaler(type, properties) });
    expect(end!.destination.type).toBe('target-group');
    expect(end!.warnings).toEqual([
      'Stack/Blue: Fleet starts with no server, and Busy is taken to have scaled it out.',
    ]);
    expect(ends({ Fleet: cold(), Busy: scaler(type, properties), Warm: fleet('Blue', '') })[0]!.warnings).toEqual([]);
  });

  test.each([
    { DesiredCapacity: 1 },
    { MinSize: 1 },
    { MinSize: { Ref: 'Least' } },
    { DesiredCapacity: { Ref: 'Size' } },
  ])('one of which is not known that it starts with no server fills the group: %j', (properties) => {
    expect(lines(ends({ Fleet: cold(properties) }))).toEqual(['1 target-group Blue']);
  });

  test('what scales a group of its name, or of one that is not known, may have filled it', () => {
    const policy = (AutoScalingGroupName: unknown) =>
      scaler('AWS::AutoScaling::ScalingPolicy', { AutoScalingGroupName });
    const Fleet = cold({ AutoScalingGroupName: 'web' });
    expect(lines(ends({ Fleet, Busy: policy('web') }))).toEqual(['1 target-group Blue']);
    expect(lines(ends({ Fleet, Busy: policy({ Ref: 'Name' }) }))).toEqual(['1 target-group Blue']);
    expect(lines(ends({ Fleet, Busy: policy('batch') }))).toEqual(['1 error Blue 503']);
    const other = { Fleet, Other: cold({ TargetGroupARNs: [] }), Busy: policy({ Ref: 'Other' }) };
    expect(lines(ends(other))).toEqual(['1 error Blue 503']);
  });

  test('a second one that can grow fills it', () => {
    expect(lines(ends({ Cold: fleet('Blue', '', 0), Warm: fleet('Blue', '') }))).toEqual(['1 target-group Blue']);
  });

  test('a service that runs no task leaves the group empty', () => {
    expect(reason(ends({ Api: service({ DesiredCount: 0 }) }))).toBe('no target is registered: Api runs no task');
  });

  test('a service at 0 that can be scaled or that task sets run counts as running', () => {
    const scaled = {
      Api: service({ DesiredCount: 0 }),
      Scaling: {
        Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
        Properties: { ResourceId: { 'Fn::Join': ['/', ['service', 'main', { 'Fn::GetAtt': ['Api', 'Name'] }]] } },
      },
    };
    expect(lines(ends(scaled))).toEqual(['1 target-group Blue']);
    expect(ends(scaled)[0]!.warnings).toEqual([
      'Stack/Blue: Api starts with no task, and Scaling is taken to have scaled it out.',
    ]);
    const kept = { ...scaled.Scaling, Properties: { ...scaled.Scaling.Properties, MinCapacity: 2 } };
    expect(ends({ ...scaled, Scaling: kept })[0]!.warnings).toEqual([]);
    const external = { Api: service({ DesiredCount: 0, DeploymentController: { Type: 'EXTERNAL' } }) };
    expect(lines(ends(external))).toEqual(['1 target-group Blue']);
  });

  test('targets that are not all known may stand anywhere', () => {
    const zone = { AvailabilityZone: 'us-east-1a', Id: '10.0.0.1' };
    for (const Targets of [{ Ref: 'Unknown' }, [zone, { Ref: 'Unknown' }]]) {
      const resources = { ...subnets('a'), Blue: group({ ...HTTP, Targets }), Fleet: fleet('Blue', 'a') };
      expect(reason(ends(resources, 'az=us-east-1a'))).toBe('healthy targets take turns by round robin');
    }
  });

  test('a fault with counts has the last word', () => {
    expect(reason(ends({ Fleet: fleet('Blue', '', 0) }, 'targets=Blue:1/2'))).toBe(
      '1 of 2 targets is healthy: requests go to healthy ones by round robin',
    );
  });

  test('targets that all stand in a zone that is down are all unhealthy', () => {
    const resources = { ...subnets('ab'), Fleet: fleet('Blue', 'a') };
    expect(reason(ends(resources, 'az=us-east-1a'))).toBe(
      'no target is healthy: us-east-1a, where all of them stand, is down, so all get requests (fail open)',
    );
    expect(reason(ends(resources, 'az=us-east-1b'))).toBe('healthy targets take turns by round robin');
  });

  test('those in other zones remain', () => {
    const resources = { ...subnets('ab'), Fleet: fleet('Blue', 'ab') };
    expect(reason(ends(resources, 'az=us-east-1a'))).toBe(
      'those in us-east-1a are down, the others take turns by round robin',
    );
  });

  test('instances that the group lists stand in their own zones', () => {
    const resources = {
      Blue: group({ ...HTTP, Targets: [{ Id: { Ref: 'Server' } }] }),
      Server: { Type: 'AWS::EC2::Instance', Properties: { SubnetId: { Ref: 'Subneta' } } },
      ...subnets('a'),
    };
    expect(reason(ends(resources, 'az=us-east-1a'))).toContain('no target is healthy: us-east-1a');
  });

  test('a Region that is down takes all its targets along', () => {
    expect(reason(ends({}, 'region=us-east-1'))).toBe(
      'no target is healthy: us-east-1 is down, so all get requests (fail open)',
    );
  });
});
