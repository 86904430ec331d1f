import { type Quality, worse } from '../quality';
import type { Health } from '../world';

/** A certain finding, or one that is known less well. */
export function found(
  healthy: boolean,
  because: string,
  facts: readonly string[],
  more: { readonly quality?: Quality; readonly warnings?: readonly string[] } = {},
): Health {
  return { healthy, because, facts, quality: more.quality ?? 'exact', warnings: more.warnings ?? [] };
}

/** The same finding, known no better than what it rests on; nothing changes without a warning. */
export function doubting(health: Health, warnings: readonly string[], quality: Quality = 'bounded'): Health {
  if (warnings.length === 0) return health;
  return {
    ...health,
    quality: worse(health.quality, quality),
    warnings: [...new Set([...health.warnings, ...warnings])],
  };
}

/** The health of what nothing checks. */
export const UNCHECKED: Health = found(true, 'nothing checks it', []);

/** Whether nothing had to be assumed for a finding. */
export function isCertain({ quality, warnings }: Health): boolean {
  return quality === 'exact' && warnings.length === 0;
}

/** The facts, the quality and the warnings of a finding that rests on others. */
export function restingOn(parts: readonly Health[]): Pick<Health, 'facts' | 'quality' | 'warnings'> {
  return {
    facts: [...new Set(parts.flatMap(({ facts }) => facts))],
    quality: parts.reduce<Quality>((worst, { quality }) => worse(worst, quality), 'exact'),
    warnings: [...new Set(parts.flatMap(({ warnings }) => warnings))],
  };
}
