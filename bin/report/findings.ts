import type { AssemblyStack } from './assembly';
import { at, isObject, list, type Value } from './values';

/** The file in which the CDK leaves what validators found. */
export const VALIDATION_REPORT = 'validation-report.json';

/** A rule's complaint about one resource. */
export interface Finding {
  readonly validator: string;
  /** The rule as the validator names it, such as `AwsSolutions-IAM5[Resource::*]`. */
  readonly ruleName: string;
  /** The rule's family: without the validator's name and without what it found in brackets, such as `IAM5`. */
  readonly rule: string;
  readonly severity: string;
  readonly description: string;
  readonly path: string;
  /** Why it is accepted; undefined when nobody accepted it. */
  readonly reason?: string;
  /** Whether the report doesn't have it, so that only the resource's metadata says that it is accepted. */
  readonly unreported?: true;
}

/** What validators said about an assembly. */
export interface Findings {
  /** The validators that found something, in the order in which they ran: the report names no others. */
  readonly validators: readonly string[];
  readonly open: readonly Finding[];
  readonly acknowledged: readonly Finding[];
  /** Validators that broke down instead of answering. */
  readonly failures: readonly string[];
}

/** Annotations are no validator's, and yet `cdk synth` stops at their errors. */
const ANNOTATIONS: Readonly<Record<string, string>> = { 'aws:cdk:error': 'error', 'aws:cdk:warning': 'warning' };
const ACKNOWLEDGEMENTS = 'aws:cdk:acknowledged-rules';

/**
 * Reads a validation report.
 *
 * The CDK accepts a rule's complaints about all resources as soon as one of them has an acknowledgement. Here only those count that stand
 * on the resource or above it, and the others are open.
 */
export function readFindings(report: Value, stacks: readonly AssemblyStack[]): Findings {
  const plugins = list(at(report, 'pluginReports'));
  const places = acknowledgedPlaces(stacks);
  const suppressed = unique(plugins.flatMap((plugin) => findingsOf(plugin, 'suppressedViolations', places)));
  const open = unique([
    ...plugins.flatMap((plugin) => findingsOf(plugin, 'violations', places)),
    ...suppressed.filter(({ reason }) => reason === undefined),
    ...annotations(stacks),
  ]);
  const names = plugins.map(nameOf);
  return {
    validators: [...new Set([...names, ...open.map(({ validator }) => validator)])],
    open,
    acknowledged: [...suppressed.filter(({ reason }) => reason !== undefined), ...unreported(stacks, names)],
    failures: plugins
      .filter((plugin) => at(plugin, 'conclusion') === 'failure' && list(at(plugin, 'violations')).length === 0)
      .map((plugin) => String(at(plugin, 'metadata', 'error') ?? `${nameOf(plugin)} failed without saying why`)),
  };
}

/** Each finding once: the CDK asks a validator once an environment, and one that walks the whole app repeats itself. */
function unique(findings: readonly Finding[]): Finding[] {
  const keyOf = ({ validator, ruleName, path, description }: Finding) =>
    JSON.stringify([validator, ruleName, path, validator === 'Annotations' ? description : '']);
  return [...new Map(findings.map((finding) => [keyOf(finding), finding])).values()];
}

/** Whether a finding is more than a hint: errors and warnings of validators, and errors of annotations. */
export function stops(finding: Finding): boolean {
  return finding.severity !== 'info' && !(finding.validator === 'Annotations' && finding.severity === 'warning');
}

function nameOf(plugin: Value): string {
  return String(at(plugin, 'pluginName'));
}

function findingsOf(plugin: Value, key: string, places: ReadonlyMap<string, string[]>): Finding[] {
  const validator = nameOf(plugin);
  return list(at(plugin, key)).flatMap((violation) => {
    const constructs = list(at(violation, 'violatingConstructs'));
    const described = {
      validator,
      ruleName: String(at(violation, 'ruleName')),
      rule: family(validator, String(at(violation, 'ruleName'))),
      severity: String(at(violation, 'customSeverity') ?? at(violation, 'severity')),
      description: String(at(violation, 'description')),
    };
    // A validator may complain of nothing in particular.
    return (constructs.length > 0 ? constructs : [undefined]).map((construct) => {
      const path = String(at(construct, 'constructPath') || at(construct, 'cloudFormationResource', 'logicalId') || '');
      if (key !== 'suppressedViolations') return { ...described, path };
      return isAcknowledged(path, violation, places)
        ? { ...described, path, reason: String(at(violation, 'reason') ?? 'no reason given') }
        : { ...described, path, description: `${described.description} (acknowledged, but not on this resource)` };
    });
  });
}

/** Whether a suppressed complaint is acknowledged on its resource or above it. */
function isAcknowledged(path: string, violation: Value, places: ReadonlyMap<string, string[]>): boolean {
  const last = at(violation, 'acknowledgedAt');
  const above = [
    ...(places.get(String(at(violation, 'acknowledgedId'))) ?? []),
    ...(typeof last === 'string' ? [last] : []),
  ];
  // The app itself has an empty path, and stands above everything.
  return above.some((place) => place === '' || path === place || path.startsWith(`${place}/`));
}

function family(validator: string, rule: string): string {
  const bare = rule.replace(/\[.*$/s, '');
  return bare.startsWith(`${validator}-`) ? bare.slice(validator.length + 1) : bare;
}

/**
 * What was acknowledged under an id that holds '::' itself, such as `AwsSolutions-IAM5[Resource::*]`. It can't carry the validator's name in
 * front, so the validator keeps silent about the finding and the report doesn't have it: only the resource says so.
 */
function unreported(stacks: readonly AssemblyStack[], validators: string[]): Finding[] {
  return stacks
    .flatMap(({ metadata }) => metadata)
    .filter(({ type, data }) => type === ACKNOWLEDGEMENTS && isObject(data))
    .flatMap(({ path, data }) =>
      Object.entries(data as Record<string, Value>).flatMap(([ruleName, reason]) => {
        const validator = validators.find((name) => ruleName.startsWith(`${name}-`));
        if (validator === undefined) return [];
        const rule = family(validator, ruleName);
        return [
          {
            validator,
            ruleName,
            rule,
            severity: 'error',
            description: '',
            path,
            reason: String(reason),
            unreported: true,
          },
        ];
      }),
    );
}

/** Where each rule is acknowledged. */
function acknowledgedPlaces(stacks: readonly AssemblyStack[]): Map<string, string[]> {
  const places = new Map<string, string[]>();
  for (const { type, path, data } of stacks.flatMap(({ metadata }) => metadata)) {
    if (type !== ACKNOWLEDGEMENTS || !isObject(data)) continue;
    for (const id of Object.keys(data)) places.set(id, [...(places.get(id) ?? []), path]);
  }
  return places;
}

function annotations(stacks: readonly AssemblyStack[]): Finding[] {
  return stacks
    .flatMap(({ metadata }) => metadata)
    .filter(({ type }) => ANNOTATIONS[type] !== undefined)
    .map(({ type, path, data }) => ({
      validator: 'Annotations',
      ruleName: 'annotation',
      rule: 'annotation',
      severity: ANNOTATIONS[type]!,
      description: String(data),
      path,
    }));
}
