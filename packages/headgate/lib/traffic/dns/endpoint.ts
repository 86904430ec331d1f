import { type Fields, keyOf, resourceIn, type Text } from '../../template';
import { endsOf, type Hop } from '../hop';
import type { Outcome } from '../outcome';
import { Passage } from '../passage';
import { type Quality, worse } from '../quality';
import { HttpRequest } from '../request';
import { defaultPort } from '../url';
import type { World } from '../world';
import { tlsFailure } from './checker-tls';
import type { Verdict } from './health-check';
import { nameKey, regionInName } from './names';
import { resourceTarget } from './target';

/** The Regions of checkers, and the countries that they ask from. */
const CHECKERS: Readonly<Record<string, string>> = {
  'ap-northeast-1': 'JP',
  'ap-southeast-1': 'SG',
  'ap-southeast-2': 'AU',
  'eu-west-1': 'IE',
  'sa-east-1': 'BR',
  'us-east-1': 'US',
  'us-west-1': 'US',
  'us-west-2': 'US',
};

/** An endpoint is healthy while more than this part of the checkers say so (R53-7). */
const QUORUM = 0.18;
/** Of a route's answers: broken up to here, the checkers agree that it works; above the other, that it doesn't (R53-17). */
const SURELY_WORKS = 0.4;
const SURELY_BROKEN = 0.8;

const TARGET_GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup';
const DIRECT_PROTOCOLS = ['TCP', 'TLS', 'UDP', 'TCP_UDP', 'QUIC', 'TCP_QUIC'];

/** Judges an endpoint by sending the checkers' requests through the templates. */
export function judgeEndpoint(config: Fields, type: string, world: World): Verdict {
  const isMatch = type.endsWith('_STR_MATCH');
  if (isMatch && config.boolean('Inverted')) {
    return { working: false, why: 'the text that it looks for is taken to be absent', facts: ['R53-19'] };
  }
  const address = config.text('IPAddress');
  const name = config.text('FullyQualifiedDomainName') ?? address;
  if (name === undefined) return { working: true, why: 'its endpoint is not in the template', facts: ['R53-7'] };
  const facts = ['R53-7', 'R53-17'];
  const down = downRegion(address ?? name, world);
  if (down !== undefined) return { working: false, why: `its endpoint is in ${down}, which is down`, facts };
  const hop = endpointHop(address, name, world);
  if (!hop) return { working: true, why: `its endpoint ${address ?? name} is outside of the templates`, facts };
  return judgeRoad(hop, name, config, type, world);
}

function judgeRoad(hop: Hop, name: Text, config: Fields, type: string, world: World): Verdict {
  const isTcp = type === 'TCP';
  const isHttps = type.startsWith('HTTPS');
  const isPrivate = config.string('EndpointType')?.toUpperCase() === 'PRIVATE';
  const regions = config.texts('Regions').filter((region) => typeof region === 'string');
  const asking = regions.length > 0 ? regions : Object.keys(CHECKERS);
  let working = 0;
  let unsure = 0;
  let broken = 0;
  let example: Outcome | undefined;
  let road: Quality = 'exact';
  for (const region of asking) {
    const outcomes = endsOf(hop, Passage.start(probe(name, region, config, type, isPrivate)));
    const bad = outcomes.filter(
      (outcome) => !answers(outcome, isTcp, world) || (isHttps && tlsFailure(outcome, world) !== undefined),
    );
    const share = bad.reduce((sum, outcome) => sum + outcome.share, 0);
    example ??= bad[0];
    road = outcomes.reduce<Quality>((worst, outcome) => worse(worst, outcome.quality), road);
    broken += share / asking.length;
    if (share <= SURELY_WORKS) working++;
    else if (share <= SURELY_BROKEN) unsure++;
  }
  const noTls = example && isHttps ? tlsFailure(example, world) : undefined;
  const facts = noTls === undefined ? ['R53-7', 'R53-17'] : ['R53-7', 'R53-15', 'R53-17'];
  const withRoad = [...new Set([...facts, ...(example?.trace ?? []).flatMap((entry) => entry.facts)])];
  // How the requests are divided doesn't matter where all of them end alike.
  const quality = broken > 0 && broken < 1 ? road : 'exact';
  const percent = `${Math.round(broken * 100)} %`;
  if (working / asking.length > QUORUM) return { working: true, why: `its endpoint ${name} answers`, facts, quality };
  if ((working + unsure) / asking.length > QUORUM) {
    const why = `${percent} of what its endpoint ${name} answers is broken, which is too little to be sure of`;
    const warning = `${config.where}: ${percent} of the answers are broken, so the check changes its mind again and again; it is taken to be healthy.`;
    return { working: true, why, facts: withRoad, quality: 'undocumented', warning };
  }
  const detail = example === undefined ? '' : ` (${noTls ?? describeEnd(example)})`;
  return { working: false, why: `its endpoint ${name} doesn't answer${detail}`, facts: withRoad, quality };
}

/** Port 443 of HTTPS and 80 of HTTP aren't in the Host header, others are (R53-17). */
function probe(name: Text, region: string, config: Fields, type: string, isPrivate: boolean): HttpRequest {
  const isHttps = type.startsWith('HTTPS');
  const port = config.number('Port') ?? (isHttps ? 443 : 80);
  const scheme = isHttps || (type === 'TCP' && port === 443) ? 'https' : 'http';
  const hostname = nameKey(name);
  const target = config.string('ResourcePath') ?? '/';
  const mark = target.indexOf('?');
  const path = mark < 0 ? target : target.slice(0, mark);
  return new HttpRequest(
    'GET',
    scheme,
    port === defaultPort(scheme) ? hostname : `${hostname}:${port}`,
    port,
    path.startsWith('/') ? path : `/${path}`,
    mark < 0 ? undefined : target.slice(mark + 1),
    new Map(),
    undefined,
    '1.1',
    isPrivate ? 'client' : 'health-checker',
    { address: undefined, region, country: Object.hasOwn(CHECKERS, region) ? CHECKERS[region] : undefined },
  );
}

function endpointHop(address: Text | undefined, name: Text, world: World): Hop | undefined {
  if (address !== undefined) return resourceTarget(address, world);
  const key = nameKey(name);
  return world.dns.knows(key) ? world.dns.lookup(key) : resourceTarget(name, world);
}

/** The Region of an endpoint that is down, of a resource or of an AWS name. */
function downRegion(endpoint: Text, world: World): string | undefined {
  const resource = resourceIn(endpoint);
  if (resource && world.hopOf(resource)) return undefined;
  const region = resource ? resource.stack.region : regionInName(keyOf(endpoint));
  return world.faults.isRegionDown(region) ? region : undefined;
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
      return !isInDownRegion(destination, world);
    case 'origin':
    case 'fixed-response':
    case 'redirect':
      return true;
    default:
      return false;
  }
}

function isInDownRegion({ id, stack }: Outcome['destination'], world: World): boolean {
  const region =
    regionInName(nameKey(id)) ?? world.templates.stacks.find((candidate) => candidate.name === stack)?.region;
  return world.faults.isRegionDown(region);
}

function describeEnd({ destination, status }: Outcome): string {
  return status === null ? `${destination.type} ${destination.id}` : `${status} of ${destination.id}`;
}
