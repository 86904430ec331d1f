import { HeadgateError } from '../../errors';
import { type Fields, Symbolic, type Text } from '../../template';
import { Road } from '../hop';
import type { Outcome } from '../outcome';
import type { Passage } from '../passage';
import { type Failure, type Step, stepAt } from '../step';
import { type Edge, unknownOf } from './config';
import { compileOrigin, type Target } from './origin';
import { withId } from './origin-id';
import { OriginEnds } from './origin-road';
import type { Forwarding } from './policies';

/** What counts in place of a status if the first origin can't be connected to, and if TLS with it fails (CF-3). */
const UNREACHABLE_COUNTS_AS = 503;
const NO_TLS_COUNTS_AS = 502;
/** What a viewer may get for an origin that doesn't listen on its port: pages differ (CF-3). */
const NOT_LISTENING_MAY_COUNT_AS = [502, 504];

/** Compiles what a behavior's target id stands for: an origin group, or else an origin. */
export function compileTarget(id: Text, forwarding: Forwarding, cachesOptions: boolean, edge: Edge): Target {
  const groups = edge.config.object('OriginGroups')?.objects('Items') ?? [];
  const group = withId(groups, id);
  return group
    ? new OriginGroup(String(id), group, forwarding, cachesOptions, edge)
    : compileOrigin(id, forwarding, edge);
}

/** Two origins, of which the second is asked, request by request, when the first fails. */
class OriginGroup implements Target {
  private readonly first: Target;
  private readonly second: Target;
  private readonly firstEnds: OriginEnds;
  private readonly criteria: ReadonlySet<number>;
  private readonly steps = new Map<number, Step>();
  private readonly unreachable: Step;
  private readonly withoutTls: Step;
  private readonly withoutTlsPerhaps: Step;
  private readonly notListeningPerhaps: Step;
  /** That not all criteria are known; undefined if they are. */
  private readonly unknownCriteria: Step | undefined;
  /** That another setting than the order chooses the origin; undefined if it doesn't. */
  private readonly otherChoice: Step | undefined;
  private readonly notForMethod: Step;
  private readonly uncachedOptions: Step;

  constructor(
    id: string,
    fields: Fields,
    forwarding: Forwarding,
    private readonly cachesOptions: boolean,
    edge: Edge,
  ) {
    const members = (fields.object('Members')?.objects('Items') ?? []).map((member) => member.text('OriginId'));
    const [first, second] = members;
    if (members.length !== 2 || first === undefined || second === undefined) {
      throw new HeadgateError(
        'HM1006',
        `${fields.at('Members')}: an origin group has exactly two members, each with the Id of an origin.`,
      );
    }
    this.firstEnds = new OriginEnds(String(first), edge.resource);
    this.first = compileOrigin(first, forwarding, edge);
    this.second = compileOrigin(second, forwarding, edge);
    this.criteria = new Set(statusCodesOf(fields)?.numbers('Items'));
    const step = (because: string, warning?: string) =>
      stepAt('origin-group', edge.resource, because, ['CF-3'], { id, ...(warning === undefined ? {} : { warning }) });
    const unknown = unknownCriteria(fields);
    if (unknown !== undefined) {
      this.unknownCriteria = step(
        `whether ${second} is tried is not known`,
        `${unknown} isn't known, so nothing else than the known criteria counts as leading to ${second}.`,
      );
    }
    if (fields.isSymbolic('SelectionCriteria') || fields.string('SelectionCriteria') === 'media-quality-based') {
      this.otherChoice = step(
        'a score of the media may choose the origin',
        `${fields.at('SelectionCriteria')} lets the quality of the media choose between ${first} and ${second}, which no template tells; ${first} counts as the better one.`,
      );
    }
    for (const status of this.criteria) {
      this.steps.set(status, step(`${first} answered ${status}, so ${second} is tried`));
    }
    this.unreachable = step(
      `${first} can't be connected to, which counts as ${UNREACHABLE_COUNTS_AS}, so ${second} is tried`,
    );
    this.withoutTls = step(
      `no TLS comes about with ${first}, which counts as ${NO_TLS_COUNTS_AS}, so ${second} is tried`,
    );
    const at = `${fields.at('FailoverCriteria')}: whether`;
    this.withoutTlsPerhaps = step(
      `no TLS comes about with ${first}, so ${second} is tried`,
      `${at} CloudFront fails over by ${UNREACHABLE_COUNTS_AS} when TLS with ${first} fails isn't documented; it counts as doing so.`,
    );
    this.notListeningPerhaps = step(
      `${first} doesn't listen on its port, so ${second} is tried`,
      `${at} CloudFront fails over without ${UNREACHABLE_COUNTS_AS} when ${first} doesn't listen on its port isn't documented; it counts as doing so.`,
    );
    this.notForMethod = step("the second origin isn't tried for this method");
    this.uncachedOptions = step(
      'OPTIONS is not a cached method here',
      `${fields.where}: whether OPTIONS fails over where it isn't a cached method isn't documented in one way; it counts as failing over.`,
    );
  }

  pass(passage: Passage, road: Road): void {
    const at = this.otherChoice === undefined ? passage : passage.note(this.otherChoice).atBest('undocumented');
    const tried = new Road();
    this.first.reach(at, tried);
    for (const end of tried.outcomes) {
      const step = this.stepAfter(end);
      if (!step) this.repeat(end, this.unlessUnknown(end, passage.request.method), road);
      else if (!failsOver(passage.request.method)) this.repeat(end, end.passage.note(this.notForMethod), road);
      else this.second.pass(this.again(end, step, passage), road);
    }
  }

  reach(passage: Passage, road: Road): void {
    this.pass(passage, road);
  }

  /** The passage of an end that no known criterion takes; an unknown one may. */
  private unlessUnknown({ passage, status, destination }: Outcome, method: string): Passage {
    const hasFailed = status === null ? destination.type === 'error' : status >= 400;
    if (this.unknownCriteria === undefined || !hasFailed || !failsOver(method)) return passage;
    return passage.part(1, 'bounded', 0, 1).note(this.unknownCriteria);
  }

  private stepAfter(end: Outcome): Step | undefined {
    if (end.status === null) {
      return end.destination.type === 'error' ? this.stepAfterFailure(failureOf(end)) : undefined;
    }
    return this.steps.get(end.status);
  }

  private stepAfterFailure(failure: Failure | undefined): Step | undefined {
    const { criteria } = this;
    if (failure === 'tls') {
      if (criteria.has(NO_TLS_COUNTS_AS)) return this.withoutTls;
      return criteria.has(UNREACHABLE_COUNTS_AS) ? this.withoutTlsPerhaps : undefined;
    }
    if (criteria.has(UNREACHABLE_COUNTS_AS)) return this.unreachable;
    const mayCount = failure === 'port' && NOT_LISTENING_MAY_COUNT_AS.some((status) => criteria.has(status));
    return mayCount ? this.notListeningPerhaps : undefined;
  }

  /** The viewer's request once more, with the road that it has behind it. */
  private again(end: Outcome, step: Step, { request }: Passage): Passage {
    const noted = end.passage.note(step);
    // A step with a warning is one that isn't documented.
    const again = step.warning === undefined ? noted : noted.atBest('undocumented');
    if (request.method !== 'OPTIONS' || this.cachesOptions) return again.as(request);
    return again.note(this.uncachedOptions).atBest('undocumented').as(request);
  }

  private repeat(end: Outcome, passage: Passage, road: Road): void {
    const isUnreachable = end.destination.type === 'error' && end.status === null;
    if (isUnreachable) this.firstEnds.endUnreachable(passage, road, failureOf(end));
    else road.end(passage, end.destination, end.status, end.location);
  }
}

function statusCodesOf(group: Fields): Fields | undefined {
  return group.object('FailoverCriteria')?.object('StatusCodes');
}

/** Where the criteria stand of which not all are known; undefined if all are. */
function unknownCriteria(group: Fields): string | undefined {
  const codes = statusCodesOf(group);
  const symbolic =
    unknownOf(group, ['FailoverCriteria']) ??
    unknownOf(group.object('FailoverCriteria'), ['StatusCodes']) ??
    unknownOf(codes, ['Items']);
  const hasUnknown = codes?.list('Items').some((code) => code instanceof Symbolic);
  return symbolic ?? (hasUnknown ? codes!.at('Items') : undefined);
}

/** Why there was no connection, where that makes a difference. */
function failureOf({ passage }: Outcome): Failure | undefined {
  return passage.step?.failure;
}

function failsOver(method: string): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
}
