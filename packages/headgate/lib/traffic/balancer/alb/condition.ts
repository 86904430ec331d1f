import { HeadgateError } from '../../../errors';
import { type Fields, Symbolic, type Text } from '../../../template';
import type { Regexes } from '../../matching/regex';
import type { HttpRequest } from '../../request';
import { canBeUntold } from '../../untold';
import { headerCriterion, hostCriterion, methodCriterion, pathCriterion, type Values } from './criteria';
import { type Criterion, dropped, maybeDropped, unknowable } from './criterion';
import { queryCriteria } from './query';
import { regexCriterion } from './regex';
import { sourceCriterion } from './source';
import { Verdict } from './verdict';

/** A condition of a rule: its values are alternatives (ALB-2). */
export class Condition {
  constructor(readonly criteria: readonly Criterion[]) {}

  test(request: HttpRequest): Verdict {
    let best: Verdict = Verdict.NO;
    for (const criterion of this.criteria) {
      const verdict = criterion.test(request);
      if (verdict === Verdict.YES) return verdict;
      if (verdict > best) best = verdict;
    }
    return best;
  }

  /** The criteria that leave open whether a request meets the condition; those that it likely meets, if there are any. */
  openFor(request: HttpRequest): readonly Criterion[] {
    const verdict = this.test(request);
    return this.criteria.filter((criterion) => criterion.test(request) === verdict);
  }

  /** The criterion that a request meets best. */
  bestOf(request: HttpRequest): Criterion {
    let best = this.criteria[0]!;
    for (const criterion of this.criteria) {
      if (criterion.test(request) > best.test(request)) best = criterion;
    }
    return best;
  }

  /** What every path that meets it begins with; undefined if any path may meet it. */
  get pathPrefixes(): readonly string[] | undefined {
    return this.ofAll(({ pathPrefix }) => pathPrefix);
  }

  /** What every path that meets it ends with; undefined if any path may meet it. */
  get pathSuffixes(): readonly string[] | undefined {
    return this.ofAll(({ pathSuffix }) => pathSuffix);
  }

  /** What every host that meets it ends with, in lower case; undefined if any host may meet it. */
  get hostSuffixes(): readonly string[] | undefined {
    return this.ofAll(({ hostSuffix }) => hostSuffix);
  }

  /** What all criteria say; undefined if one of them says nothing. */
  private ofAll(read: (criterion: Criterion) => string | undefined): readonly string[] | undefined {
    const said = this.criteria.map(read).filter((text) => text !== undefined);
    return said.length === this.criteria.length ? said : undefined;
  }
}

/** What a condition needs to know of its listener and balancer. */
export interface Surroundings {
  /** The port that the listener stands on. */
  readonly port: number | undefined;
  /** Whether the balancer drops headers whose names have characters other than letters, digits and hyphens; undefined if it isn't known. */
  readonly dropsInvalidHeaders: boolean | undefined;
  readonly regexes: Regexes;
}

const CONFIGS: Readonly<Record<string, string>> = {
  'host-header': 'HostHeaderConfig',
  'path-pattern': 'PathPatternConfig',
  'http-header': 'HttpHeaderConfig',
  'http-request-method': 'HttpRequestMethodConfig',
  'query-string': 'QueryStringConfig',
  'source-ip': 'SourceIpConfig',
};

/**
 * Reads a condition in either of its forms: Field with Values, or with the mapping of its kind.
 *
 * @throws HeadgateError HM2007 if it isn't of any kind.
 */
export function compileCondition(fields: Fields, around: Surroundings): Condition {
  if (fields.isSymbolic('Field')) return unreadable(fields, 'Field');
  const field = fields.string('Field') ?? Object.keys(CONFIGS).find((name) => fields.has(CONFIGS[name]!));
  if (field === undefined || !Object.hasOwn(CONFIGS, field)) {
    const known = Object.keys(CONFIGS).join(', ');
    throw new HeadgateError('HM2007', `${fields.at('Field')} must be one of ${known}, got ${field ?? 'nothing'}.`);
  }
  const name = CONFIGS[field]!;
  if (fields.isSymbolic(name)) return unreadable(fields, name);
  const config = fields.object(name) ?? fields;
  const symbolic = ['Values', 'RegexValues'].find((list) => config.isSymbolic(list));
  if (symbolic !== undefined) return unreadable(config, symbolic);
  const criteria = [...criteriaOf(field, config, around), ...regexCriteria(field, config, around)];
  if (criteria.length > 0) return new Condition(criteria);
  return new Condition([unknowable(field, `${config.at('Values')} is empty, which AWS refuses`, ['ALB-2'])]);
}

/** A condition that isn't known: nothing meets it for certain. */
export function unreadable(fields: Fields, name: string): Condition {
  return new Condition([unknowable(name, `${fields.at(name)} isn't known`, ['ALB-2'])]);
}

function criteriaOf(field: string, config: Fields, around: Surroundings): readonly Criterion[] {
  if (field === 'query-string') return queryCriteria(config);
  const of = (compile: (value: Text, at: string) => Criterion) =>
    config.texts('Values').map((value, index) => compile(value, config.at(`Values[${index}]`)));
  switch (field) {
    case 'host-header':
      return of((value, at) => hostCriterion(value, at, around.port));
    case 'path-pattern':
      return of(pathCriterion);
    case 'http-request-method':
      return of(methodCriterion);
    case 'source-ip':
      return of((value, at) => sourceCriterion(value, at, config.at('Values')));
    default:
      return headerOf(config, around, (header) => of((value, at) => headerCriterion(header, value, at)));
  }
}

function regexCriteria(field: string, config: Fields, around: Surroundings): readonly Criterion[] {
  const of = (values: Values) =>
    config
      .texts('RegexValues')
      .map((value, index) => regexCriterion(values, value, config.at(`RegexValues[${index}]`), around.regexes));
  if (field === 'host-header') return of({ name: 'host', ignoresCase: true, of: (request) => request.host });
  if (field === 'path-pattern') return of({ name: 'path', ignoresCase: false, of: (request) => request.path });
  if (field !== 'http-header' || !config.has('RegexValues')) return [];
  return headerOf(config, around, (header) =>
    of({
      name: `header ${header}`,
      ignoresCase: true,
      canBeUntold: canBeUntold(header.toLowerCase()),
      of: (request) => request.header(header.toLowerCase()),
    }),
  );
}

/** Compiles a header's criteria by its name, with what is to be doubted if the balancer drops it. */
function headerOf(
  config: Fields,
  { dropsInvalidHeaders }: Surroundings,
  compile: (header: string) => readonly Criterion[],
): readonly Criterion[] {
  const header = config.text('HttpHeaderName');
  if (typeof header === 'string') {
    const criteria = compile(header);
    if (/^[A-Za-z0-9-]+$/.test(header) || dropsInvalidHeaders === false) return criteria;
    const doubted = dropsInvalidHeaders === undefined ? maybeDropped : dropped;
    return criteria.map((criterion) => doubted(criterion, header, config.at('HttpHeaderName')));
  }
  const why = header instanceof Symbolic ? "isn't known" : 'is missing';
  return [unknowable('header', `${config.at('HttpHeaderName')} ${why}`, ['ALB-5'])];
}
