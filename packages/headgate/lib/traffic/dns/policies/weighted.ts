import type { Hop } from '../../hop';
import { evenly, guessed, Split } from '../ends';
import { type Members, ruleOf } from '../members';

/** By weight: those with weight 0 only when all others are out, and evenly if no weight is above 0 (R53-2). */
export function byWeight(members: Members): Hop {
  const candidates = members.usable.map((member) => ({ member, weight: ruleOf(member, 'weighted')?.weight ?? 0 }));
  const total = candidates.reduce((sum, { weight }) => sum + weight, 0);
  const facts = ['R53-2'];
  if (total === 0) {
    const because = candidates.length === 1 ? 'weight 0' : `weight 0, as have all ${candidates.length}`;
    const branches = candidates.map(({ member }) => members.branch(member, { because, facts }));
    return members.isUnsure ? guessed(branches) : evenly(branches);
  }
  const parts = candidates
    .filter(({ weight }) => weight > 0)
    .map(({ member, weight }) => ({
      hop: members.branch(member, { because: `weight ${weight} of ${total}`, facts }),
      fraction: weight / total,
    }));
  return parts.length === 1 ? parts[0]!.hop : new Split(parts, members.isUnsure);
}
