import { keyOf, Symbolic, type Text } from '../../../template';
import { compileGlob, compileGlobAround, lower } from '../../matching/glob';
import type { HttpRequest } from '../../request';
import { canBeUntold, isUntold, UNTOLD } from '../../untold';
import { type Criterion, unknowable } from './criterion';
import { Verdict, verdictOf } from './verdict';

/** A part of requests that conditions compare. */
export interface Values {
  /** For traces: `path`, `header X-Tenant`. */
  readonly name: string;
  readonly ignoresCase: boolean;
  /** Whether it is a header that CloudFront may have added, so that not all of its value is known. */
  readonly canBeUntold?: boolean;
  /** The part of a request; undefined if it has none. */
  of(request: HttpRequest): string | undefined;
}

/** A value of a path condition: with regard to case, over the whole path, without the query (ALB-3). */
export function pathCriterion(value: Text, at: string): Criterion {
  const values: Values = { name: 'path', ignoresCase: false, of: (request) => request.path };
  if (value instanceof Symbolic) return symbolicCriterion(values, value, at, ['ALB-3']);
  const glob = compileGlob(value);
  return {
    label: `path ${value}`,
    facts: ['ALB-3'],
    pathPrefix: glob.prefix,
    pathSuffix: glob.suffix,
    test: (request) => verdictOf(glob.matches(request.path)),
  };
}

/**
 * A value of a host condition: without regard to case. A port in the Host header stays part of what is compared; about the listener's own
 * port two sources disagree, so that a match without it is a likely one (ALB-4).
 */
export function hostCriterion(value: Text, at: string, port: number | undefined): Criterion {
  const values: Values = { name: 'host', ignoresCase: true, of: (request) => request.host };
  if (value instanceof Symbolic) return symbolicCriterion(values, value, at, ['ALB-4']);
  const glob = compileGlob(lower(value));
  const ownPort = port === undefined ? undefined : `:${port}`;
  return {
    label: `host ${value}`,
    facts: ['ALB-4'],
    doubt: `whether ALB compares '${value}' with a Host header that names the listener's own port isn't clear: two sources disagree; it counts as matching`,
    doubtful: 'undocumented',
    // A value with a colon, which AWS refuses, could end with the port that the index leaves away.
    ...(value.includes(':') ? {} : { hostSuffix: glob.suffix }),
    test: ({ host }) => {
      if (glob.matches(host)) return Verdict.YES;
      if (ownPort === undefined || !host.endsWith(ownPort)) return Verdict.NO;
      return glob.matches(host.slice(0, -ownPort.length)) ? Verdict.LIKELY : Verdict.NO;
    },
  };
}

/** A value of a method condition: exactly, with regard to case (ALB-5). */
export function methodCriterion(value: Text, at: string): Criterion {
  const values: Values = { name: 'method', ignoresCase: false, of: (request) => request.method };
  if (value instanceof Symbolic) return symbolicCriterion(values, value, at, ['ALB-5']);
  return { label: `method ${value}`, facts: ['ALB-5'], test: (request) => verdictOf(request.method === value) };
}

/**
 * A value of a header condition: without regard to case. Of a header that was sent several times each line is compared; since lines and
 * lists look the same once they are joined, such a match is a likely one (ALB-5). What CloudFront adds has to match whatever its value is.
 */
export function headerCriterion(header: string, value: Text, at: string): Criterion {
  const label = `header ${header}: ${value}`;
  const facts = ['ALB-5'];
  const name = header.toLowerCase();
  const values: Values = { name: `header ${header}`, ignoresCase: true, of: (request) => request.header(name) };
  if (value instanceof Symbolic) return symbolicCriterion(values, value, at, facts);
  const glob = compileGlob(value, { ignoreCase: true });
  const lines: Criterion = {
    label,
    facts,
    doubt: `${header} is taken for several lines, of which ALB compares each; one line with commas in it is compared as a whole`,
    doubtful: 'undocumented',
    test: (request) => {
      const text = request.header(name);
      if (text === undefined) return Verdict.NO;
      if (glob.matches(text)) return Verdict.YES;
      return text.includes(', ') && text.split(', ').some(glob.matches) ? Verdict.LIKELY : Verdict.NO;
    },
  };
  return canBeUntold(name) ? orUntold(lines, values, matchesAround(value)) : lines;
}

/** Whether a pattern matches a header's value, whatever the part of it is that isn't known. */
function matchesAround(pattern: string): (text: string) => boolean {
  const matches = compileGlobAround(pattern, { ignoreCase: true });
  return (text) => {
    const parts = text.split(UNTOLD);
    return parts.length === 2 && matches(parts[0]!, parts[1]!);
  };
}

/** The same criterion, for a header that CloudFront may have added: what isn't known of its value leaves open whether it is met. */
export function orUntold(known: Criterion, values: Values, surely: (text: string) => boolean): Criterion {
  const unknown = (request: HttpRequest) => isUntold(values.of(request));
  const { doubt } = known;
  return {
    ...known,
    doubt: (request) => {
      if (unknown(request))
        return `${known.label}: CloudFront adds it, and its value isn't known; it counts as another one`;
      return typeof doubt === 'function' ? doubt(request) : doubt!;
    },
    doubtful: (request) => (unknown(request) ? 'bounded' : 'undocumented'),
    test: (request) => {
      const text = values.of(request);
      if (text === undefined || !isUntold(text)) return known.test(request);
      return surely(text) ? Verdict.YES : Verdict.UNKNOWN;
    },
  };
}

/** A value that the template doesn't hold: what is equal to it by its key meets it, and of anything else nobody knows. */
function symbolicCriterion(values: Values, value: Symbolic, at: string, facts: readonly string[]): Criterion {
  const key = values.ignoresCase ? lower(keyOf(value)) : keyOf(value);
  return {
    ...unknowable(`${values.name} ${value}`, `${at} isn't known: ${value}`, facts),
    test: (request) => {
      const text = values.of(request);
      if (text === undefined) return Verdict.NO;
      return (values.ignoresCase ? lower(text) : text) === key ? Verdict.YES : Verdict.UNKNOWN;
    },
  };
}
