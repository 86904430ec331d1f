// Fuzzes for as long as is wanted: `run.ts RUNS SEED`.
import { fuzzed } from './report';

const [runs = '10000', seed = '2'] = process.argv.slice(2);
const { line, passed, failed, failures } = fuzzed(Number(runs), Number(seed));
for (const failure of failures) console.error(failure);
console.log(line);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
