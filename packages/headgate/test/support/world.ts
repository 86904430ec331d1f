import type { Resource } from '../../lib/template';
import { COMPILERS } from '../../lib/traffic/compilers';
import { Fault, Faults } from '../../lib/traffic/fault';
import { endsOf, type Hop } from '../../lib/traffic/hop';
import type { Outcome } from '../../lib/traffic/outcome';
import { Passage } from '../../lib/traffic/passage';
import { type RequestOptions, readRequest } from '../../lib/traffic/request';
import { type Compilers, World } from '../../lib/traffic/world';
import { stackWith } from './resources';

/** The world of one template in us-east-1, for tests of a hop alone; with other compilers for the hops around it. */
export function worldOf(
  resources: object,
  faults: readonly string[] = [],
  compilers: Partial<Compilers> = {},
): World & { readonly at: (id: string) => Resource } {
  const templates = stackWith(resources);
  const parsed = faults.map((fault) => Fault.parse(fault));
  const world = new World(templates, new Faults(parsed, templates), { ...COMPILERS, ...compilers });
  return Object.assign(world, { at: (id: string) => templates.find(id) });
}

/** The ends of a request that sets out at a hop. */
export function through(hop: Hop, options: Partial<RequestOptions> = {}): readonly Outcome[] {
  return endsOf(hop, Passage.start(readRequest({ url: 'https://example.com/', ...options })));
}

/** Ends in one line each: `0.9 target-group Blue`, `1 error Blue 503`. */
export function lines(outcomes: readonly Outcome[]): readonly string[] {
  return outcomes.map(({ share, destination, status }) =>
    [Number(share.toFixed(6)), destination.type, destination.id, status].filter((one) => one !== null).join(' '),
  );
}

/** The last line of the trace of the only end. */
export function reason(outcomes: readonly Outcome[]): string {
  return outcomes[0]!.trace.at(-1)!.because;
}

/** The facts that the traces cite. */
export function cited(outcomes: readonly Outcome[]): readonly string[] {
  return [...new Set(outcomes.flatMap(({ trace }) => trace.flatMap(({ facts }) => facts)))];
}
