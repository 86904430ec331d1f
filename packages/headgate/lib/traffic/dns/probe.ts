import { type Fields, Symbolic, type Text } from '../../template';
import { HttpRequest } from '../request';
import { defaultPort } from '../url';
import { nameKey } from './names';

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

/**
 * What the checkers of each Region ask: one request, or several of which one has to get through. By TCP a checker only connects (R53-7), so
 * it doesn't matter what the listener speaks.
 */
export function probesOf(config: Fields, name: Text, type: string): readonly (readonly HttpRequest[])[] {
  const schemes =
    type === 'TCP' ? (['https', 'http'] as const) : ([type.startsWith('HTTPS') ? 'https' : 'http'] as const);
  const given = config.texts('Regions').filter((region) => typeof region === 'string');
  const regions = given.length > 0 ? given : Object.keys(CHECKERS);
  return regions.map((region) => schemes.map((scheme) => probe(config, name, region, scheme)));
}

const ASSUMED: Readonly<Record<string, string>> = {
  Port: 'the one of its type is assumed',
  ResourcePath: '/ is assumed',
  EndpointType: 'the check is taken for a public one',
  Regions: 'checkers of all others are assumed, or of all Regions',
};

/** What isn't known of what the checkers ask, and what is assumed. */
export function unknownOfProbes(config: Fields): readonly string[] {
  const isUnknown = (name: string) =>
    config.isSymbolic(name) || (name === 'Regions' && config.list(name).some((region) => region instanceof Symbolic));
  return Object.keys(ASSUMED)
    .filter(isUnknown)
    .map((name) => `${config.at(name)} isn't known; ${ASSUMED[name]}.`);
}

/** Whether a check asks from inside a VPC (R53-12). */
export function isPrivateCheck(config: Fields): boolean {
  return config.string('EndpointType')?.toUpperCase() === 'PRIVATE';
}

/** Port 443 of HTTPS and 80 of HTTP aren't in the Host header, others are (R53-17). */
function probe(config: Fields, name: Text, region: string, scheme: 'http' | 'https'): HttpRequest {
  const port = config.number('Port') ?? defaultPort(scheme);
  const hostname = nameKey(name);
  const host = port === defaultPort(scheme) ? hostname : `${hostname}:${port}`;
  const target = config.string('ResourcePath') ?? '/';
  const mark = target.indexOf('?');
  const path = mark < 0 ? target : target.slice(0, mark);
  return new HttpRequest(
    'GET',
    scheme,
    host,
    port,
    path.startsWith('/') ? path : `/${path}`,
    mark < 0 ? undefined : target.slice(mark + 1),
    new Map(),
    undefined,
    '1.1',
    isPrivateCheck(config) ? 'client' : 'health-checker',
    {
      host,
      address: undefined,
      region,
      country: Object.hasOwn(CHECKERS, region) ? CHECKERS[region] : undefined,
      ipVersion: 4,
    },
  );
}
