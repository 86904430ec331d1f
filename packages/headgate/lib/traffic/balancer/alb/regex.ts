import { Symbolic, type Text } from '../../../template';
import { lower } from '../../matching/glob';
import type { Regexes } from '../../matching/regex';
import { orUntold, type Values } from './criteria';
import { type Criterion, unknowable } from './criterion';
import { Verdict } from './verdict';

/**
 * A regular expression of a condition. AWS doesn't document whether it has to match the whole text, nor, for hosts and headers, whether
 * case counts: what matches either way is certain, what is merely found is likely (ALB-6).
 */
export function regexCriterion(values: Values, value: Text, at: string, regexes: Regexes): Criterion {
  const label = `${values.name} regex ${value}`;
  const facts = ['ALB-6'];
  if (value instanceof Symbolic) return unknowable(label, `${at} isn't known`, facts);
  const strict = hasUnicodeClass(value) ? undefined : regexes.compile(value, at);
  const lenient = values.ignoresCase ? regexes.compile(value, at, { ignoreCase: true }) : strict;
  if (!strict || !lenient) {
    const why = `${at} isn't an expression that can be tried here, and counts as not matching: ${value}`;
    return { ...unknowable(label, why, facts, 'undocumented'), test: unknownUnlessAbsent(values) };
  }
  const found: Criterion = {
    label,
    facts,
    doubt: `${at}: AWS doesn't document whether ${value} must match the whole ${values.name}; it counts as matching where it is found`,
    doubtful: 'undocumented',
    test: (request) => {
      const text = values.of(request);
      if (text === undefined || !lenient.finds(text)) return Verdict.NO;
      const certain = strict.matchesWhole(text) && (!values.ignoresCase || strict.matchesWhole(lower(text)));
      return certain ? Verdict.YES : Verdict.LIKELY;
    },
  };
  return values.canBeUntold ? orUntold(found, values, () => false) : found;
}

/** Whether there is a class such as `\p{L}`, which ALB doesn't understand (ALB-6). */
function hasUnicodeClass(source: string): boolean {
  return /^(?:[^\\]|\\[^pP])*\\[pP]/.test(source);
}

function unknownUnlessAbsent(values: Values): Criterion['test'] {
  return (request) => (values.of(request) === undefined ? Verdict.NO : Verdict.UNKNOWN);
}
