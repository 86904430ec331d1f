import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeBlocks, ROOT } from '../support/readme';
import { MANIFEST } from './packages';

const PAGE = 'docs/languages.md';

test.each([
  ['python', ['python/smallest.py', 'python/test_shop.py']],
  ['java', ['java/src/main/java/shop/Smallest.java']],
  ['go', ['go/smallest/main.go']],
])('the examples in %s are the programs that are run', (language, files) => {
  expect(codeBlocks(PAGE, language).map(({ code }) => code)).toEqual(
    files.map((file) => readFileSync(join(__dirname, file), 'utf8')),
  );
});

test('the dependency for Maven is the version of this package', () => {
  const { groupId, artifactId } = MANIFEST.jsii.targets.java.maven;
  const [xml] = codeBlocks(PAGE, 'xml');
  expect(xml!.code.replace(/\s+/g, '')).toBe(
    `<dependency><groupId>${groupId}</groupId><artifactId>${artifactId}</artifactId><version>${MANIFEST.version}</version></dependency>`,
  );
});

test.each(['aws-cdk-lib', 'constructs'])(
  'the dependency %s for Maven is the version that package.json pins',
  (name) => {
    const [, xml] = codeBlocks(PAGE, 'xml');
    expect(xml!.code.replace(/\s+/g, '')).toContain(
      `<artifactId>${name}</artifactId><version>${MANIFEST.devDependencies[name]}</version>`,
    );
  },
);

test('the Python environment has the versions that package.json pins', () => {
  const pinned = readFileSync(join(ROOT, 'test', 'python', 'languages.txt'), 'utf8');
  for (const name of ['aws-cdk-lib', 'constructs']) {
    expect(pinned).toContain(`\n${name}==${MANIFEST.devDependencies[name]} \\\n`);
  }
});
