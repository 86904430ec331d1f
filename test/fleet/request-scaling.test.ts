import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { AutoScalingFleet } from '../../lib/fleet';

// Nothing here but the fleet and aws-cdk-lib, in a stack without an environment.
function scalingFleet(requestsPerTargetPerMinute?: number) {
  const stack = new Stack(new App(), 'Site');
  const vpc = new ec2.Vpc(stack, 'Vpc');
  return { stack, vpc, fleet: new AutoScalingFleet(stack, 'Blue', { vpc, port: 8080, requestsPerTargetPerMinute }) };
}

const labelOf = (stack: Stack) => {
  const [policy] = Object.values(Template.fromStack(stack).findResources('AWS::AutoScaling::ScalingPolicy'));
  return policy!.Properties.TargetTrackingConfiguration.PredefinedMetricSpecification.ResourceLabel;
};

test('tracks requests per target of a fleet that is routed to afterwards', () => {
  const { stack, vpc, fleet } = scalingFleet(48_000);
  const balancer = new elbv2.ApplicationLoadBalancer(stack, 'Balancer', { vpc });
  const listener = balancer.addListener('Listener', {
    port: 80,
    open: false,
    defaultAction: elbv2.ListenerAction.fixedResponse(404),
  });
  listener.addAction('Route', {
    priority: 10,
    conditions: [elbv2.ListenerCondition.pathPatterns(['/api/*'])],
    action: elbv2.ListenerAction.weightedForward([fleet.weighted(1)]),
  });
  Template.fromStack(stack).hasResource('AWS::AutoScaling::ScalingPolicy', {
    Properties: {
      PolicyType: 'TargetTrackingScaling',
      TargetTrackingConfiguration: {
        TargetValue: 48_000,
        PredefinedMetricSpecification: { PredefinedMetricType: 'ALBRequestCountPerTarget' },
      },
    },
    DependsOn: Match.arrayWith([Match.stringLikeRegexp('^BalancerListenerRoute')]),
  });
  const pieces = JSON.stringify(labelOf(stack));
  expect(pieces).toMatch(/"Ref":"BalancerListener/);
  expect(pieces).toMatch(/"BlueTargetGroup[0-9A-F]{8}","TargetGroupFullName"/);
});

test('tracks requests behind a listener of another team', () => {
  const { stack, fleet } = scalingFleet(600);
  const listener = elbv2.ApplicationListener.fromApplicationListenerAttributes(stack, 'Theirs', {
    listenerArn:
      'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2',
    securityGroup: ec2.SecurityGroup.fromSecurityGroupId(stack, 'TheirGroup', 'sg-0123456789abcdef0'),
  });
  new elbv2.ApplicationListenerRule(stack, 'Route', {
    listener,
    priority: 20_000,
    conditions: [elbv2.ListenerCondition.pathPatterns(['/checkout/*'])],
    action: elbv2.ListenerAction.forward([fleet.targetGroup]),
  });
  expect(labelOf(stack)).toEqual({
    'Fn::Join': [
      '',
      [
        'app/shop/50dc6c495c0c9188/',
        { 'Fn::GetAtt': [expect.stringMatching(/^BlueTargetGroup/), 'TargetGroupFullName'] },
      ],
    ],
  });
});

test('fails when nothing routes to a fleet that scales on requests, and names the way out', () => {
  const { stack } = scalingFleet(600);
  expect(() => Template.fromStack(stack)).toThrow(
    /HG3007: 'requestsPerTargetPerMinute' needs the fleet on a balancer, got no route to it: add a route that forwards to the fleet.* \[at Site\/Blue\]/,
  );
});

test('has no scaling policy, and needs no balancer, without a number of requests', () => {
  Template.fromStack(scalingFleet().stack).resourceCountIs('AWS::AutoScaling::ScalingPolicy', 0);
});
