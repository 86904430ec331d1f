import { CfnElement, type IAspect, type Reference, Stack, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { HeadgateError } from '../errors';
import { collectReferences } from './references';

/**
 * Refuses references from one Region to another, before the CDK would put custom resources in their place: Regions share names, not
 * tokens (CDK-11).
 */
export class CrossRegionGuard implements IAspect {
  /**
   * @param guards whether a stack is one that neither end of such a reference may lie in
   */
  public constructor(private readonly guards: (stack: Stack) => boolean = () => true) {}

  public visit(node: IConstruct): void {
    if (!CfnElement.isCfnElement(node)) return;
    const met: Reference[] = [];
    try {
      collectReferences(node, met);
    } finally {
      // Only now, since an error inside would come out wrapped; and also when the CDK has found fault with a reference in its own words.
      for (const reference of met) this.check(node, reference);
    }
  }

  private check(node: IConstruct, reference: Reference): void {
    const here = Stack.of(node);
    const there = Stack.of(reference.target);
    if (here === there || here.region === there.region) return;
    // Two stacks without a Region are deployed to one; one with and one without are refused by the CDK itself.
    if (Token.isUnresolved(here.region) || Token.isUnresolved(there.region)) return;
    if (!this.guards(here) && !this.guards(there)) return;
    throw new HeadgateError(
      'HG0204',
      `'${reference.displayName}' of '${reference.target.node.path}' (${there.region}) is used in ${here.region}: no reference may cross Regions; use a name, such as the record's, in its place`,
      node,
    );
  }
}
