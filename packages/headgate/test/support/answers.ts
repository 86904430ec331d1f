import { Templates } from '../../lib/template';
import type { Answer, Destination, HopKind, Quality, RequestOptions } from '../../lib/traffic';
import { Road } from '../../lib/traffic/hop';
import type { ErrorPage } from '../../lib/traffic/outcome';
import { type Filter, Passage } from '../../lib/traffic/passage';
import { readRequest } from '../../lib/traffic/request';
import type { Step } from '../../lib/traffic/step';

/** A step in short: kind, id, stack, reason, facts. */
export function step(
  hop: HopKind,
  id: string,
  stack: string,
  because: string,
  facts: readonly string[] = [],
  more: { readonly covers?: string; readonly warning?: string } = {},
): Step {
  return { hop, id, stack, because, facts, ...more };
}

/** The end of a made-up road. */
export interface MadeEnd {
  readonly steps?: readonly Step[];
  readonly share?: number;
  readonly quality?: Quality;
  readonly min?: number;
  readonly max?: number;
  readonly to: Destination;
  readonly status?: number;
  readonly location?: string;
  readonly page?: ErrorPage;
  readonly filters?: readonly Filter[];
}

/** An answer with the ends that are given, without any hop that works. */
export function answerWith(
  ends: readonly MadeEnd[],
  asked: RequestOptions = { url: 'https://shop.example.com/api' },
): Answer {
  const request = readRequest(asked);
  const road = new Road();
  for (const { steps = [], share = 1, quality, min, max, to, status, location, page, filters = [] } of ends) {
    const part = Passage.start(request).part(share, quality, min, max);
    const start = filters.reduce((at, filter) => at.through(filter), part);
    const passage = steps.reduce((at, next) => at.note(next), start);
    road.end(passage, to, status ?? null, location, page);
  }
  const warnings = [...new Set(road.outcomes.flatMap((outcome) => outcome.warnings))];
  return { asked, request, templates: new Templates([]), outcomes: road.outcomes, warnings };
}

/** A target group as a destination. */
export function group(id: string, stack = 'Shop-us-east-1'): Destination {
  return { type: 'target-group', id, stack };
}
