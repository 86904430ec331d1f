import { endsOf, type Hop, Road } from '../hop';
import type { Destination } from '../outcome';
import type { Passage } from '../passage';
import type { HttpRequest } from '../request';
import { type Step, stepAt } from '../step';
import type { Edge } from './config';

/** A page that takes the place of an error. */
interface ErrorPage {
  readonly path: string;
  /** The status that the viewer gets if the page can be had. */
  readonly status: number;
  readonly step: Step;
}

/** The pages of a distribution by the status that they take the place of; entries without a page only set how long errors are cached. */
export function readErrorPages(edge: Edge): ReadonlyMap<number, ErrorPage> {
  const pages = new Map<number, ErrorPage>();
  for (const fields of edge.config.objects('CustomErrorResponses')) {
    const code = fields.number('ErrorCode');
    const path = fields.string('ResponsePagePath');
    if (code === undefined || path === undefined || path === '') continue;
    const status = fields.number('ResponseCode') ?? code;
    const because = `${code} is replaced by the page ${path} with status ${status}`;
    pages.set(code, { path, status, step: stepAt('distribution', edge.resource, because, ['CF-16']) });
  }
  return pages;
}

/**
 * Replaces errors by pages. A page is fetched as another request; if that fails, the viewer gets the failure's status. Where the
 * request itself ended stays its destination.
 */
export class ErrorPageRoad extends Road {
  constructor(
    private readonly outer: Road,
    private readonly pages: ReadonlyMap<number, ErrorPage>,
    private readonly behaviors: Hop,
    private readonly viewer: HttpRequest,
  ) {
    super();
  }

  override end(passage: Passage, destination: Destination, status: number | null = null, location?: string): void {
    const page = status === null ? undefined : this.pages.get(status);
    if (!page) {
      this.outer.end(passage, destination, status, location);
      return;
    }
    const asked = this.viewer.with({ method: 'GET', path: page.path, query: undefined });
    for (const end of endsOf(this.behaviors, passage.note(page.step).as(asked))) {
      const hasFailed = end.status !== null && end.status >= 400;
      this.outer.end(end.passage, destination, hasFailed ? end.status : page.status);
    }
  }
}
