import { HeadgateError } from '../../errors';
import type { Fields, Text } from '../../template';
import { Road } from '../hop';
import type { Outcome } from '../outcome';
import type { Passage } from '../passage';
import { type Step, stepAt } from '../step';
import type { Edge } from './config';
import { compileOrigin, type Target } from './origin';
import { withId } from './origin-id';
import { OriginEnds } from './origin-road';
import type { Forwarding } from './policies';

/** What counts in place of a status if the first origin can't be connected to (CF-3). */
const UNREACHABLE_COUNTS_AS = 503;

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
    const codes = fields.object('FailoverCriteria')?.object('StatusCodes')?.numbers('Items') ?? [];
    this.criteria = new Set(codes);
    const step = (because: string, warning?: string) =>
      stepAt('origin-group', edge.resource, because, ['CF-3'], { id, ...(warning === undefined ? {} : { warning }) });
    for (const status of this.criteria) {
      this.steps.set(status, step(`${first} answered ${status}, so ${second} is tried`));
    }
    this.unreachable = step(
      `${first} can't be connected to, which counts as ${UNREACHABLE_COUNTS_AS}, so ${second} is tried`,
    );
    this.notForMethod = step("the second origin isn't tried for this method");
    this.uncachedOptions = step(
      'OPTIONS is not a cached method here',
      `${fields.where}: whether OPTIONS fails over where it isn't a cached method isn't documented in one way; it counts as failing over.`,
    );
  }

  pass(passage: Passage, road: Road): void {
    const tried = new Road();
    this.first.reach(passage, tried);
    for (const end of tried.outcomes) {
      const step = this.stepAfter(end);
      if (!step) this.repeat(end, end.passage, road);
      else if (!failsOver(passage.request.method)) this.repeat(end, end.passage.note(this.notForMethod), road);
      else this.second.pass(this.again(end, step, passage), road);
    }
  }

  reach(passage: Passage, road: Road): void {
    this.pass(passage, road);
  }

  private stepAfter(end: Outcome): Step | undefined {
    if (end.status === null) {
      const failed = end.destination.type === 'error' && this.criteria.has(UNREACHABLE_COUNTS_AS);
      return failed ? this.unreachable : undefined;
    }
    return this.steps.get(end.status);
  }

  /** The viewer's request once more, with the road that it has behind it. */
  private again(end: Outcome, step: Step, { request }: Passage): Passage {
    const again = end.passage.note(step);
    if (request.method !== 'OPTIONS' || this.cachesOptions) return again.as(request);
    return again.note(this.uncachedOptions).atBest('undocumented').as(request);
  }

  private repeat(end: Outcome, passage: Passage, road: Road): void {
    if (end.destination.type === 'error' && end.status === null) this.firstEnds.endUnreachable(passage, road);
    else road.end(passage, end.destination, end.status, end.location);
  }
}

function failsOver(method: string): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
}
