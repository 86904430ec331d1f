// Adds up the tests that ran, prints 'N passed, N failed', and fails on a failure or when fewer ran than .ci/expected-tests says.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const reports = process.argv[2];
let passed = 0;
let failed = 0;

for (const file of ['jest.json', 'upgrade.json'].map((name) => join(reports, name)).filter(existsSync)) {
  const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(file, 'utf8'));
  passed += numPassedTests;
  failed += numFailedTests + numRuntimeErrorTestSuites;
}
// What Node's own runner wrote.
for (const file of readdirSync(reports).filter((name) => name.endsWith('.txt'))) {
  const text = readFileSync(join(reports, file), 'utf8');
  passed += Number(/^\W+pass (\d+)/m.exec(text)?.[1] ?? 0);
  failed += Number(/^\W+fail (\d+)/m.exec(text)?.[1] ?? 0);
}

const expected = Number(readFileSync(join(dirname(fileURLToPath(import.meta.url)), 'expected-tests'), 'utf8'));
const ran = passed + failed;
if (ran < expected) {
  console.log(`fewer tests ran than before: ${ran} of ${expected}; .ci/expected-tests holds the number`);
  process.exitCode = 1;
}
if (failed > 0) process.exitCode = 1;
console.log(`${passed} passed, ${failed} failed`);
