import type { RequestOptions } from '../../lib/traffic';
import { Seeded } from './seeded';

const SEED = 1;

const METHODS = [...Array(14).fill('GET'), 'HEAD', 'POST', 'POST', 'PUT', 'DELETE', 'OPTIONS'] as readonly string[];
const REGIONS = ['us-east-1', 'eu-west-1', 'us-west-2', 'eu-central-1', 'ap-southeast-2', 'sa-east-1'];
const HOSTS = [
  ...Array(16).fill('shop.example.com'),
  'origin.shop.example.com',
  'us-east-1.origin.shop.example.com',
  'latency.origin.shop.example.com',
  'elsewhere.example.org',
] as readonly string[];
const AGENTS = ['Mozilla/5.0 (X11; Linux x86_64)', 'curl/8.5.0', 'okhttp/4.12.0'];
const WORDS = ['api', 'static', 'cart', 'orders', 'search', 'img', 'v2', 'products', 'live', 'account'];

/** Requests for the reference app, each another one: some of them with a query, headers, cookies or a Region of the client. */
export function referenceRequests(count: number): readonly RequestOptions[] {
  const random = new Seeded(SEED);
  return Array.from({ length: count }, () => {
    const headers = random.happens(0.2) ? headersFrom(random) : undefined;
    const cookies = random.happens(0.1) ? { session: random.token(), theme: random.one(['dark', 'light']) } : undefined;
    const method = random.one(METHODS);
    return {
      url: `${random.happens(0.05) ? 'http' : 'https'}://${random.one(HOSTS)}${pathFrom(random)}${queryFrom(random)}`,
      ...(method === 'GET' ? {} : { method }),
      ...(headers === undefined ? {} : { headers }),
      ...(cookies === undefined ? {} : { cookies }),
      ...(random.happens(0.6) ? { clientRegion: random.one(REGIONS) } : {}),
      ...(random.happens(0.1) ? { clientIp: `203.0.113.${random.below(256)}` } : {}),
    };
  });
}

function headersFrom(random: Seeded): Readonly<Record<string, string>> {
  return {
    'User-Agent': random.one(AGENTS),
    ...(random.happens(0.5) ? { Accept: 'text/html,application/json' } : {}),
    ...(random.happens(0.2) ? { 'X-Request-Id': random.token() } : {}),
  };
}

/** With a token in it, so that no path comes twice; some have escapes. */
function pathFrom(random: Seeded): string {
  const words = Array.from({ length: 1 + random.below(3) }, () => random.one(WORDS));
  const name = random.happens(0.03) ? `a%20name-${random.token()}` : random.token();
  return `/${words.join('/')}/${name}${random.one(['', '', '.js', '.png', '/'])}`;
}

function queryFrom(random: Seeded): string {
  if (random.happens(0.7)) return '';
  return random.happens(0.5) ? `?page=${random.below(50)}` : `?q=${random.token()}&sort=price`;
}
