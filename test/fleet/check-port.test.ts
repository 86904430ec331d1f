import { CfnParameter, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { AutoScalingFleet } from '../../lib/fleet';

/** The ports that are opened between a balancer and its fleet: out of the one, and into the other. */
function opened(port: (stack: Stack) => string | undefined): { out: unknown[]; in: unknown[] } {
  const stack = new Stack();
  const vpc = new ec2.Vpc(stack, 'Vpc');
  const fleet = new AutoScalingFleet(stack, 'Blue', { vpc, port: 8080, healthCheck: { port: port(stack) } });
  const balancer = new elbv2.ApplicationLoadBalancer(stack, 'Balancer', { vpc });
  balancer.addListener('Listener', { port: 80, open: false, defaultTargetGroups: [fleet.targetGroup] });
  const template = Template.fromStack(stack);
  const portsOf = (type: string) =>
    Object.values(template.findResources(type)).map(({ Properties }) => Properties.FromPort);
  return { out: portsOf('AWS::EC2::SecurityGroupEgress'), in: portsOf('AWS::EC2::SecurityGroupIngress') };
}

test.each([undefined, 'traffic-port', '8080'])('a check on %s opens nothing but the port of requests', (port) => {
  expect(opened(() => port)).toEqual({ out: [8080], in: [8080] });
});

test('a check on a port of its own opens that one too, or every server would be replaced', () => {
  const ports = opened(() => '9000');
  expect(ports.out.sort()).toEqual([8080, 9000]);
  expect(ports.in.sort()).toEqual([8080, 9000]);
});

test('so does a check on a port that is a token', () => {
  const { out } = opened((stack) => new CfnParameter(stack, 'CheckPort').valueAsString);
  expect(out).toContainEqual({ Ref: 'CheckPort' });
});
