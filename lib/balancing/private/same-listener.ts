import { Stack, Token } from 'aws-cdk-lib';
import { CfnListenerRule } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { IConstruct } from 'constructs';

/**
 * The rules of this app that stand on the listener with the given ARN. A literal ARN and the token of one listener are compared in all
 * stacks; what a token resolves to means a listener only inside its own stack.
 */
export function rulesOnSameListener(scope: IConstruct, listenerArn: string): CfnListenerRule[] {
  const home = Stack.of(scope);
  const resolved = Token.isUnresolved(listenerArn) ? JSON.stringify(home.resolve(listenerArn)) : undefined;
  return scope.node.root.node
    .findAll()
    .filter((node): node is CfnListenerRule => node instanceof CfnListenerRule)
    .filter(
      (rule) =>
        rule.listenerArn === listenerArn ||
        (Stack.of(rule) === home && JSON.stringify(home.resolve(rule.listenerArn)) === resolved),
    );
}
