import {
  App,
  CfnElement,
  CfnOutput,
  CfnResource,
  DefaultTokenResolver,
  Fn,
  type IPostProcessor,
  type IResolvable,
  type IResolveContext,
  Lazy,
  Reference,
  Stack,
  StringConcat,
  Token,
  Tokenization,
} from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { collectReferences } from '../../lib/core/private/references';
import { makeShop } from '../support/shop';

/** The targets that an element refers to, sorted. */
function targetsOf(element: CfnElement): string[] {
  const met: Reference[] = [];
  collectReferences(element, met);
  return named(met);
}

/** The same, by rendering the element and resolving all of it. */
function targetsOfRendered(element: CfnElement): string[] {
  const met: Reference[] = [];
  class Spy extends DefaultTokenResolver {
    public override resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor) {
      if (Reference.isReference(token)) met.push(token);
      return super.resolveToken(token, context, postProcessor);
    }
  }
  const rendered = (element as unknown as { _toCloudFormation(): unknown })._toCloudFormation();
  Tokenization.resolve(rendered, { scope: element, preparing: true, resolver: new Spy(new StringConcat()) });
  return named(met);
}

function named(references: Reference[]): string[] {
  return [...new Set(references.map(({ target }) => target.node.path))].sort();
}

test('what is found in each element of a service is what rendering it would find', () => {
  const app = new App();
  makeShop(app);
  const elements = app.node.findAll().filter((node) => CfnElement.isCfnElement(node));
  const found = Object.fromEntries(elements.map((element) => [element.node.path, targetsOf(element)]));
  expect(found).toEqual(Object.fromEntries(elements.map((element) => [element.node.path, targetsOfRendered(element)])));
  expect(Object.values(found).flat().length).toBeGreaterThan(elements.length);
});

/** A value whose post-processor brings what wasn't in it. */
function tidied(ref: string): IResolvable {
  return {
    creationStack: [],
    resolve(context: IResolveContext) {
      context.registerPostProcessor({ postProcess: (_, inside) => inside.resolve(ref) });
      return 'untidy';
    },
    toString: () => 'tidied',
  };
}

test('both references of an attribute that is named by another are found', () => {
  const stack = new Stack(new App(), 'Stack');
  const [one, other] = ['One', 'Other'].map((id) => new CfnResource(stack, id, { type: 'Test::Target' }));
  const properties = { Name: one!.getAtt(other!.ref) };
  const element = new CfnResource(stack, 'Element', { type: 'Test::Element', properties });
  expect(targetsOf(element)).toEqual(['Stack/One', 'Stack/Other']);
});

describe('a reference is found', () => {
  const stack = () => new Stack(new App(), 'Stack');

  test.each<[string, (target: CfnResource) => Record<string, unknown>]>([
    ['as a property', ({ ref }) => ({ Name: ref })],
    ['as a number', (target) => ({ Size: Token.asNumber(target.getAtt('Size')) })],
    ['as a number in a text', (target) => ({ Text: `a ${Token.asNumber(target.getAtt('Size'))}` })],
    [
      'as a number in a lazy text',
      (target) => ({ Text: Lazy.string({ produce: () => `${Token.asNumber(target.getAtt('Size'))}` }) }),
    ],
    [
      'as a number in Fn::Sub',
      (target) => ({ Text: Fn.sub('${A}', { A: `${Token.asNumber(target.getAtt('Size'))}` }) }),
    ],
    ['in what tidies a value up', (target) => ({ Name: tidied(target.ref) })],
    ['as a list', (target) => ({ Names: Token.asList(target.getAtt('Names')) })],
    ['as a key', ({ ref }) => ({ Tags: { [ref]: 'x' } })],
    ['inside a lazy value', ({ ref }) => ({ Name: Lazy.any({ produce: () => ({ deep: [`a ${ref}`] }) }) })],
    ['inside a lazy list', ({ ref }) => ({ Names: Lazy.list({ produce: () => [ref] }) })],
    ['inside an intrinsic function', ({ ref }) => ({ Name: Fn.conditionIf('Never', ref, 'x') })],
    ['inside JSON', (target) => ({ Text: Stack.of(target).toJsonString({ name: target.ref }) })],
  ])('%s', (_, properties) => {
    const scope = stack();
    const target = new CfnResource(scope, 'Target', { type: 'Test::Target' });
    const element = new CfnResource(scope, 'Element', { type: 'Test::Element', properties: properties(target) });
    expect(targetsOf(element)).toEqual(['Stack/Target']);
  });

  test.each<[string, (element: CfnResource, ref: string) => void]>([
    ['in an override', (element, ref) => element.addOverride('Anything', ref)],
    ['in the override of a property', (element, ref) => element.addPropertyOverride('Name', ref)],
    [
      'as a number in the override of a property',
      (element, ref) => element.addPropertyOverride('Name', `a ${Token.asNumber({ Ref: ref })}`),
    ],
    ['in metadata', (element, ref) => element.addMetadata('name', ref)],
    ['in a policy', (element, ref) => (element.cfnOptions.creationPolicy = { resourceSignal: { timeout: ref } })],
  ])('%s', (_, use) => {
    const scope = stack();
    const target = new CfnResource(scope, 'Target', { type: 'Test::Target' });
    const element = new CfnResource(scope, 'Element', { type: 'Test::Element' });
    use(element, target.ref);
    expect(targetsOf(element)).toEqual(['Stack/Target']);
  });

  test('in a statement of a policy', () => {
    const scope = stack();
    const role = new iam.Role(scope, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
    new sns.Topic(scope, 'Topic').grantPublish(role);
    expect(targetsOf(role.node.findChild('DefaultPolicy').node.defaultChild as CfnElement)).toEqual([
      'Stack/Role/Resource',
      'Stack/Topic/Resource',
    ]);
  });

  test('in an output', () => {
    const scope = stack();
    const target = new CfnResource(scope, 'Target', { type: 'Test::Target' });
    expect(targetsOf(new CfnOutput(scope, 'Output', { value: target.ref }))).toEqual(['Stack/Target']);
  });

  test('in a resource that renders more than its properties', () => {
    const scope = stack();
    const target = new CfnResource(scope, 'Target', { type: 'Test::Target' });
    class Own extends CfnResource {
      public override _toCloudFormation(): object {
        return { Resources: { Own: { Type: 'Test::Own', Properties: { Name: target.ref } } } };
      }
    }
    expect(targetsOf(new Own(scope, 'Own', { type: 'Test::Own' }))).toEqual(['Stack/Target']);
  });
});

test('a resource that is left out of the template refers to nothing', () => {
  const scope = new Stack(new App(), 'Stack');
  const target = new CfnResource(scope, 'Target', { type: 'Test::Target' });
  class Absent extends CfnResource {
    protected override shouldSynthesize(): boolean {
      return false;
    }
  }
  expect(targetsOf(new Absent(scope, 'Absent', { type: 'Test::A', properties: { Name: target.ref } }))).toEqual([]);
});

test('fails in the words of the CDK on a value that fails, and keeps what was met before', () => {
  const scope = new Stack(new App(), 'Stack');
  const target = new CfnResource(scope, 'Target', { type: 'Test::Target' });
  const broken = Lazy.any({
    produce: () => {
      throw new Error('not yet known');
    },
  });
  const properties = { Before: target.ref, Broken: broken };
  const element = new CfnResource(scope, 'Element', { type: 'Test::Element', properties });
  const met: Reference[] = [];
  expect(() => collectReferences(element, met)).toThrow('Resolution error: Resolution error: not yet known');
  expect(named(met)).toEqual(['Stack/Target']);
});

test('a construct among the properties is left to the CDK, which refuses it', () => {
  const scope = new Stack(new App(), 'Stack');
  const target = new CfnResource(scope, 'Target', { type: 'Test::Target' });
  const properties = { Wrong: new Construct(scope, 'Construct'), After: target.ref };
  expect(targetsOf(new CfnResource(scope, 'Element', { type: 'Test::Element', properties }))).toEqual(['Stack/Target']);
});

test('a circle is left to the CDK, which refuses it', () => {
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  const scope = new Stack(new App(), 'Stack');
  const element = new CfnResource(scope, 'Element', { type: 'Test::Element', properties: { circle } });
  expect(() => collectReferences(element, [])).toThrow();
});
