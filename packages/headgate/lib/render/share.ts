import { percent } from '../percent';
import type { Outcome, Quality } from '../traffic';
import { worse } from '../traffic/quality';

/** The shares of several outcomes together. */
export interface Share {
  readonly share: number;
  readonly min: number;
  readonly max: number;
  readonly quality: Quality;
}

/**
 * Outcomes together: their shares summed, and the worst of their qualities. They are the shares of what firewalls let pass: what isn't
 * known of a firewall concerns all of it alike and is said once, see {@link import('./filters')}.
 */
export function together(outcomes: readonly Outcome[]): Share {
  const passing = outcomes.map((outcome) => outcome.passing);
  const sum = (part: (share: Share) => number) =>
    Math.min(
      1,
      passing.reduce((total, share) => total + part(share), 0),
    );
  return {
    share: sum(({ share }) => share),
    min: sum(({ min }) => min),
    max: sum(({ max }) => max),
    quality: passing.reduce<Quality>((worst, { quality }) => worse(worst, quality), 'exact'),
  };
}

/**
 * A share with what has to be known of it: `90 %`, `50 % (0–100 %)`, `≈30 % bounded`, `90 % initial`; without the quality where it was
 * said before.
 */
export function shareText({ share, min, max, quality }: Share, said?: Quality): string {
  const text = percent(share);
  const range = max - min > 1e-9 ? ` (${percent(min).replace(' %', '')}–${percent(max)})` : '';
  if (quality === 'exact') return text;
  const tag = quality === said ? '' : ` ${quality}`;
  if (quality === 'bounded') return range === '' ? `≈${text}${tag}` : `${text}${range}`;
  return `${text}${range}${tag}`;
}
