import type { Resource } from '../../template';
import type { Hop, Road } from '../hop';
import type { Passage } from '../passage';
import { type Step, stepAt } from '../step';
import type { Forwarding } from './policies';

/**
 * The cache before an origin. The model follows the requests that miss: which ones hit depends on those before them, and a hit goes
 * nowhere.
 */
export class CacheHop implements Hop {
  private readonly missed: Step;
  private readonly notCached: Step;
  private readonly cachedMethods: ReadonlySet<string>;
  private readonly isUnknown: boolean;

  constructor(
    { key, isCaching, doubt }: Forwarding,
    methods: readonly string[],
    resource: Resource,
    private readonly next: Hop,
  ) {
    this.cachedMethods = new Set(isCaching ? methods : []);
    this.isUnknown = doubt !== undefined;
    const parts = [
      'the path',
      key.headers.describe('headers'),
      key.cookies.describe('cookies'),
      key.query.describe('query parameters'),
    ];
    const missed = `a miss goes on; the key is ${parts.filter((part) => part !== undefined).join(', ')}`;
    const notCached = isCaching ? `only ${methods.join(', ')} are cached` : 'nothing is cached';
    const more =
      doubt === undefined
        ? {}
        : { warning: `${doubt}: what the policy says isn't known; it counts as taking nothing along.` };
    this.missed = stepAt('cache', resource, missed, ['CF-2'], more);
    this.notCached = stepAt('cache', resource, notCached, ['CF-11'], more);
  }

  pass(passage: Passage, road: Road): void {
    const at = passage.note(this.cachedMethods.has(passage.request.method) ? this.missed : this.notCached);
    this.next.pass(this.isUnknown ? at.atBest('undocumented') : at, road);
  }
}
