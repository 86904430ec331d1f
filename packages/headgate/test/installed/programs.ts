/** A test of one answer for vitest, with these assertions. */
export function vitestTest(assertions: string): string {
  return `import { Traffic } from 'headgate';
import 'headgate/vitest';
import { expect, test } from 'vitest';

test('an answer', () => {
  const traffic = Traffic.fromTemplates(['shop.yaml'], { parameters: { Stage: 'live' } });
  const answer = traffic.request({ url: 'https://shop.example.com/api/orders' });
  ${assertions}
});
`;
}

/** A test for vitest as it is written for jest, with one of the two entries. */
export function jestTest(test: string, entry: string): string {
  const imported = entry === 'jest' ? '' : "import { expect, test } from '@jest/globals';\n";
  return test
    .replace("import { expect, test } from 'vitest';\n", imported)
    .replace("import 'headgate/vitest';", `import 'headgate/${entry}';`);
}
