import { Resource, Stack, Token } from 'aws-cdk-lib';
import { CfnListenerRule } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { IConstruct } from 'constructs';

/**
 * The rules of this app that stand on the listener with the given ARN. A literal ARN and the token of one listener are compared in all
 * stacks; what a token resolves to means a listener only inside its own stack.
 */
export function rulesOnSameListener(scope: IConstruct, listenerArn: string): CfnListenerRule[] {
  const home = Stack.of(scope);
  const resolved = Token.isUnresolved(listenerArn) ? JSON.stringify(home.resolve(listenerArn)) : undefined;
  const rules: CfnListenerRule[] = [];
  collectRules(scope.node.root, home, false, rules);
  return rules.filter(
    (rule) =>
      rule.listenerArn === listenerArn ||
      (Stack.of(rule) === home && JSON.stringify(home.resolve(rule.listenerArn)) === resolved),
  );
}

/**
 * Finds the rules under a construct, but for those in stacks of other Regions than `home`'s, which can't be on its listeners: an app has as
 * many such stacks as it has Regions, and each of them asks. There it only looks for stacks that stand in others, which don't stand in resources.
 */
function collectRules(construct: IConstruct, home: Stack, elsewhere: boolean, rules: CfnListenerRule[]): void {
  if (elsewhere && Resource.isResource(construct)) return;
  if (!elsewhere && construct instanceof CfnListenerRule) rules.push(construct);
  for (const child of construct.node.children) {
    collectRules(child, home, Stack.isStack(child) ? isElsewhere(child, home) : elsewhere, rules);
  }
}

function isElsewhere({ region }: Stack, home: Stack): boolean {
  return region !== home.region && !Token.isUnresolved(region) && !Token.isUnresolved(home.region);
}
