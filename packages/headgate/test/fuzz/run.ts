// Fuzzes longer than the tests do: `run.ts RUNS SEED`. Memory is held to 1 GiB by whoever starts it.
import { fuzz } from './fuzz';

const [runs = '10000', seed = '2'] = process.argv.slice(2);
const start = performance.now();
const report = fuzz(Number(runs), Number(seed));
const seconds = Math.round((performance.now() - start) / 1000);
const mebibytes = Math.round(process.resourceUsage().maxRSS / 1024);
const passed = report.answered + report.refused;
for (const failure of report.failures) console.error(failure);
console.log(
  `${report.runs} mutated inputs from seed ${seed}: ${report.answered} answered, ${report.refused} refused in one line; ` +
    `the slowest took ${report.slowestMillis} ms, all ${seconds} s and at most ${mebibytes} MiB`,
);
console.log(`${passed} passed, ${report.runs - passed} failed`);
process.exitCode = report.runs === passed && passed === Number(runs) ? 0 : 1;
