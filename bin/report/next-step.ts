import type { AssemblyStack } from './assembly';
import { wrap } from './render';
import type { Road } from './road';

/** The context that a deployment of the reference app needs. */
const NEEDED = ['account', 'domain', 'hostedZoneId'];
const MISSING = '…';

/** What has to be there before a deployment, in what order the stacks go, and the command that starts it. */
export function renderNextStep(
  stacks: readonly AssemblyStack[],
  given: Readonly<Record<string, string>>,
  road: Pick<Road, 'names' | 'openRegions' | 'guardedRegions'>,
): string {
  const regions = [...new Set(stacks.map(({ region }) => region ?? MISSING))].sort();
  const account = given.account ?? MISSING;
  const environments = [
    ...new Set(stacks.map((stack) => `aws://${stack.account ?? account}/${stack.region ?? MISSING}`)),
  ].sort();
  return [
    item('account', `credentials of an AWS account that is bootstrapped in ${regions.join(', ')}:`),
    command(['npx cdk bootstrap', ...environments]),
    item(
      'zone',
      `the public hosted zone ${given.domain ?? MISSING}, with its name servers at the registrar or in the zone above it: certificates are validated by records in it. Clients will ask for ${road.names.join(', ')}.`,
    ),
    item(
      'order',
      deployOrder(stacks)
        .map((group) => group.join(', '))
        .join(' → '),
    ),
    ...(road.openRegions.length > 0
      ? [
          item(
            'warning',
            `the balancers in ${road.openRegions.join(', ')} take connections from the whole internet: nothing stands between them and whoever finds their names but their web ACLs`,
          ),
        ]
      : []),
    ...(road.guardedRegions.length > 0
      ? [
          item(
            'live?',
            `the balancers in ${road.guardedRegions.join(', ')} demand a secret that the edge sends. A template can't show what is live: in front of a service that is live without an edge, put one in two deployments, the first with originAccess: OriginAccess.internet()`,
          ),
        ]
      : []),
    item('next', 'the command that deploys everything:'),
    command(['npx cdk deploy --all', ...contextArguments(given)]),
  ].join('\n');
}

const TERM_WIDTH = 9;

function item(term: string, text: string): string {
  return wrap(text, ' '.repeat(TERM_WIDTH + 2), `  ${term.padEnd(TERM_WIDTH)}`);
}

/** A command in one line, however long, so that it can be copied. */
function command(parts: readonly string[]): string {
  return ' '.repeat(TERM_WIDTH + 4) + parts.join(' ');
}

function contextArguments(given: Readonly<Record<string, string>>): string[] {
  const keys = [...NEEDED, ...Object.keys(given).filter((key) => !NEEDED.includes(key))];
  return keys.map((key) => {
    const value = given[key];
    return `-c ${value === undefined ? `${key}=${MISSING}` : quoted(`${key}=${value}`)}`;
  });
}

/** A word that a shell takes as it is. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** The stacks' paths in the order of their dependencies; those of one group can go at the same time. */
export function deployOrder(stacks: readonly AssemblyStack[]): string[][] {
  const groups: string[][] = [];
  const done = new Set<string>();
  let waiting = [...stacks];
  while (waiting.length > 0) {
    const known = new Set(stacks.map(({ id }) => id));
    const ready = waiting.filter(({ dependencies }) => dependencies.every((id) => done.has(id) || !known.has(id)));
    if (ready.length === 0)
      throw new Error(`the stacks ${waiting.map(({ path }) => path).join(', ')} depend on each other in a circle`);
    groups.push(ready.map(({ path }) => path));
    for (const { id } of ready) done.add(id);
    waiting = waiting.filter((stack) => !ready.includes(stack));
  }
  return groups;
}
