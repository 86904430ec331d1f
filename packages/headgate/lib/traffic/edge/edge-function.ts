import { HeadgateError } from '../../errors';
import { describeResource, type Resource } from '../../template';
import type { Hop, Road } from '../hop';
import type { LinearRegex, Regexes } from '../matching/regex';
import { type Destination, destinationAt } from '../outcome';
import type { Passage } from '../passage';
import type { HttpRequest } from '../request';
import { type Step, stepAt } from '../step';
import type { EdgeFunctionMetadata } from './function-metadata';

/** One of the origins that a function selects. */
interface Selected {
  readonly step: Step;
  readonly hop: Hop;
}

/** A function whose metadata says what it does (CF-7). The behavior stays: it was matched before the function ran. */
export class EdgeFunction implements Hop {
  private readonly runs: Step;
  private readonly redirects: Destination;
  private readonly regex: LinearRegex | undefined;
  /** What each origin id leads to. */
  private readonly selected = new Map<string, Selected>();
  /** The origins of a client whose Region isn't known, each as likely as the others. */
  private readonly anyRegion: readonly Selected[];
  private readonly totalWeight: number;

  constructor(
    resource: Resource,
    private readonly metadata: EdgeFunctionMetadata,
    private readonly onward: Hop,
    onwardTo: (originId: string) => Hop,
    regexes: Regexes,
  ) {
    this.runs = stepAt('function', resource, describe(metadata), ['CF-7']);
    this.redirects = destinationAt('redirect', resource);
    this.regex = metadata.rewritePath && regexOf(metadata.rewritePath.regex, resource, regexes);
    for (const id of originsOf(metadata)) {
      const step = stepAt('function', resource, `selects origin ${id}`, ['CF-7']);
      this.selected.set(id, { step, hop: onwardTo(id) });
    }
    this.anyRegion = [...this.selected.values()];
    const choice = metadata.selectOrigin;
    this.totalWeight =
      choice?.by === 'share' ? [...choice.weights.values()].reduce((sum, weight) => sum + weight, 0) : 0;
  }

  pass(passage: Passage, road: Road): void {
    const { redirect } = this.metadata;
    const changed = this.rewrite(passage.request);
    const ran = passage.note(this.runs);
    const at = changed === passage.request ? ran : ran.as(changed);
    if (redirect) road.end(at, this.redirects, redirect.status, redirect.location);
    else this.select(at, road);
  }

  private rewrite(request: HttpRequest): HttpRequest {
    const { setHeaders, rewritePath } = this.metadata;
    const path = this.regex?.replaceFirst(request.path, rewritePath!.replacement);
    if (setHeaders.size === 0 && path === undefined) return request;
    const headers = setHeaders.size === 0 ? request.headers : new Map([...request.headers, ...setHeaders]);
    return request.with({ path: path ?? request.path, headers });
  }

  private select(passage: Passage, road: Road): void {
    const choice = this.metadata.selectOrigin;
    if (!choice) {
      this.onward.pass(passage, road);
    } else if (choice.by === 'share') {
      for (const [id, weight] of choice.weights) {
        if (weight > 0) this.send(this.selected.get(id)!, passage.part(weight / this.totalWeight), road);
      }
    } else if (passage.request.client.region !== undefined) {
      const id = choice.origins.get(passage.request.client.region) ?? choice.fallback;
      if (id === undefined) this.onward.pass(passage, road);
      else this.send(this.selected.get(id)!, passage, road);
    } else if (this.anyRegion.length === 1) {
      this.send(this.anyRegion[0]!, passage, road);
    } else {
      for (const one of this.anyRegion) {
        this.send(one, passage.part(1 / this.anyRegion.length, 'bounded', 0, 1), road);
      }
    }
  }

  private send({ step, hop }: Selected, passage: Passage, road: Road): void {
    hop.pass(passage.note(step), road);
  }
}

/** That it runs, and what it does to every request. */
function describe({ setHeaders, rewritePath }: EdgeFunctionMetadata): string {
  const sets = setHeaders.size === 0 ? [] : [`sets ${[...setHeaders.keys()].join(', ')}`];
  const rewrites =
    rewritePath === undefined ? [] : [`replaces ${rewritePath.regex} in the path by '${rewritePath.replacement}'`];
  return ['runs on every viewer request', ...sets, ...rewrites].join(', ');
}

function originsOf({ selectOrigin }: EdgeFunctionMetadata): ReadonlySet<string> {
  if (!selectOrigin) return new Set();
  if (selectOrigin.by === 'share') return new Set(selectOrigin.weights.keys());
  const { origins, fallback } = selectOrigin;
  return new Set([...origins.values(), ...(fallback === undefined ? [] : [fallback])]);
}

function regexOf(source: string, resource: Resource, regexes: Regexes): LinearRegex {
  const regex = regexes.compile(source, describeResource(resource));
  if (regex) return regex;
  throw new HeadgateError(
    'HM1009',
    `${describeResource(resource)}: Metadata.cdk-headgate.edgeFunction.rewritePath.regex must be a regular expression without back references or lookarounds, got '${source}'.`,
  );
}
