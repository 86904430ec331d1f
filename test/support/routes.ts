import { SecretValue, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { IConstruct } from 'constructs';
import { Conditions, type RouteProps, ServiceRoutes, type ServiceRoutesProps, TargetGroup } from '../../lib/balancing';

export const RULE = 'AWS::ElasticLoadBalancingV2::ListenerRule';
export const LISTENER_ARN =
  'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/theirs/50dc6c495c0c9188/f2f7dc8efc522ab2';
export const OK = elbv2.ListenerAction.fixedResponse(200);

/** A VPC that costs nothing to make. */
export function newVpc(stack: Stack): ec2.IVpc {
  return ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1',
    availabilityZones: ['a', 'b'],
    privateSubnetIds: ['subnet-1', 'subnet-2'],
  });
}

/** The VPC of the stack of a construct. */
export function vpcOf(scope: IConstruct): ec2.IVpc {
  return Stack.of(scope).node.findChild('Vpc') as unknown as ec2.IVpc;
}

/** A listener of the L2 that knows nothing of this package. */
export function plainListener(stack: Stack, id = 'Plain'): elbv2.ApplicationListener {
  const vpc = stack.node.tryFindChild('Vpc') ? vpcOf(stack) : newVpc(stack);
  const balancer = new elbv2.ApplicationLoadBalancer(stack, `${id}Balancer`, { vpc });
  return balancer.addListener('Http', { port: 80, open: false, defaultAction: OK });
}

/** A listener of another team. */
export function imported(stack: Stack): elbv2.IApplicationListener {
  return elbv2.ApplicationListener.fromApplicationListenerAttributes(stack, 'Theirs', {
    listenerArn: LISTENER_ARN,
    securityGroup: ec2.SecurityGroup.fromSecurityGroupId(stack, 'TheirGroup', 'sg-1', { allowAllOutbound: false }),
  });
}

/** Routes under `Shop/Routes`. */
export function routes(props: Partial<ServiceRoutesProps> = {}, stack = new Stack(undefined, 'Shop')): ServiceRoutes {
  return new ServiceRoutes(stack, 'Routes', { listener: props.listener ?? plainListener(stack), ...props });
}

/** Target groups `Shop/Group0` and so on. */
export function groups(own: ServiceRoutes, count: number): TargetGroup[] {
  const stack = Stack.of(own);
  const vpc = vpcOf(own);
  return Array.from({ length: count }, (_, index) => new TargetGroup(stack, `Group${index}`, { vpc, port: 8080 }));
}

/** What CloudFormation gets for the rules, by logical id. */
export function rulesOf(
  own: ServiceRoutes,
): Record<string, { Properties: Record<string, unknown>; DependsOn?: string[] }> {
  return Template.fromStack(Stack.of(own)).findResources(RULE) as never;
}

/** A route for what lies under a path, answered by the balancer. */
export const under = (prefix: string): RouteProps => ({ conditions: [Conditions.pathUnder(prefix)], action: OK });

/** The message that adding a route fails with. */
export function refusal(own: ServiceRoutes, id: string, props: RouteProps): string {
  try {
    own.addRoute(id, props);
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing was thrown';
}

/** A login before an action. */
export function login(next: elbv2.ListenerAction): elbv2.ListenerAction {
  return elbv2.ListenerAction.authenticateOidc({
    authorizationEndpoint: 'https://login.example.com/authorize',
    tokenEndpoint: 'https://login.example.com/token',
    userInfoEndpoint: 'https://login.example.com/user',
    issuer: 'https://login.example.com',
    clientId: 'shop',
    clientSecret: SecretValue.secretsManager('shop/login'),
    next,
  });
}
