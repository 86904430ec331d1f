import { decide, MAX_AGE_MILLIS } from '../../../lambda/health-monitor/decide';
import type { Cause, Observation, ProbeTarget } from '../../../lambda/health-monitor/types';
import { anObservation, aTarget } from './builders';

const NOW = 2_000;
const target = aTarget({ host: 'shop.example.com', port: 443, protocol: 'https' });
const other = aTarget({ host: 'other.example.com' });
const control = aTarget({ host: 'sts.us-west-2.amazonaws.com' });

/** What each letter of a row means, one letter a round. */
const KINDS: Record<string, Partial<Observation>> = {
  P: {},
  S: { cause: 'status', detail: '500' },
  R: { cause: 'connection', detail: 'ECONNREFUSED' },
  T: { cause: 'timeout', detail: '300 ms over during connect', reached: false },
  D: { cause: 'dns', detail: 'ENOTFOUND', reached: false },
  A: { cause: 'address', detail: 'private address', reached: false },
  L: { cause: 'local', detail: 'ENETUNREACH', reached: false },
};

function run(about: ProbeTarget, letters: string, isControl = false): Observation[] {
  return [...letters].map((letter, round) =>
    anObservation({ target: about, control: isControl, round, latencyMillis: 10 * (round + 1), ...KINDS[letter] }),
  );
}

function verdictOf(observations: Observation[], targets = [target], controls: ProbeTarget[] = [control]) {
  const [verdict] = decide(observations, { attempts: 3, needed: 2, targets, controls }, NOW);
  return verdict!;
}

test.each([
  // target, control, verdict
  ['PPP', 'PPP', 'healthy'],
  ['PSP', 'PPP', 'healthy'],
  ['PTP', 'PPP', 'healthy'],
  ['SPS', 'PPP', 'unhealthy'],
  ['SSS', 'PPP', 'unhealthy'],
  ['TTP', 'PPP', 'unhealthy'],
  ['RRR', 'PPP', 'unhealthy'],
  ['DDD', 'PPP', 'unhealthy'],
  // A control that answers anything has been reached.
  ['SSS', 'SRS', 'unhealthy'],
  // The monitor is cut off.
  ['TTT', 'TTT', 'unknown'],
  ['DDD', 'DDD', 'unknown'],
  ['SSS', 'TTT', 'unknown'],
  ['TTT', 'PTT', 'unknown'],
  ['TTT', 'PPT', 'unhealthy'],
  // A pass is a pass, whatever the control says.
  ['PPP', 'TTT', 'healthy'],
  // Nobody looked.
  ['AAA', 'PPP', 'unknown'],
  ['LLL', 'PPP', 'unknown'],
  ['ASS', 'PPP', 'unhealthy'],
  ['AAS', 'PPP', 'unknown'],
  ['ASP', 'PPP', 'unknown'],
])('target %s with control %s is %s', (letters, controlLetters, verdict) => {
  expect(verdictOf([...run(target, letters), ...run(control, controlLetters, true)]).verdict).toBe(verdict);
});

test.each([
  ['SSS', 'DDD', 'unhealthy'],
  ['RRR', 'TTT', 'unhealthy'],
  ['TTT', 'PPP', 'unhealthy'],
  ['DDD', 'SSS', 'unhealthy'],
  ['TTT', 'TTT', 'unknown'],
  ['DDD', 'DDD', 'unknown'],
  ['DDD', 'TTP', 'unknown'],
  ['LLL', 'LLL', 'unknown'],
])('without a control, target %s beside %s is %s', (letters, otherLetters, verdict) => {
  const observations = [...run(target, letters), ...run({ ...other, region: 'eu-west-1' }, otherLetters)];
  expect(verdictOf(observations, [target], []).verdict).toBe(verdict);
});

test.each([
  ['PPP', 'PPP', 'healthy', 'https://shop.example.com'],
  ['PPP', 'SSS', 'unhealthy', 'http://other.example.com'],
  ['AAA', 'PPP', 'unknown', 'https://shop.example.com'],
  ['PPP', 'AAA', 'unknown', 'http://other.example.com'],
  ['AAA', 'SSS', 'unhealthy', 'http://other.example.com'],
])('of targets %s and %s in one Region the worst speaks: %s', (letters, otherLetters, verdict, reason) => {
  const observations = [...run(target, letters), ...run(other, otherLetters), ...run(control, 'PPP', true)];
  const verdicts = decide(observations, { attempts: 3, needed: 2, targets: [target, other], controls: [control] }, NOW);
  expect(verdicts).toMatchObject([{ region: 'us-east-1', verdict, reason: expect.stringContaining(reason) }]);
});

test('each Region gets a verdict of its own, in the order of the targets', () => {
  const far = aTarget({ region: 'eu-west-1' });
  const observations = [...run(far, 'SSS'), ...run(target, 'PPP'), ...run(control, 'PPP', true)];
  const verdicts = decide(observations, { attempts: 3, needed: 2, targets: [target, far], controls: [control] }, NOW);
  expect(verdicts.map(({ region, verdict }) => [region, verdict])).toEqual([
    ['us-east-1', 'healthy'],
    ['eu-west-1', 'unhealthy'],
  ]);
});

test('the reason names the target, the count, and each kind of failure once', () => {
  expect(verdictOf([...run(target, 'PPP'), ...run(control, 'PPP', true)]).reason).toBe(
    'https://shop.example.com:443/live: 3 of 3 attempts passed',
  );
  expect(verdictOf([...run(target, 'STS'), ...run(control, 'PPP', true)]).reason).toBe(
    'https://shop.example.com:443/live: 3 of 3 attempts failed (status: 500, timeout: 300 ms over during connect)',
  );
  expect(verdictOf([...run(target, 'PTT'), ...run(control, 'PPT', true)]).reason).toBe(
    'https://shop.example.com:443/live: 1 passed and 1 failed of 3 attempts, the others are no evidence (timeout: 300 ms over during connect)',
  );
});

test('the latency is the median of the passes, and absent without one', () => {
  expect(verdictOf(run(target, 'PPP')).latencyMillis).toBe(20);
  expect(verdictOf(run(target, 'SPP')).latencyMillis).toBe(20);
  expect(verdictOf(run(target, 'SSS'))).not.toHaveProperty('latencyMillis');
});

test('an observation counts for a minute', () => {
  const observations = [...run(target, 'PPP'), ...run(control, 'PPP', true)];
  const rules = { attempts: 3, needed: 2, targets: [target], controls: [control] };
  expect(decide(observations, rules, 1_000 + MAX_AGE_MILLIS)[0]?.verdict).toBe('healthy');
  expect(decide(observations, rules, 1_001 + MAX_AGE_MILLIS)[0]?.verdict).toBe('unknown');
});

test('without observations all is unknown', () => {
  expect(verdictOf([])).toMatchObject({ verdict: 'unknown', reason: expect.stringContaining('0 passed and 0 failed') });
});

test('every cause that a probe can have stands in the table', () => {
  const known: Record<Cause, true> = {
    passed: true,
    dns: true,
    address: true,
    local: true,
    timeout: true,
    connection: true,
    tls: true,
    protocol: true,
    status: true,
    'search-string': true,
  };
  const evidence = (Object.keys(known) as Cause[]).filter((cause) => {
    const failures = [0, 1, 2].map((round) => anObservation({ target, round, cause }));
    return verdictOf([...failures, ...run(control, 'PPP', true)]).verdict !== 'unknown';
  });
  expect(evidence).toEqual(['passed', 'dns', 'timeout', 'connection', 'tls', 'protocol', 'status', 'search-string']);
});
