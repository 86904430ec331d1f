/**
 * How much a share can be relied on, from best to worst:
 *
 * - `exact`: it follows from the template and documented behaviour alone.
 * - `initial`: the template's weights, or a fleet's size of 0, are only where a run-time owner starts from.
 * - `load-dependent`: it depends on load, as whether CloudFront uses a staging distribution at peak.
 * - `bounded`: it depends on what wasn't given, such as the client's Region; `min` and `max` say how far.
 * - `undocumented`: AWS doesn't document what happens, or two sources disagree.
 */
export type Quality = (typeof QUALITIES)[number];

export const QUALITIES = ['exact', 'initial', 'load-dependent', 'bounded', 'undocumented'] as const;

const RANKS: Readonly<Record<Quality, number>> = {
  exact: 0,
  initial: 1,
  'load-dependent': 2,
  bounded: 3,
  undocumented: 4,
};

/** The worse of two qualities. */
export function worse(one: Quality, other: Quality): Quality {
  return one === other || RANKS[one] >= RANKS[other] ? one : other;
}
