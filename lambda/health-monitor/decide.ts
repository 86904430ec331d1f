import type { Cause, MonitorConfig, Observation, ProbeTarget, RegionVerdict, Verdict } from './types';

/** What a run is judged by. */
export type Rules = Pick<MonitorConfig, 'attempts' | 'needed' | 'targets' | 'controls'>;

/** An observation older than this says nothing about now: the process stood still in between. */
export const MAX_AGE_MILLIS = 60_000;

/** Nobody looked at the target: its address was refused, or the machine that the monitor runs on could not send. */
const NO_EVIDENCE: ReadonlySet<Cause> = new Set<Cause>(['address', 'local']);

interface TargetVerdict {
  readonly verdict: Verdict;
  readonly reason: string;
}

/**
 * The verdict on each Region, from the observations of one run: m of n attempts at each of its targets, and the worst target speaks for
 * the Region. A pass always counts. A failure counts only if the monitor itself was seen to work in that round, so that a monitor that
 * is cut off says `unknown` and never `unhealthy`: missing evidence holds.
 */
export function decide(observations: readonly Observation[], rules: Rules, nowMillis: number): RegionVerdict[] {
  const fresh = observations.filter((one) => nowMillis - one.atMillis <= MAX_AGE_MILLIS);
  const sighted = sightedRounds(fresh, rules.controls.length > 0);
  const regions = [...new Set(rules.targets.map((target) => target.region))];
  return regions.map((region) => {
    const targets = rules.targets.filter((target) => target.region === region);
    const verdicts = targets.map((target) => judge(target, fresh, sighted, rules));
    const worst =
      verdicts.find((one) => one.verdict === 'unhealthy') ??
      verdicts.find((one) => one.verdict === 'unknown') ??
      verdicts[0]!;
    const passes = fresh.filter((one) => isAbout(one, targets) && one.cause === 'passed');
    return { region, ...worst, ...latencyOf(passes) };
  });
}

/** The rounds in which the monitor could see: a control was reached or, where there are no controls, anything was. */
function sightedRounds(fresh: readonly Observation[], controlled: boolean): Set<number> {
  return new Set(fresh.filter((one) => one.control === controlled && one.reached).map((one) => one.round));
}

function judge(
  target: ProbeTarget,
  fresh: readonly Observation[],
  sighted: ReadonlySet<number>,
  { attempts, needed }: Rules,
): TargetVerdict {
  const own = fresh.filter((one) => isAbout(one, [target]));
  const passes = own.filter((one) => one.cause === 'passed');
  const failures = own.filter((one) => one.cause !== 'passed');
  const counted = failures.filter((one) => !NO_EVIDENCE.has(one.cause) && sighted.has(one.round));
  const name = `${target.protocol}://${target.host}:${target.port}${target.path}`;
  const say = (verdict: Verdict, what: string): TargetVerdict => ({ verdict, reason: `${name}: ${what}` });
  if (passes.length >= needed) return say('healthy', `${passes.length} of ${attempts} attempts passed`);
  if (counted.length >= needed) {
    return say('unhealthy', `${counted.length} of ${attempts} attempts failed (${detailsOf(counted)})`);
  }
  const seen = `${passes.length} passed and ${counted.length} failed of ${attempts} attempts`;
  const blind = failures.filter((one) => !counted.includes(one));
  return say('unknown', blind.length > 0 ? `${seen}, the others are no evidence (${detailsOf(blind)})` : seen);
}

function isAbout(observation: Observation, targets: readonly ProbeTarget[]): boolean {
  return !observation.control && targets.includes(observation.target);
}

function detailsOf(observations: readonly Observation[]): string {
  return [...new Set(observations.map((one) => `${one.cause}: ${one.detail}`))].sort().join(', ');
}

function latencyOf(passes: readonly Observation[]): { latencyMillis?: number } {
  const sorted = passes.map((one) => one.latencyMillis).sort((a, b) => a - b);
  const median = sorted[Math.floor((sorted.length - 1) / 2)];
  return median === undefined ? {} : { latencyMillis: median };
}
