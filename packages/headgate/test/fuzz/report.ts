import type { Held } from '../properties/held';
import { fuzz } from './fuzz';

/** Fuzzes, with figures. Memory is held to 1 GiB by whoever starts the process. */
export function fuzzed(count: number, seed: number): Held {
  const start = performance.now();
  const { runs, answered, refused, slowestMillis, failures } = fuzz(count, seed);
  const seconds = Math.round((performance.now() - start) / 1000);
  const usage = process.resourceUsage();
  const passed = answered + refused;
  const line =
    `${runs} mutated inputs from seed ${seed}: ${answered} answered, ${refused} refused in one line; the slowest took ` +
    `${slowestMillis} ms, all ${seconds} s (${Math.round(usage.userCPUTime / 1e6)} s of the processor) and at most ` +
    `${Math.round(usage.maxRSS / 1024)} MiB`;
  return { line, passed, failed: runs - passed, failures };
}
