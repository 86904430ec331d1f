import type { Construct } from 'constructs';
import { balancing, core, dns, edge, patterns } from '../lib';

/** What a deployment of the shop can say, each key by itself: `cdk deploy -c domain=example.com`. */
export interface ShopProps {
  /** The account to deploy into. */
  readonly account?: string;
  /** The zone's name; the shop is `shop` in it. */
  readonly domain: string;
  /** The zone's id. */
  readonly hostedZoneId: string;
  /** Whether balancers are protected from deletion, and so the shop from being torn down; they are when left out. */
  readonly deletionProtection?: boolean;
  /** Where it serves; not us-west-2, from where it is controlled. */
  readonly regions?: string[];
}

/** The reference app: a web shop, in two Regions unless others are named, behind one name, with an edge in front. */
export function buildShop(scope: Construct, props: ShopProps): patterns.GlobalService {
  const shop = new patterns.GlobalService(scope, 'Shop', {
    account: props.account,
    domain: core.ServiceDomain.fromHostedZoneAttributes({
      hostedZoneId: props.hostedZoneId,
      zoneName: props.domain,
      recordName: 'shop',
    }),
    routing: dns.GlobalRouting.latency(),
    controlRegion: 'us-west-2',
    edge: { behaviors: [edge.CacheRule.staticAssets('/static/*')] },
  });
  for (const region of props.regions ?? ['us-east-1', 'eu-west-1']) addSite(shop, region, props);
  return shop;
}

function addSite(shop: patterns.GlobalService, region: string, { deletionProtection }: ShopProps): void {
  const site = shop.addRegion(region, { service: { deletionProtection } });
  const blue = site.addFleet('Blue', { port: 8080, minCapacity: 3, requestsPerTargetPerMinute: 48_000 });
  const green = site.addFleet('Green', { port: 8080, minCapacity: 3, requestsPerTargetPerMinute: 48_000 });
  site.addRoute('Api', {
    conditions: [balancing.Conditions.pathUnder('/api')],
    forwardTo: [blue.weighted(90), green.weighted(10)],
  });
  site.addRoute('All', {
    conditions: [balancing.Conditions.pathUnder('/')],
    forwardTo: [blue.weighted(1)],
  });
}
