import {
  type CfnElement,
  CfnResource,
  DefaultTokenResolver,
  type IPostProcessor,
  type IResolvable,
  type IResolveContext,
  Reference,
  type ResolveOptions,
  StringConcat,
  Tokenization,
} from 'aws-cdk-lib';
import { PolicyDocument } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { OwnContext } from './resolve-context';

/**
 * Puts the references that a template element renders into `met`, one by one, so that those before an error are known too.
 *
 * Every element of an app is asked, so a resource is not rendered for it: its parts are searched as they are, and only tokens that have to be
 * are resolved. Any other element, and one that can't be searched, is rendered and resolved as a whole.
 */
export function collectReferences(element: CfnElement, met: Reference[]): void {
  try {
    const parts = partsOf(element);
    if (parts) {
      new ReferenceSearch(element, met).search(parts);
      return;
    }
  } catch {
    // Once more below, where the CDK says in its own words what is wrong.
  }
  resolveAll(internal(element)._toCloudFormation(), element, met);
}

/** How deep the CDK resolves, too. */
const MAX_DEPTH = 200;

/** Finds references without building what they stand in. */
class ReferenceSearch {
  private readonly element: CfnElement;
  private readonly met: Reference[];
  private searched?: Set<IResolvable>;
  private context?: OwnContext;

  public constructor(element: CfnElement, met: Reference[]) {
    this.element = element;
    this.met = met;
  }

  public search(value: unknown, depth = 0): void {
    if (typeof value === 'string') this.searchText(value);
    else if (typeof value === 'number') this.searchNumber(value);
    else if (typeof value === 'object' && value !== null) this.searchObject(value, depth);
  }

  private searchObject(value: object, depth: number): void {
    if (depth > MAX_DEPTH) throw new Error('too deep');
    if (isToken(value)) this.searchToken(value);
    else if (Array.isArray(value)) this.searchList(value, depth);
    else if (!Construct.isConstruct(value)) {
      for (const key of Object.keys(value)) {
        if (key.includes(TEXT_TOKEN)) this.searchText(key);
        this.search((value as Record<string, unknown>)[key], depth + 1);
      }
    }
  }

  private searchList(list: unknown[], depth: number): void {
    if (list.length === 1 && encodesList(list[0])) this.searchToken(Tokenization.reverseList(list as string[]));
    else for (const item of list) this.search(item, depth + 1);
  }

  private searchText(text: string): void {
    if (!text.includes(TEXT_TOKEN) && !text.includes(NUMBER_TOKEN)) return;
    for (const token of tokensIn(text)) this.searchToken(token);
  }

  private searchNumber(value: number): void {
    if (encodesToken(value)) this.searchToken(Tokenization.reverseNumber(value));
  }

  private searchToken(token: IResolvable | undefined): void {
    if (!token) return;
    if (Reference.isReference(token)) {
      this.met.push(token);
      // What it resolves to names its target and its attribute, which may be of another.
      this.searchText(token.displayName);
    } else this.searchResolved(token);
  }

  private searchResolved(token: IResolvable): void {
    this.searched ??= new Set();
    if (this.searched.has(token)) return;
    this.searched.add(token);
    // A token that asks for a value needs the real one.
    this.context ??= new OwnContext(this.element, true, (value, options) =>
      resolveAll(value, this.element, this.met, options),
    );
    this.context.postProcessed = false;
    const resolved: unknown = token.resolve(this.context);
    // A policy's tidies up what is there; anybody else's may bring references of its own.
    if (this.context.postProcessed && !(token instanceof PolicyDocument)) resolveAll(token, this.element, this.met);
    else this.search(resolved);
  }
}

/** As the CDK tells texts in which tokens stand, those for texts and lists, and those for numbers. */
const TEXT_TOKEN = 'Token[';
const NUMBER_TOKEN = 'e+289';

/** A text that is one token is the usual case, and the same few are in many elements. */
const known = new Map<string, IResolvable[]>();
const MAX_KNOWN_LENGTH = 100;

function tokensIn(text: string): IResolvable[] {
  const before = known.get(text);
  if (before) return before;
  const { tokens } = Tokenization.reverseString(text);
  if (text.length <= MAX_KNOWN_LENGTH) known.set(text, tokens);
  return tokens;
}

/** As the CDK tells them, which is for objects that may be anything. */
function isToken(value: object): value is IResolvable {
  return 'resolve' in value && typeof value.resolve === 'function';
}

/** A token as a number is one that nobody else would use. */
function encodesToken(value: number): boolean {
  return value < -1e287;
}

function encodesList(item: unknown): boolean {
  return typeof item === 'string' && item.startsWith('#{Token[');
}

function resolveAll(value: unknown, scope: CfnElement, met: Reference[], options: ResolveChange = {}): unknown {
  return Tokenization.resolve(value, { ...options, scope, preparing: true, resolver: new ReferenceSpy(met) });
}

type ResolveChange = Pick<ResolveOptions, 'removeEmpty'>;

class ReferenceSpy extends DefaultTokenResolver {
  public constructor(private readonly met: Reference[]) {
    super(new StringConcat());
  }

  public override resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    if (Reference.isReference(token)) this.met.push(token);
    return super.resolveToken(token, context, postProcessor);
  }
}

/** What the CDK keeps to itself of an element, and of a resource: this is the one place that asks for it. */
interface Internals {
  _toCloudFormation(): unknown;
  shouldSynthesize?(): boolean;
  readonly cfnProperties?: unknown;
  readonly rawOverrides?: unknown;
}

function internal(element: CfnElement): Internals {
  return element as unknown as Internals;
}

/** The parts of a resource in which references can stand; undefined for anything that isn't made as resources usually are. */
function partsOf(element: CfnElement): unknown[] | undefined {
  if (!CfnResource.isCfnResource(element)) return undefined;
  const inside = internal(element);
  if (inside._toCloudFormation !== internal(CfnResource.prototype)._toCloudFormation) return undefined;
  if (!inside.shouldSynthesize?.()) return [];
  const { cfnProperties, rawOverrides } = inside;
  if (typeof cfnProperties !== 'object' || typeof rawOverrides !== 'object') return undefined;
  return [cfnProperties, rawOverrides, element.cfnOptions];
}
