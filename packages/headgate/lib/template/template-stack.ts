import { HeadgateError } from '../errors';
import type { Assets } from './assets';
import { Conditions } from './conditions';
import { evaluate } from './intrinsics';
import { transform } from './intrinsics/cross-stack';
import { expandLoops } from './intrinsics/for-each';
import { Parameters } from './parameters';
import type { Project } from './project';
import { PseudoParameters } from './pseudo-parameters';
import { emptyMap, isRawMap, type Raw, type RawMap } from './raw';
import { Once, Scope, type Surroundings } from './scope';
import type { Resource, Stack } from './stack';
import { hasMacros, LANGUAGE_EXTENSIONS, transformsOf } from './transforms';
import { isMap, OTHERS, Reference, Symbolic, type Text, Unresolved, type Value, type ValueMap } from './value';

/** Where a template comes from. */
export interface StackSource {
  /** What tells the stack from all others. */
  readonly name: string;
  /** The name in AWS, if that isn't what tells it from all others. */
  readonly stackName?: string;
  readonly region: string | undefined;
  readonly account: string | undefined;
  readonly file: string;
  readonly document: RawMap;
  /** Where an assembly has the templates of nested stacks. */
  readonly assets?: Assets;
  /** The stack and resource that this nested stack belongs to. */
  readonly parent?: { readonly stack: TemplateStack; readonly resource: Resource };
}

/** Finds the template of a nested stack; undefined if it can't be read. */
export type NestedSources = (resource: Resource, parent: TemplateStack) => StackSource | undefined;

/** An output: its value, and the name under which other stacks import it. */
export interface Output {
  readonly value: Once<Value>;
  readonly exportName: Once<Text | undefined>;
}

/** A stack as its template says, evaluated as far as it is asked for. */
export class TemplateStack implements Stack, Surroundings {
  readonly name: string;
  readonly file: string;
  /** The stack at the top of the nested ones that this is one of. */
  readonly root: TemplateStack;
  private readonly parameters: Parameters;
  private readonly pseudo: PseudoParameters;
  private readonly conditions: Conditions;
  private readonly sections = new Map<string, Once<RawMap>>();
  private readonly existing: Once<ReadonlyMap<string, Resource>>;
  private readonly declared: Once<ReadonlyMap<string, Output>>;
  private readonly values: Once<ReadonlyMap<string, Value>>;
  private readonly children = new Map<string, Once<TemplateStack | undefined>>();

  constructor(
    readonly source: StackSource,
    readonly project: Project,
    private readonly nested: NestedSources,
  ) {
    this.name = source.name;
    this.file = source.file;
    this.root = source.parent?.stack.root ?? this;
    this.pseudo = new PseudoParameters(this, project.given);
    this.parameters = new Parameters(this, project.given);
    this.conditions = new Conditions(this);
    this.existing = new Once(`${this.file}: Resources`, () => this.readResources());
    this.declared = new Once(`${this.file}: Outputs`, () => this.readOutputs());
    this.values = new Once(`${this.file}: Outputs`, () => this.readValues());
    this.checkSections();
  }

  get region(): string | undefined {
    return this.pseudo.region;
  }

  /** The account; undefined if it isn't known. */
  get account(): string | undefined {
    return this.root.source.account;
  }

  get resources(): ReadonlyMap<string, Resource> {
    return this.existing.get();
  }

  get outputs(): ReadonlyMap<string, Value> {
    return this.values.get();
  }

  get exports(): Iterable<Output> {
    return this.declared.get().values();
  }

  /** Where functions are evaluated, such as `shop.yaml: Lb (AWS::…)`. */
  scope(where: string): Scope {
    return new Scope(this, `${this.file}: ${where}`, evaluate);
  }

  /** A section of the template, with its loops written out. */
  section(name: string): RawMap {
    let section = this.sections.get(name);
    if (!section) {
      section = new Once(`${this.file}: ${name}`, () => {
        const raw = this.source.document[name];
        return isRawMap(raw) ? expandLoops(raw, this.scope(name)) : emptyMap<Raw>();
      });
      this.sections.set(name, section);
    }
    return section.get();
  }

  /** The nested stack that a resource makes; undefined if its template isn't there. */
  child(logicalId: string): TemplateStack | undefined {
    const resource = this.resources.get(logicalId);
    if (resource?.type !== 'AWS::CloudFormation::Stack') return undefined;
    let child = this.children.get(logicalId);
    if (!child) {
      child = new Once(`${this.file}: ${logicalId}`, () => {
        const source = this.nested(resource, this);
        return source ? this.project.add(new TemplateStack(source, this.project, this.nested)) : undefined;
      });
      this.children.set(logicalId, child);
    }
    return child.get();
  }

  ref(name: string, scope: Scope): Value | undefined {
    if (name === 'AWS::NoValue') return undefined;
    if (name.startsWith('AWS::')) return this.pseudo.get(name, scope);
    if (this.parameters.has(name)) return this.parameters.get(name);
    const resource = this.resources.get(name);
    if (!resource) return this.missing(name, '', scope);
    return isMadeUp(resource.type) ? new Unresolved(`\${${name}}`, this.name) : new Reference(resource, undefined);
  }

  attribute(logicalId: string, attribute: Text, scope: Scope): Value {
    const resource = this.resources.get(logicalId);
    const name = attribute.toString();
    if (!resource) return this.missing(logicalId, `.${name}`, scope);
    const carried = this.project.acrossRegions(resource, name);
    if (carried !== undefined) return carried;
    const output = name.startsWith('Outputs.') ? name.slice('Outputs.'.length) : undefined;
    const child = output === undefined ? undefined : this.child(logicalId);
    if (!child || output === undefined) {
      const isUnknown = output !== undefined || isMadeUp(resource.type);
      return isUnknown ? new Unresolved(`\${${logicalId}.${name}}`, this.name) : new Reference(resource, name);
    }
    return child.output(output) ?? this.noOutput(child, output, scope);
  }

  /** The value of an output; undefined if it isn't there. */
  output(name: string): Value | undefined {
    return this.declared.get().get(name)?.value.get();
  }

  condition(name: string, scope: Scope): boolean {
    return this.conditions.use(name, scope);
  }

  mapping(name: string, scope: Scope): Raw | undefined {
    const mappings = this.section('Mappings');
    if (Object.hasOwn(mappings, name)) return mappings[name];
    // What Fn::Transform includes isn't known.
    if (hasMacros(this.source.document)) return undefined;
    throw scope.error('HM1006', `Fn::FindInMap names the mapping '${name}', which isn't in Mappings`);
  }

  importValue(name: Text): Value {
    return this.project.importValue(name, this);
  }

  stackOutput(stack: Text, output: Text, region: Text | undefined): Value {
    return this.project.stackOutput(stack, output, region ?? this.region, this);
  }

  /** What another stack writes into the Parameter Store of the same Region, or the symbol for what nobody in the templates does. */
  storedParameter(name: string): Value {
    const stored = this.project.storedParameter(name, this);
    return stored ?? new Unresolved(`{{resolve:ssm:${name}}}`, this.region ?? this.root.name);
  }

  warn(warning: string): void {
    this.project.warn(warning);
  }

  spend(amount: number, scope: Scope): void {
    this.project.spend(amount, scope);
  }

  needsLanguageExtensions(name: string): void {
    if (transformsOf(this.source.document).includes(LANGUAGE_EXTENSIONS)) return;
    this.warn(`${this.file}: ${name} needs \`Transform: ${LANGUAGE_EXTENSIONS}\`, which the template lacks.`);
  }

  /** The names of all parameters. */
  parameterNames(): readonly string[] {
    return Object.keys(this.section('Parameters'));
  }

  /** Whether the template declares an id as a resource, be it that its condition is false. */
  declares(logicalId: string): boolean {
    return Object.hasOwn(this.section('Resources'), logicalId);
  }

  private checkSections(): void {
    const { document } = this.source;
    if ((document.Resources ?? null) === null) {
      throw new HeadgateError('HM1002', `${this.file}: has no Resources, so it isn't a CloudFormation template.`);
    }
    for (const name of ['Resources', 'Parameters', 'Mappings', 'Conditions', 'Outputs']) {
      const section = document[name] ?? null;
      if (section === null || isRawMap(section)) continue;
      throw new HeadgateError('HM1002', `${this.file}: ${name} must be a mapping.`);
    }
  }

  private missing(id: string, suffix: string, scope: Scope): Value {
    // The resource isn't made, or perhaps by a macro.
    if (this.declares(id) || hasMacros(this.source.document)) return new Unresolved(`\${${id}${suffix}}`, this.name);
    const what = suffix === '' ? 'Ref' : 'Fn::GetAtt';
    const kinds = suffix === '' ? 'no parameter or resource' : 'no resource';
    throw scope.error('HM1006', `${what} to '${id}', but the template has ${kinds} of that name`);
  }

  private noOutput(child: TemplateStack, output: string, scope: Scope): Value {
    if (Object.hasOwn(child.section('Outputs'), output) || hasMacros(child.source.document)) {
      return new Unresolved(`\${Outputs.${output}}`, child.name);
    }
    throw scope.error('HM1006', `Fn::GetAtt to output '${output}', which ${child.file} doesn't have`);
  }

  private readResources(): ReadonlyMap<string, Resource> {
    const resources = new Map<string, Resource>();
    const declared = Object.entries(this.section('Resources'));
    this.project.countResources(declared.length, this.file);
    for (const [logicalId, raw] of declared) {
      // A fragment that a macro includes: transforms.ts warns of it.
      if (logicalId === 'Fn::Transform') continue;
      const resource = this.readResource(logicalId, raw);
      if (resource) resources.set(logicalId, resource);
    }
    return resources;
  }

  private readResource(logicalId: string, raw: Raw): Resource | undefined {
    const bad = (what: string) => new HeadgateError('HM1002', `${this.file}: Resources.${logicalId} ${what}.`);
    if (!isRawMap(raw)) throw bad('must be a mapping');
    const type = raw.Type;
    if (type === undefined && raw['Fn::Transform'] !== undefined) {
      transform(raw['Fn::Transform'], this.scope(logicalId));
      this.warn(`${this.file}: ${logicalId} is left out, since a macro gives what it is.`);
      return undefined;
    }
    if (typeof type !== 'string' || type === '') throw bad('must have a Type');
    const scope = this.scope(`${logicalId} (${type})`);
    // What the CDK tells about itself has a condition on the Region, which is nobody's business.
    if (raw.Condition !== undefined && type !== 'AWS::CDK::Metadata') {
      if (typeof raw.Condition !== 'string') throw bad('must have the name of a condition as its Condition');
      if (!this.conditions.use(raw.Condition, scope)) return undefined;
    }
    const part = (name: string): Once<ValueMap> =>
      new Once(`${scope.where}: ${name}`, () => {
        const value = raw[name] === undefined || raw[name] === null ? emptyMap<Value>() : scope.evaluate(raw[name]);
        if (value === undefined) return emptyMap<Value>();
        if (value instanceof Symbolic) return name === 'Properties' ? { [OTHERS]: value } : emptyMap<Value>();
        if (!isMap(value)) throw bad(`must have a mapping as its ${name}`);
        return value;
      });
    const properties = part('Properties');
    const metadata = part('Metadata');
    return {
      stack: this,
      logicalId,
      type,
      get properties() {
        return properties.get();
      },
      get metadata() {
        return metadata.get();
      },
    };
  }

  private readOutputs(): ReadonlyMap<string, Output> {
    const outputs = new Map<string, Output>();
    for (const [name, raw] of Object.entries(this.section('Outputs'))) {
      if (name === 'Fn::Transform') continue;
      const scope = this.scope(`output '${name}'`);
      if (!isRawMap(raw)) throw new HeadgateError('HM1002', `${scope.where} must be a mapping.`);
      if (typeof raw.Condition === 'string' && !this.conditions.use(raw.Condition, scope)) continue;
      const exported = isRawMap(raw.Export) ? raw.Export.Name : undefined;
      outputs.set(name, {
        value: new Once(scope.where, () => scope.evaluate(raw.Value ?? null) ?? null),
        exportName: new Once(scope.where, () =>
          exported === undefined ? undefined : scope.text(exported, 'the Name of the Export'),
        ),
      });
    }
    return outputs;
  }

  private readValues(): ReadonlyMap<string, Value> {
    return new Map([...this.declared.get()].map(([name, output]) => [name, output.value.get()]));
  }
}

/** Whether what a resource gives is made up by code of the template's author: it can be anything, an ARN or a name of something else. */
function isMadeUp(type: string): boolean {
  return type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource';
}
