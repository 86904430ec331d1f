import fc from 'fast-check';
import { decide } from '../../../lambda/health-monitor/decide';
import type { Cause, Observation } from '../../../lambda/health-monitor/types';
import { anObservation, aTarget } from './builders';

const NOW = 5_000;
const CAUSES: Cause[] = [
  'passed',
  'dns',
  'address',
  'local',
  'timeout',
  'connection',
  'tls',
  'protocol',
  'status',
  'search-string',
];

/** One run of up to 4 targets in up to 3 Regions and up to 2 controls, each observed once a round with any result. */
const anyRun = fc
  .record({
    regions: fc.array(fc.constantFrom('us-east-1', 'eu-west-1', 'ap-south-1'), { minLength: 1, maxLength: 4 }),
    controlCount: fc.integer({ min: 0, max: 2 }),
    attempts: fc.integer({ min: 1, max: 5 }),
  })
  .chain(({ regions, controlCount, attempts }) => {
    const targets = regions.map((region, index) => aTarget({ region, host: `t${index}.example.com` }));
    const controls = Array.from({ length: controlCount }, (_, index) => aTarget({ host: `c${index}.example.com` }));
    const rules = { attempts, needed: Math.floor(attempts / 2) + 1, targets, controls };
    const slots = [...targets, ...controls].flatMap((target) =>
      Array.from({ length: attempts }, (_, round) => ({ target, round, control: controls.includes(target) })),
    );
    const observations = fc.tuple(
      ...slots.map((slot) =>
        fc
          .record({
            // Half of the attempts pass, so that every verdict comes up.
            cause: fc.oneof(fc.constant<Cause>('passed'), fc.constantFrom(...CAUSES)),
            sign: fc.boolean(),
            latencyMillis: fc.nat(1_000),
          })
          .map(({ cause, sign, latencyMillis }): Observation => {
            const reached = sign || cause === 'passed' || cause === 'status';
            return anObservation({ ...slot, cause, reached, latencyMillis });
          }),
      ),
    );
    return observations.map((all) => ({ rules, observations: all as Observation[] }));
  });

test('gives one verdict a Region, and a reason with it', () => {
  fc.assert(
    fc.property(anyRun, ({ rules, observations }) => {
      const verdicts = decide(observations, rules, NOW);
      expect(verdicts.map((one) => one.region)).toEqual([...new Set(rules.targets.map((target) => target.region))]);
      for (const one of verdicts) expect(one.reason).not.toBe('');
    }),
  );
});

test('does not depend on the order of the observations', () => {
  fc.assert(
    fc.property(
      anyRun.chain((run) =>
        fc
          .shuffledSubarray(run.observations, { minLength: run.observations.length })
          .map((shuffled) => ({ ...run, shuffled })),
      ),
      ({ rules, observations, shuffled }) => {
        expect(decide(shuffled, rules, NOW)).toEqual(decide(observations, rules, NOW));
      },
    ),
  );
});

test('never calls a Region unhealthy when nothing at all was reached', () => {
  fc.assert(
    fc.property(anyRun, ({ rules, observations }) => {
      const cutOff = observations.map((one) =>
        one.cause === 'passed' || one.reached ? { ...one, cause: 'timeout' as const, reached: false } : one,
      );
      for (const one of decide(cutOff, rules, NOW)) expect(one.verdict).toBe('unknown');
    }),
  );
});

test('with controls that are never reached, never calls a Region unhealthy', () => {
  fc.assert(
    fc.property(anyRun, ({ rules, observations }) => {
      fc.pre(rules.controls.length > 0);
      const disqualified = observations.map((one) => (one.control ? { ...one, reached: false } : one));
      for (const one of decide(disqualified, rules, NOW)) expect(one.verdict).not.toBe('unhealthy');
    }),
  );
});

test('is healthy exactly when every target of the Region passed often enough', () => {
  fc.assert(
    fc.property(anyRun, ({ rules, observations }) => {
      for (const { region, verdict } of decide(observations, rules, NOW)) {
        const enough = rules.targets
          .filter((target) => target.region === region)
          .every((target) => {
            const passes = observations.filter((one) => one.target === target && one.cause === 'passed');
            return passes.length >= rules.needed;
          });
        expect(verdict === 'healthy').toBe(enough);
      }
    }),
  );
});

test('a failure that becomes a pass makes no verdict worse', () => {
  const rank = { unhealthy: 0, unknown: 1, healthy: 2 };
  fc.assert(
    fc.property(anyRun, fc.nat(), ({ rules, observations }, pick) => {
      const failures = observations.filter((one) => !one.control && one.cause !== 'passed' && one.reached);
      fc.pre(failures.length > 0);
      const mended = failures[pick % failures.length]!;
      const before = decide(observations, rules, NOW);
      const after = decide(
        observations.map((one) => (one === mended ? { ...one, cause: 'passed' as const } : one)),
        rules,
        NOW,
      );
      after.forEach((one, index) => {
        expect(rank[one.verdict]).toBeGreaterThanOrEqual(rank[before[index]!.verdict]);
      });
    }),
  );
});
