import { setTimeout as sleep } from 'node:timers/promises';
import type { Network } from './network';
import { probe } from './probe';
import type { MonitorConfig, Observation } from './types';

/** Probes every target and control, all at once, in as many rounds as the configuration says. */
export async function observe(config: MonitorConfig, network: Network): Promise<Observation[]> {
  const subjects = [
    ...config.targets.map((target) => ({ target, control: false })),
    ...config.controls.map((target) => ({ target, control: true })),
  ];
  const started = performance.now();
  const observations: Observation[] = [];
  for (let round = 0; round < config.attempts; round++) {
    const wait = started + round * config.spacingMillis - performance.now();
    if (round > 0 && wait > 0) await sleep(wait);
    const atMillis = Date.now();
    const results = subjects.map(async (subject) => ({
      ...subject,
      round,
      atMillis,
      ...(await probe(subject.target, network)),
    }));
    observations.push(...(await Promise.all(results)));
  }
  return observations;
}
