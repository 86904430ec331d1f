import type { HttpRequest } from '../../request';
import { Verdict } from './verdict';

/** How far a passage can be relied on: `bounded` if more input would settle it. */
export type Doubtful = 'undocumented' | 'bounded';

/** One value of a condition. */
export interface Criterion {
  /** What it is met by, for traces: `path /api/*`. */
  readonly label: string;
  /** The facts that it rests on. */
  readonly facts: readonly string[];
  /** Why the verdict may be UNKNOWN or LIKELY, as a sentence without a full stop. */
  readonly doubt?: string | ((request: HttpRequest) => string);
  /** How far a passage can be relied on after such a verdict. */
  readonly doubtful?: Doubtful | ((request: HttpRequest) => Doubtful);
  /** What every path that meets it begins with; undefined if any path may. */
  readonly pathPrefix?: string;
  /** What every path that meets it ends with; undefined if any path may. */
  readonly pathSuffix?: string;
  /** What every host, without the listener's port, that meets it ends with, in lower case; undefined if any host may. */
  readonly hostSuffix?: string;
  test(request: HttpRequest): Verdict;
}

/** A criterion that nothing is known to meet, with the reason. */
export function unknowable(
  label: string,
  doubt: string,
  facts: readonly string[],
  doubtful: Doubtful = 'bounded',
): Criterion {
  return { label, facts, doubt, doubtful, test: () => Verdict.UNKNOWN };
}

/** A criterion of a header that the balancer drops: whether before its rules or after isn't documented (ALB-35). */
export function dropped({ label }: Criterion, header: string, at: string): Criterion {
  const why = `${at}: the balancer drops headers with names such as ${header}, before or after its rules isn't documented`;
  const name = header.toLowerCase();
  return {
    ...unknowable(label, why, ['ALB-35'], 'undocumented'),
    test: (request) => (request.header(name) === undefined ? Verdict.NO : Verdict.UNKNOWN),
  };
}

/** A criterion of a header that may be dropped before anything looks at it: what would meet it likely does. */
export function maybeDropped(criterion: Criterion, header: string, at: string): Criterion {
  const attribute = 'LoadBalancerAttributes: routing.http.drop_invalid_header_fields.enabled';
  return {
    ...criterion,
    facts: [...criterion.facts, 'ALB-35'],
    doubt: `${at}: ${attribute} isn't known: false is assumed, so that ${header} isn't dropped`,
    doubtful: 'bounded',
    test: (request) => {
      const verdict = criterion.test(request);
      return verdict === Verdict.YES ? Verdict.LIKELY : verdict;
    },
  };
}
