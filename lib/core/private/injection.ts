import { PropertyInjectors } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/**
 * Applies the property injector that a user registered under `uniqueId`, the nearest scope first, as aws-cdk-lib does for its own
 * constructs (CDK-12). An injector for the L2 that a class extends reaches the class by itself.
 */
export function injected<T>(uniqueId: string, scope: Construct, id: string, props: T): T {
  for (const holder of [...scope.node.scopes].reverse()) {
    if (!PropertyInjectors.hasPropertyInjectors(holder)) continue;
    const injector = PropertyInjectors.of(holder).for(uniqueId);
    if (injector) return injector.inject(props, { scope, id }) as T;
  }
  return props;
}
