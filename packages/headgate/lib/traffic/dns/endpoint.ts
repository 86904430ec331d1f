import type { Fields, Text } from '../../template';
import { endsOf, type Hop } from '../hop';
import type { Outcome } from '../outcome';
import { Passage } from '../passage';
import { isPrivate } from '../private-network';
import { type Quality, worse } from '../quality';
import { downRegionOf } from '../reach';
import type { HttpRequest } from '../request';
import { TARGET_GROUP } from '../resource-types';
import type { Health, World } from '../world';
import { tlsDoubt, tlsFailure } from './checker-tls';
import { doubting, found } from './finding';
import { nameKey } from './names';
import { isPrivateCheck, probesOf, unknownOfProbes } from './probe';
import { SearchText, type TextFinding } from './search-text';
import { resourceTarget } from './target';

/** An endpoint is healthy while more than this part of the checkers say so (R53-7). */
const QUORUM = 0.18;
/** Of a route's answers: broken up to here, the checkers agree that it works; above the other, that it doesn't (R53-17). */
const SURELY_WORKS = 0.4;
const SURELY_BROKEN = 0.8;

const FACTS = ['R53-7', 'R53-17'];

const DIRECT_PROTOCOLS = ['TCP', 'TLS', 'UDP', 'TCP_UDP', 'QUIC', 'TCP_QUIC'];

/** How an end fails a check; undefined if it doesn't. */
interface Failure {
  readonly because: string;
  readonly facts: readonly string[];
}

/** A check, as far as its answers are judged by it. */
interface Check {
  readonly name: Text;
  readonly config: Fields;
  readonly type: string;
  readonly world: World;
  failure(outcome: Outcome): Failure | undefined;
}

/** Judges an endpoint by sending the checkers' requests, from every Region of them, through the templates. */
export function judgeEndpoint(config: Fields, type: string, world: World): Health {
  const search = SearchText.of(config, type, world);
  const absent = search?.isInverted
    ? found(false, 'the text that it looks for is taken to be absent', ['R53-19'])
    : undefined;
  const address = config.text('IPAddress');
  const name = config.text('FullyQualifiedDomainName') ?? address;
  if (name === undefined) return absent ?? found(true, 'its endpoint is not in the template', ['R53-7']);
  const down = downRegionOf(address ?? name, world);
  if (down !== undefined) return absent ?? found(false, `its endpoint is in ${down}, which is down`, FACTS);
  if (isPrivate(address) && !isPrivateCheck(config)) {
    return absent ?? found(false, `its endpoint ${address} is private, where public checkers don't reach`, ['R53-12']);
  }
  if (address === undefined && world.dns.lacks(nameKey(name))) {
    const warning = `${config.where}: no record of the templates has the name ${name}, though they have its zone.`;
    return absent ?? found(false, `its endpoint ${name} has no record`, FACTS, { warnings: [warning] });
  }
  const hop = endpointHop(address, name, world);
  if (!hop) return absent ?? found(true, `its endpoint ${address ?? name} is outside of the templates`, FACTS);
  const failure = (outcome: Outcome) => failureOf(outcome, type, search, world);
  const ends = probesOf(config, name, type).map((requests) => ask(hop, requests, failure));
  const answered = ends.flat().filter((end) => answers(end, false, world));
  const texts = answered.flatMap((end) => search?.in(end) ?? []);
  if (absent && texts.every(({ isThere, quality }) => !isThere && quality === 'exact')) return absent;
  const health = judgeEnds(ends, { name, config, type, world, failure });
  const doubts = [
    ...unknownOfProbes(config),
    ...(health.healthy && type.startsWith('HTTPS') ? answered.flatMap((end) => tlsDoubt(end, world) ?? []) : []),
  ];
  return withTexts(doubting(health, doubts), texts);
}

/** Counts what is presumed once as working and once as broken. */
function judgeEnds(ends: readonly (readonly Outcome[])[], check: Check): Health {
  const { name, config, type } = check;
  const failure = (outcome: Outcome) => check.failure(outcome);
  const all = ends.flat();
  // A connection is there before a firewall or a rule looks at what it carries.
  const isPresumed = (outcome: Outcome) => type !== 'TCP' && isDoubtful(outcome, failure(outcome));
  const example = all.find((outcome) => failure(outcome) && !isPresumed(outcome));
  const brokenOf = (counts: (outcome: Outcome) => boolean) =>
    ends.map((outcomes) => outcomes.filter(counts).reduce((sum, { share }) => sum + share, 0));
  const certain = brokenOf((outcome) => failure(outcome) !== undefined && !isPresumed(outcome));
  const possible = brokenOf((outcome) => failure(outcome) !== undefined || isPresumed(outcome));
  const isLasting = agree(certain, SURELY_WORKS);
  const broken = certain.reduce((sum, share) => sum + share, 0) / ends.length;
  if (isLasting && agree(possible, SURELY_WORKS)) {
    return found(true, `its endpoint ${name} answers`, FACTS, { quality: roadQuality(all, broken) });
  }
  const presumed = all.filter(isPresumed);
  if (isLasting) {
    return found(true, `its endpoint ${name} is taken to answer`, withRoad(presumed), {
      quality: presumed.reduce<Quality>((worst, { quality }) => worse(worst, quality), 'bounded'),
      warnings: [
        `${config.where}: whether its endpoint answers isn't certain, so the check counts as healthy.`,
        ...new Set(presumed.flatMap(({ warnings }) => warnings)),
      ],
    });
  }
  const facts = withRoad(example ? [example] : []);
  if (agree(certain, SURELY_BROKEN)) {
    const percent = `${Math.round(broken * 100)} %`;
    const because = `${percent} of what its endpoint ${name} answers is broken, which is too little to be sure of`;
    const warning = `${config.where}: ${percent} of the answers are broken, so the check changes its mind again and again; it is taken to be healthy.`;
    return found(true, because, facts, { quality: 'undocumented', warnings: [warning] });
  }
  const why = example && failure(example);
  const detail = why ? ` (${why.because})` : '';
  return found(false, `its endpoint ${name} doesn't answer${detail}`, [...new Set([...(why?.facts ?? []), ...facts])], {
    quality: roadQuality(all, broken),
  });
}

/** A finding, with what had to be assumed of the texts that it rests on. */
function withTexts(health: Health, texts: readonly TextFinding[]): Health {
  const quality = texts.reduce<Quality>((worst, text) => worse(worst, text.quality), 'exact');
  return doubting(
    health,
    texts.flatMap(({ warning }) => warning ?? []),
    quality,
  );
}

/** Whether enough checkers see no more than a part of their answers broken. */
function agree(broken: readonly number[], part: number): boolean {
  return broken.filter((share) => share <= part).length / broken.length > QUORUM;
}

/** How the requests are divided doesn't matter where all of them end alike. */
function roadQuality(outcomes: readonly Outcome[], broken: number): Quality {
  if (broken === 0 || broken === 1) return 'exact';
  return outcomes.reduce<Quality>((worst, { quality }) => worse(worst, quality), 'exact');
}

/**
 * Whether an end may be another one: a firewall or a rule on the road asks for what isn't known. Which record DNS chooses is no such thing, as
 * all of them count. What counts as letting the request pass because AWS doesn't document it, such as a managed rule group, spoils no
 * check that works: one that it stopped would be seen on the first day.
 */
function isDoubtful({ passage, quality }: Outcome, failure: Failure | undefined): boolean {
  if (quality !== 'bounded' && (quality !== 'undocumented' || failure === undefined)) return false;
  for (let at: Passage | undefined = passage; at; at = at.before) {
    if (at.step?.warning !== undefined && at.step.hop !== 'dns-record') return true;
  }
  return false;
}

function withRoad(outcomes: readonly Outcome[]): readonly string[] {
  return [...new Set([...FACTS, ...outcomes.flatMap(({ trace }) => trace.flatMap((entry) => entry.facts))])];
}

/** Where the first of some requests ends that doesn't fail, else the last. */
function ask(
  hop: Hop,
  requests: readonly HttpRequest[],
  failure: (outcome: Outcome) => Failure | undefined,
): readonly Outcome[] {
  let outcomes: readonly Outcome[] = [];
  for (const request of requests) {
    outcomes = endsOf(hop, Passage.start(request));
    if (outcomes.every((outcome) => failure(outcome) === undefined)) break;
  }
  return outcomes;
}

function endpointHop(address: Text | undefined, name: Text, world: World): Hop | undefined {
  if (address !== undefined) return resourceTarget(address, world);
  const key = nameKey(name);
  return world.dns.knows(key) ? world.dns.lookup(key) : resourceTarget(name, world);
}

function failureOf(outcome: Outcome, type: string, search: SearchText | undefined, world: World): Failure | undefined {
  const end = describeEnd(outcome);
  if (!answers(outcome, type === 'TCP', world)) return { because: end, facts: [] };
  if (search?.in(outcome).isThere === false) return { because: `${end} without the text that it looks for`, facts: [] };
  const noTls = type.startsWith('HTTPS') ? tlsFailure(outcome, world) : undefined;
  return noTls === undefined ? undefined : { because: noTls, facts: ['R53-7', 'R53-15'] };
}

function answers({ destination, status }: Outcome, isTcp: boolean, world: World): boolean {
  if (isTcp && status !== null) return true;
  if (status !== null) return status >= 200 && status < 400;
  switch (destination.type) {
    case 'target-group': {
      const group = world.targetGroup(world.templates.find(`${destination.stack}/${destination.id}`, [TARGET_GROUP]));
      if (group.state === 'healthy' || group.state === 'degraded') return true;
      return isTcp && group.protocol !== undefined && !DIRECT_PROTOCOLS.includes(group.protocol);
    }
    case 'address':
    case 'origin':
    case 'fixed-response':
    case 'redirect':
      return true;
    default:
      return false;
  }
}

function describeEnd({ destination, status }: Outcome): string {
  return status === null ? `${destination.type} ${destination.id}` : `${status} of ${destination.id}`;
}
