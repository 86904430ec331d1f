import { type Fields, Symbolic, type Text } from '../../../template';
import { compileGlob, type Glob } from '../../matching/glob';
import { type Criterion, unknowable } from './criterion';
import { Verdict } from './verdict';

/** The values of a query-string condition: a key with a value, or a value under any key, without regard to case (ALB-5). */
export function queryCriteria(config: Fields): readonly Criterion[] {
  return config.list('Values').map((value, index) => {
    const at = config.at(`Values[${index}]`);
    if (value instanceof Symbolic) return unknowable('query', `${at} isn't known`, ['ALB-5']);
    const pair = config.objects('Values').find((candidate) => candidate.where === at);
    return queryCriterion(pair?.text('Key'), pair?.text('Value'), at);
  });
}

function queryCriterion(key: Text | undefined, value: Text | undefined, at: string): Criterion {
  const label = key === undefined ? `query ${value ?? '?'}` : `query ${key}=${value ?? '?'}`;
  if (key instanceof Symbolic || value instanceof Symbolic || value === undefined) {
    const why = value === undefined ? 'has no Value' : "isn't known";
    return {
      ...unknowable(label, `${at} ${why}`, ['ALB-5']),
      test: ({ query }) => (query ? Verdict.UNKNOWN : Verdict.NO),
    };
  }
  const options = { ignoreCase: true, escapes: true };
  const keys = key === undefined ? undefined : compileGlob(key, options);
  const values = compileGlob(value, options);
  return {
    label,
    facts: label.includes('\\') ? ['ALB-5', 'ALB-10'] : ['ALB-5'],
    doubt: `${at}: AWS doesn't document whether percent-encoded queries are decoded before they are compared; it counts as matching`,
    doubtful: 'undocumented',
    test: ({ query }) => (query === undefined ? Verdict.NO : testQuery(query, keys, values)),
  };
}

function testQuery(query: string, keys: Glob | undefined, values: Glob): Verdict {
  let best: Verdict = Verdict.NO;
  for (let at = 0; at <= query.length; ) {
    const ampersand = query.indexOf('&', at);
    const end = ampersand < 0 ? query.length : ampersand;
    const verdict = testPair(query.slice(at, end), keys, values);
    if (verdict > best) best = verdict;
    at = end + 1;
  }
  return best;
}

/** Both as sent and decoded: what matches one way alone is likely. */
function testPair(pair: string, keys: Glob | undefined, values: Glob): Verdict {
  if (pair === '') return Verdict.NO;
  const raw = matches(pair, keys, values, (text) => text);
  if (!pair.includes('%')) return raw ? Verdict.YES : Verdict.NO;
  const decoded = matches(pair, keys, values, decode);
  if (raw && decoded) return Verdict.YES;
  return raw || decoded ? Verdict.LIKELY : Verdict.NO;
}

function matches(pair: string, keys: Glob | undefined, values: Glob, read: (text: string) => string): boolean {
  const equals = pair.indexOf('=');
  const key = equals < 0 ? pair : pair.slice(0, equals);
  if (keys !== undefined && !keys.matches(read(key))) return false;
  return values.matches(equals < 0 ? '' : read(pair.slice(equals + 1)));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
