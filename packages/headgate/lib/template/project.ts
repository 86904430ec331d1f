import { HeadgateError } from '../errors';
import { printable } from '../printable';
import { acrossRegions } from './cross-region';
import type { GivenParameters } from './given-parameters';
import { LIMITS } from './limits';
import { tooMany } from './resource-limit';
import type { Scope } from './scope';
import { type Resource, Templates } from './stack';
import type { NestedSources, StackSource } from './template-stack';
import { TemplateStack } from './template-stack';
import { macrosOf } from './transforms';
import { keyOf, Symbolic, type Text, Unresolved, type Value } from './value';

const STORED_PARAMETER = 'AWS::SSM::Parameter';

/** All stacks that are read together, and what they know of each other. */
export class Project {
  private readonly roots: TemplateStack[] = [];
  private count = 0;
  private resources = 0;
  private budget = LIMITS.generated;
  private readonly warnings: string[] = [];
  private readonly said = new Set<string>();

  constructor(readonly given: GivenParameters) {}

  /** Reads stacks, with those nested in them. */
  static read(sources: readonly StackSource[], given: GivenParameters, nested: NestedSources): Templates {
    const project = new Project(given);
    for (const source of sources) project.roots.push(project.add(new TemplateStack(source, project, nested)));
    const stacks = project.roots.flatMap(withNested);
    for (const warning of given.check(stacks)) project.warn(warning);
    return new Templates(stacks, project.warnings);
  }

  /** Takes a stack in, and says what of its template isn't read. */
  add(stack: TemplateStack): TemplateStack {
    this.count += 1;
    if (this.count > LIMITS.stacks) {
      throw new HeadgateError('HM1004', `${stack.file}: more than ${LIMITS.stacks} stacks, with nested ones.`);
    }
    for (const macro of macrosOf(stack.source.document)) {
      this.warn(`${stack.file}: the macro ${macro} isn't run: the template is read as it stands.`);
    }
    return stack;
  }

  /** Counts the resources of a stack, with those that loops give, before anything is made of them. */
  countResources(count: number, file: string): void {
    if (count > LIMITS.resources) throw tooMany(count, file);
    this.resources += count;
    if (this.resources > LIMITS.totalResources) {
      throw new HeadgateError(
        'HM1004',
        `${file}: more than ${LIMITS.totalResources} resources in all stacks together.`,
      );
    }
  }

  warn(warning: string): void {
    if (this.said.has(warning)) return;
    this.said.add(warning);
    this.warnings.push(printable(warning));
  }

  /** Takes from what functions may give in all: loops and texts multiply. */
  spend(amount: number, scope: Scope): void {
    this.budget -= amount;
    if (this.budget < 0) throw scope.error('HM1004', 'the functions of all templates give too much together');
  }

  /** The value that a stack of the same Region exports under a name. */
  importValue(name: Text, importer: TemplateStack): Value {
    const key = keyOf(name);
    const exported = this.inPlaceOf(importer, `the export ${name}`, (stack) =>
      tolerant(() =>
        [...stack.exports].find(({ exportName }) => {
          const own = exportName.get();
          return own !== undefined && keyOf(own) === key;
        }),
      ),
    );
    return exported?.value.get() ?? new Unresolved(`\${Fn::ImportValue ${name}}`);
  }

  /** What a stack of the same Region and account writes into the Parameter Store under a name; undefined if none does. */
  storedParameter(name: string, reader: TemplateStack): Value | undefined {
    return this.inPlaceOf(reader, `${name} in the Parameter Store`, (stack) => {
      for (const resource of stack.resources.values()) {
        if (resource.type !== STORED_PARAMETER) continue;
        const properties = tolerant(() => resource.properties);
        if (properties?.Name === name) return properties.Value;
      }
      return undefined;
    });
  }

  /**
   * What a stack of the reader's Region and account has. Of stacks whose Region isn't known, one may be it; of several, nobody knows which.
   */
  private inPlaceOf<T>(
    reader: TemplateStack,
    what: string,
    look: (stack: TemplateStack) => T | undefined,
  ): T | undefined {
    const possible: { readonly stack: TemplateStack; readonly found: T }[] = [];
    for (const stack of this.withNested()) {
      if (!mayBeSame(stack.region, reader.region) || !mayBeSame(stack.account, reader.account)) continue;
      // Nearly all exports are those of stacks at the top: no nested one has to be read for them.
      if (stack.root !== stack && possible.length > 0) break;
      const found = look(stack);
      if (found === undefined) continue;
      if (stack.root === reader.root || (stack.region !== undefined && stack.region === reader.region)) return found;
      possible.push({ stack, found });
    }
    if (possible.length > 1) {
      const names = possible.map(({ stack }) => stack.name).join(' and ');
      this.warn(
        `${reader.file}: ${names} have ${what}; which of them is in its Region isn't known, so the value isn't.`,
      );
      return undefined;
    }
    return possible[0]?.found;
  }

  /** All stacks, those at the top first. */
  private *withNested(): Generator<TemplateStack> {
    yield* this.roots;
    for (const root of this.roots) yield* (tolerant(() => withNested(root)) ?? []).slice(1);
  }

  /** What the CDK carries from another Region to an attribute; undefined if it doesn't. */
  acrossRegions(reader: Resource, attribute: string): Value | undefined {
    return acrossRegions(reader.type, attribute, this.roots);
  }

  /** The output of a stack by its name in AWS. */
  stackOutput(stackName: Text, output: Text, region: Text | undefined, reader: TemplateStack): Value {
    const text = `\${Fn::GetStackOutput ${stackName}.${output}}`;
    if (typeof stackName !== 'string' || typeof output !== 'string') return new Unresolved(text, reader.name);
    const where = typeof region === 'string' ? region : undefined;
    const stacks = this.roots.filter(
      (candidate) => (candidate.source.stackName ?? candidate.name) === stackName && mayBeSame(candidate.region, where),
    );
    const isSure = stacks.length === 1 && !(region instanceof Symbolic);
    if (stacks.length > 0 && !isSure) {
      this.warn(
        `${reader.file}: which Region's stack ${stackName} Fn::GetStackOutput reads isn't known, so its value isn't.`,
      );
    }
    const value = isSure ? stacks[0]!.output(output) : undefined;
    return value ?? new Unresolved(text, where ?? '');
  }
}

/** Whether two places may be the same: one that isn't known may be any. */
function mayBeSame(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}

/** Undefined if what is looked at is being evaluated: then it can't depend on what is looked for. */
function tolerant<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if (error instanceof HeadgateError && error.code === 'HM1008') return undefined;
    throw error;
  }
}

function withNested(stack: TemplateStack): readonly TemplateStack[] {
  const children = [...stack.resources.keys()].flatMap((logicalId) => stack.child(logicalId) ?? []);
  return [stack, ...children.flatMap(withNested)];
}
