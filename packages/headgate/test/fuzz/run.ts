// Fuzzes longer than the tests do: `run.ts RUNS SEED`. Memory is held to 1 GiB by whoever starts it.
import { fuzz } from './fuzz';

const [runs = '10000', seed = '2'] = process.argv.slice(2);
try {
  const report = fuzz(Number(runs), Number(seed));
  const bytes = process.resourceUsage().maxRSS * 1024;
  console.log(
    `${report.runs} mutated templates: ${report.answered} answered, ${report.refused} refused in one line; ` +
      `the slowest took ${report.slowestMillis} ms, and the process at most ${Math.round(bytes / 1024 / 1024)} MiB`,
  );
  console.log(`${report.runs} passed, 0 failed`);
} catch (error) {
  console.error((error as Error).message);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
}
