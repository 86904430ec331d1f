import { Fn, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { TargetGroup } from '../../lib/balancing';

/** A VPC that a balancer can stand in. */
function vpcForBalancer(stack: Stack, id: string): ec2.IVpc {
  return ec2.Vpc.fromVpcAttributes(stack, `${id}Vpc`, {
    vpcId: 'vpc-1',
    availabilityZones: ['a', 'b'],
    privateSubnetIds: ['subnet-1', 'subnet-2'],
  });
}

function group(stack: Stack): TargetGroup {
  return new TargetGroup(stack, 'Web', { vpc: vpcForBalancer(stack, 'Targets'), port: 8080 });
}

test('fails on the balancer that is its second, and not on a second listener of the first', () => {
  const own = group(new Stack());
  const listeners = ['One', 'Two'].map((id) => {
    const balancer = new elbv2.ApplicationLoadBalancer(Stack.of(own), id, { vpc: vpcForBalancer(Stack.of(own), id) });
    return (port: number) =>
      new elbv2.ApplicationListener(balancer, `On${port}`, {
        loadBalancer: balancer,
        port,
        protocol: elbv2.ApplicationProtocol.HTTP,
        defaultTargetGroups: [own],
      });
  });
  listeners[0]!(80);
  expect(() => listeners[0]!(81)).not.toThrow();
  expect(() => listeners[1]!(80)).toThrow(
    "HG2117: a target group must stand on one balancer, got 'Default/One' and 'Default/Two' (ALB-37): add a target group with the same targets for the other [at Default/Web]",
  );
});

test('takes two imports of a balancer whose ARN is a token: they may be one', () => {
  const stack = new Stack();
  const own = group(stack);
  const listeners = ['One', 'Two'].map((id, index) => {
    const loadBalancer = elbv2.ApplicationLoadBalancer.fromApplicationLoadBalancerAttributes(stack, id, {
      loadBalancerArn: Fn.importValue('Arn'),
      securityGroupId: 'sg-1',
      vpc: vpcForBalancer(stack, id),
    });
    return () =>
      new elbv2.ApplicationListener(stack, `${id}Listener`, {
        loadBalancer,
        port: 80 + index,
        protocol: elbv2.ApplicationProtocol.HTTP,
        defaultTargetGroups: [own],
      });
  });
  for (const listen of listeners) expect(listen).not.toThrow();
});
