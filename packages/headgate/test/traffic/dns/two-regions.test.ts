import { dnsElements } from '../../../lib/traffic/dns';
import { alias, BALANCER, check, endsIn, firstIn, nameOf, outcomesIn, type Surroundings, worldOf } from './support';

/** Two Regions behind latency records by alias to names, each with a calculated check, as a routing stack of its own has them. */
const REGIONS = ['us-east-1', 'eu-west-1'];

function routing() {
  const resources: Record<string, object> = {
    Origin: alias('latency.origin.shop.example.com', true, { Name: 'origin.shop.example.com.' }),
  };
  for (const region of REGIONS) {
    const id = region.replace(/-/g, '');
    const name = `${region}.origin.shop.example.com`;
    resources[`Live${id}`] = check({ Type: 'HTTPS', FullyQualifiedDomainName: name, Port: 443, ResourcePath: '/live' });
    resources[`Region${id}`] = check({
      Type: 'CALCULATED',
      ChildHealthChecks: [{ Ref: `Live${id}` }],
      HealthThreshold: 1,
    });
    resources[`Latency${id}`] = alias(name, true, {
      Name: 'latency.origin.shop.example.com.',
      Region: region,
      SetIdentifier: region,
      HealthCheckId: { Ref: `Region${id}` },
    });
  }
  return resources;
}

function world(surroundings: Surroundings = {}) {
  const sites = REGIONS.map((region) => [
    `Shop-${region}`,
    {
      region,
      resources: { Lb: BALANCER, Record: alias(nameOf('Lb'), false, { Name: `${region}.origin.shop.example.com.` }) },
    },
  ]);
  const stacks = { ...Object.fromEntries(sites), 'Shop-routing': { region: 'us-west-2', resources: routing() } };
  return worldOf({}, { ...surroundings, stacks });
}

const url = 'https://origin.shop.example.com/';
const stackOf = (surroundings: Surroundings, clientRegion: string) =>
  outcomesIn(world(surroundings), { url, clientRegion }).map(({ destination }) => destination.stack);

test('each client reaches the Region that it is in', () => {
  expect(stackOf({}, 'us-east-1')).toEqual(['Shop-us-east-1']);
  expect(stackOf({}, 'eu-west-1')).toEqual(['Shop-eu-west-1']);
});

test('when a Region dies its clients go to the other, and the trace says why', () => {
  const faults = ['region=us-east-1'];
  expect(stackOf({ faults }, 'us-east-1')).toEqual(['Shop-eu-west-1']);
  const { because, quality } = firstIn(world({ faults }), { url, clientRegion: 'us-east-1' });
  expect(quality).toBe('exact');
  expect(because[1]).toBe(
    'latency: eu-west-1 is all that is left, without us-east-1 (Regionuseast1 is unhealthy: 0 of 1 children are healthy ' +
      "and 1 needed (Liveuseast1 is unhealthy: its endpoint us-east-1.origin.shop.example.com doesn't answer (error Lb)))",
  );
});

test('when both die all count as healthy, and the client reaches a Region that is down', () => {
  const both = { faults: ['region=us-east-1', 'region=eu-west-1'] };
  expect(endsIn(world(both), { url, clientRegion: 'eu-west-1' })).toEqual(['1 error Lb']);
  expect(stackOf(both, 'eu-west-1')).toEqual(['Shop-eu-west-1']);
});

test('every record that leads somewhere is an element', () => {
  expect(dnsElements(world().templates).map(({ key, label }) => `${key}: ${label}`)).toEqual([
    'Shop-us-east-1/Record: A us-east-1.origin.shop.example.com',
    'Shop-eu-west-1/Record: A eu-west-1.origin.shop.example.com',
    'Shop-routing/Origin: A origin.shop.example.com',
    'Shop-routing/Latencyuseast1: A latency.origin.shop.example.com (latency: us-east-1)',
    'Shop-routing/Latencyeuwest1: A latency.origin.shop.example.com (latency: eu-west-1)',
  ]);
});
