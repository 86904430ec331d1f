import {
  CfnElement,
  DefaultTokenResolver,
  type IAspect,
  type IPostProcessor,
  type IResolvable,
  type IResolveContext,
  Reference,
  Stack,
  StringConcat,
  Token,
  Tokenization,
} from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { HeadgateError } from '../errors';

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
      Tokenization.resolve(rendered(node), {
        scope: node,
        preparing: true,
        resolver: new ReferenceSpy((reference) => met.push(reference)),
      });
    } finally {
      // Only now, since an error inside would come out wrapped; and also when the CDK has found fault with a reference in its own words.
      for (const reference of met) {
        if (this.guards(Stack.of(node)) || this.guards(Stack.of(reference.target))) refuseForeign(node, reference);
      }
    }
  }
}

class ReferenceSpy extends DefaultTokenResolver {
  public constructor(private readonly met: (reference: Reference) => unknown) {
    super(new StringConcat());
  }

  public override resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    if (Reference.isReference(token)) this.met(token);
    return super.resolveToken(token, context, postProcessor);
  }
}

/** What a template element renders is internal to the CDK: this is the one place that asks for it. */
function rendered(element: CfnElement): unknown {
  return (element as unknown as { _toCloudFormation(): unknown })._toCloudFormation();
}

function refuseForeign(node: IConstruct, reference: Reference): void {
  const here = Stack.of(node);
  const there = Stack.of(reference.target);
  if (here === there || here.region === there.region) return;
  // Two stacks without a Region are deployed to one; one with and one without are refused by the CDK itself.
  if (Token.isUnresolved(here.region) || Token.isUnresolved(there.region)) return;
  throw new HeadgateError(
    'HG0204',
    `'${reference.displayName}' of '${reference.target.node.path}' (${there.region}) is used in ${here.region}: no reference may cross Regions; use a name, such as the record's, in its place`,
    node,
  );
}
