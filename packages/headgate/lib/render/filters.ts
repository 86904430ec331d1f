import { printable } from '../printable';
import type { Outcome, Quality } from '../traffic';
import { QUALITIES } from '../traffic/quality';
import type { Style } from './style';
import { wrapped } from './wrap';

/**
 * What isn't known of the firewalls on the roads of outcomes, in one line that holds for all shares:
 * `undocumented: what EdgeWebAcl and ShopWebAcl block; the shares are of what passes`.
 */
export function drawFilters(outcomes: readonly Outcome[], { paint, width }: Style): readonly string[] {
  const ids = new Map<Quality, Set<string>>();
  for (const { id, quality } of outcomes.flatMap(({ filters }) => filters)) {
    ids.set(quality, (ids.get(quality) ?? new Set()).add(printable(id)));
  }
  if (ids.size === 0) return [];
  const clauses = QUALITIES.flatMap((quality) => {
    const [last, ...others] = [...(ids.get(quality) ?? [])].reverse();
    if (last === undefined) return [];
    const names = others.length === 0 ? `${last} blocks` : `${others.reverse().join(', ')} and ${last} block`;
    return [`${quality}: what ${names}`];
  });
  return wrapped(paint.dim(`${clauses.join('; ')}; the shares are of what passes`), '  ', '  ', width);
}
