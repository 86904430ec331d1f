import { Stack, Token } from 'aws-cdk-lib';
import { CfnListenerRule } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { IConstruct } from 'constructs';

/**
 * The rules of this app that stand on the listener with the given ARN. A literal ARN is compared in all stacks; a reference means a
 * listener only inside its own stack, so there the resolved forms are compared.
 */
export function rulesOnSameListener(scope: IConstruct, listenerArn: string): CfnListenerRule[] {
  const literal = !Token.isUnresolved(listenerArn);
  const home = Stack.of(scope);
  const wanted = literal ? listenerArn : JSON.stringify(home.resolve(listenerArn));
  return scope.node.root.node
    .findAll()
    .filter((node): node is CfnListenerRule => node instanceof CfnListenerRule)
    .filter((rule) =>
      literal
        ? rule.listenerArn === wanted
        : Stack.of(rule) === home && JSON.stringify(home.resolve(rule.listenerArn)) === wanted,
    );
}
