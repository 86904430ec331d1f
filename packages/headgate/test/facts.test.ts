/** Holds docs/facts.md, the traces of the model that cite it, and the golden tests that prove it together. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const PACKAGE = join(__dirname, '..');
const FACTS = join(PACKAGE, '..', '..', 'docs', 'facts.md');

/** The families of facts about where requests go; the others are about deployments and the CDK. */
const ROUTING = /^(?:ALB|NLB|ZS|R53|CF|WAF|GA)-\d+$/;
const ID = /\b(?:ALB|NLB|ZS|ASG|R53|CF|WAF|GA|SM|CP|ELB|CDK)-\d+\b/g;

/** Facts of these families that change no answer of the model, and why. */
const WITHOUT_EFFECT: Readonly<Record<string, string>> = {
  'ALB-12': 'how a deployment fails; a template in which two rules have one priority never gets that far',
  'ALB-23': 'chooses among the targets of one group, where the road has ended',
  'ALB-33': 'about connections that are open already; a request is the first of its connection',
  'ALB-37': 'what replaces a target group, and where access logs may go',
  'NLB-5': 'how health is found and connections are ended; the health that results is given by faults',
  'R53-8': 'the time until a new check has data; faults give the settled state',
  'R53-11': 'the order in which CloudFormation creates an alarm and its check',
  'R53-16': 'how long changes of records take when us-east-1 is impaired',
  'CF-5': 'a quota of security groups',
  'CF-6': "limits of a function's code, which templates don't let anybody foresee",
};

interface Golden {
  readonly facts: readonly string[];
  readonly page: string;
}

const facts = readFacts();
const golden = goldenTests();
const proven = new Set(golden.flatMap((test) => test.facts));
const cited = citations();

describe('each fact about routing', () => {
  test.each([...facts.keys()].filter((id) => ROUTING.test(id)))(
    '%s has a golden test, or a reason to have none',
    (id) => {
      expect([id, proven.has(id), id in WITHOUT_EFFECT]).toEqual([id, !(id in WITHOUT_EFFECT), id in WITHOUT_EFFECT]);
    },
  );

  test.each([...facts])('%s has a source', (_, { sources }) => {
    expect(sources.length).toBeGreaterThan(0);
  });
});

describe('an exception', () => {
  test.each(Object.keys(WITHOUT_EFFECT))('%s is a fact that no trace cites', (id) => {
    expect(facts.has(id)).toBe(true);
    expect(cited.get(id)).toBeUndefined();
  });
});

describe('what the model cites', () => {
  test('is enough to be sure that it was found', () => {
    expect(cited.size).toBeGreaterThan(60);
    expect(golden.length).toBeGreaterThan(100);
  });

  test.each([...cited])('%s, in %s, is a fact that is proven', (id) => {
    expect(facts.has(id)).toBe(true);
    expect(proven.has(id)).toBe(true);
  });
});

describe('a golden test', () => {
  test.each(golden.map(({ facts: ids, page }) => [ids.join(', '), page]))(
    'of %s is on a source of it: %s',
    (ids, page) => {
      const sources = ids.split(', ').flatMap((id) => facts.get(id)?.urls ?? []);
      expect(sources).toContain(page);
    },
  );
});

describe('docs/facts.md', () => {
  test('has each fact once, in the order of its family', () => {
    const ids = [...readFileSync(FACTS, 'utf8').matchAll(/^### (.+)$/gm)].map(([, id]) => id!);
    const sorted = [...new Set(ids)].sort((a, b) => familyOf(ids, a) - familyOf(ids, b) || numberOf(a) - numberOf(b));
    expect(ids).toEqual(sorted);
  });
});

/** The facts of the documentation: the whole of what stands below `Source:`, and the pages in it. */
function readFacts(): Map<string, { readonly sources: string; readonly urls: readonly string[] }> {
  const entries = readFileSync(FACTS, 'utf8').split(/^#+ /m).slice(1);
  return new Map(
    entries
      .filter((entry) => new RegExp(`^${ID.source}\n`).test(entry))
      .map((entry) => {
        const [heading] = entry.split('\n', 1);
        const sources = /^Source: ([\s\S]*)/m.exec(entry)?.[1] ?? '';
        return [heading!, { sources, urls: [...sources.matchAll(/<(https:[^>]+)>/g)].map(([, url]) => url!) }];
      }),
  );
}

/** What the golden tests prove: their files are loaded with a `golden` that takes notes in place of tests. */
function goldenTests(): readonly Golden[] {
  const found: Golden[] = [];
  jest.doMock('./support/golden', () => ({
    golden: (ids: string, page: string) => found.push({ facts: ids.match(ID) ?? [], page }),
  }));
  const folder = join(__dirname, 'golden');
  for (const file of readdirSync(folder).sort()) require(join(folder, file));
  jest.dontMock('./support/golden');
  return found;
}

/** The ids that the library cites, in traces or comments, and the first file that cites each. */
function citations(): ReadonlyMap<string, string> {
  const lib = join(PACKAGE, 'lib');
  const found = new Map<string, string>();
  for (const file of readdirSync(lib, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!file.endsWith('.ts')) continue;
    for (const [id] of readFileSync(join(lib, file), 'utf8').matchAll(ID)) if (!found.has(id)) found.set(id, file);
  }
  return found;
}

function familyOf(ids: readonly string[], id: string): number {
  return ids.findIndex((other) => other.split('-')[0] === id.split('-')[0]);
}

function numberOf(id: string): number {
  return Number(id.split('-')[1]);
}
