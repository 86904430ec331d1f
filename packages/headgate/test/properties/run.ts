// What must hold of any input, tried on far more of it than the tests do. Each property says in one line what it saw.
import { fuzzed } from '../fuzz/report';
import type { Held } from './held';

const PROPERTIES: readonly (() => Held)[] = [() => fuzzed(10_000, 2)];

let passed = 0;
let failed = 0;
for (const property of PROPERTIES) {
  const held = property();
  for (const failure of held.failures) console.error(failure);
  console.log(held.line);
  passed += held.passed;
  failed += held.failed;
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
