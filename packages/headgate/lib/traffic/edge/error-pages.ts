import { endsOf, type Hop, Road } from '../hop';
import type { Destination, Outcome } from '../outcome';
import type { Passage } from '../passage';
import type { HttpRequest } from '../request';
import { type Step, stepAt } from '../step';
import { type Edge, unknownOf } from './config';

/** A page that takes the place of errors. */
interface Page {
  readonly path: string;
  /** The status that the viewer gets if the page can be had. */
  readonly status: number;
  readonly step: Step;
  /** What is noted if its behavior answers with a redirect. */
  readonly redirected: Step;
}

/** The pages of a distribution, and what isn't known of them. */
export interface ErrorPages {
  readonly known: ReadonlyMap<number, Page>;
  /** What is noted of an error that may have a page, by its status. */
  doubtAbout(status: number): Step | undefined;
}

/** The pages of a distribution; undefined if it has none. */
export function readErrorPages(edge: Edge): ErrorPages | undefined {
  const known = knownPages(edge);
  const doubts = new Map<number | undefined, Step>();
  const doubt = (code: number | undefined, unknown: string | undefined) => {
    if (unknown === undefined) return;
    const warning = `Not known, and so counted as leaving errors as they are: ${unknown}.`;
    doubts.set(code, stepAt('distribution', edge.resource, 'may be replaced by a page', ['CF-16'], { warning }));
  };
  doubt(undefined, unknownOf(edge.config, ['CustomErrorResponses']));
  for (const fields of edge.config.objects('CustomErrorResponses')) {
    const unknown = unknownOf(fields, ['ErrorCode', 'ResponsePagePath', 'ResponseCode']);
    doubt(fields.number('ErrorCode'), unknown);
  }
  if (known.size === 0 && doubts.size === 0) return undefined;
  return { known, doubtAbout: (status) => doubts.get(status) ?? doubts.get(undefined) };
}

/** The pages of a distribution by the status that they take the place of; entries without a page only set how long errors are cached. */
function knownPages(edge: Edge): ReadonlyMap<number, Page> {
  const pages = new Map<number, Page>();
  for (const fields of edge.config.objects('CustomErrorResponses')) {
    if (fields.isSymbolic('ResponseCode')) continue;
    const code = fields.number('ErrorCode');
    const path = fields.string('ResponsePagePath');
    if (code === undefined || path === undefined || path === '') continue;
    const status = fields.number('ResponseCode') ?? code;
    const { resource } = edge;
    const because = `${code} is replaced by the page ${path} with status ${status}`;
    const step = stepAt('distribution', resource, because, ['CF-16']);
    const redirected = stepAt('distribution', resource, 'the redirect counts as the page', ['CF-16'], {
      warning: `${resource.stack.name}/${resource.logicalId}: a redirect answers for the error page ${path}; what the viewer gets then isn't documented, and it counts as the page.`,
    });
    pages.set(code, { path, status, step, redirected });
  }
  return pages;
}

/**
 * Replaces errors by pages. A page is fetched as another request; if that fails, the viewer gets the failure's status. Where the
 * request itself ended stays its destination: that is what broke, and what a case asks about; the outcome's page says what was served.
 */
export class ErrorPageRoad extends Road {
  constructor(
    private readonly outer: Road,
    private readonly pages: ErrorPages,
    private readonly behaviors: Hop,
    private readonly viewer: HttpRequest,
  ) {
    super();
  }

  override end(passage: Passage, destination: Destination, status: number | null = null, location?: string): void {
    if (status === null || status < 400) {
      this.outer.end(passage, destination, status, location);
      return;
    }
    const page = this.pages.known.get(status);
    if (!page) {
      const doubt = this.pages.doubtAbout(status);
      const at = doubt === undefined ? passage : passage.part(1, 'bounded', 0, 1).note(doubt);
      this.outer.end(at, destination, status, location);
      return;
    }
    const asked = this.viewer.with({ method: 'GET', path: page.path, query: undefined });
    for (const end of endsOf(this.behaviors, passage.note(page.step).as(asked))) {
      const hasFailed = isFailure(end);
      const isRedirect = end.destination.type === 'redirect';
      const at = isRedirect ? end.passage.note(page.redirected).atBest('undocumented') : end.passage;
      const served = { insteadOf: status, path: page.path, from: end.destination.id, isServed: !hasFailed };
      this.outer.end(at, destination, hasFailed ? end.status : page.status, undefined, served);
    }
  }
}

function isFailure({ destination, status }: Outcome): boolean {
  return destination.type === 'error' || (status !== null && status >= 400);
}
