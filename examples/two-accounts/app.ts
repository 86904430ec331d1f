import { App, Stage } from 'aws-cdk-lib';
import { balancing, core, dns, patterns } from '../../lib';

/** What differs between the environments. */
interface Environment {
  readonly account: string;
  readonly hostedZoneId: string;
  readonly zoneName: string;
  readonly regions: string[];
  readonly minCapacity: number;
}

const ENVIRONMENTS: Record<string, Environment> = {
  Test: {
    account: '111111111111',
    hostedZoneId: 'Z0123456789TEST',
    zoneName: 'test.example.com',
    regions: ['eu-west-1'],
    minCapacity: 1,
  },
  Prod: {
    account: '222222222222',
    hostedZoneId: 'Z0123456789PROD',
    zoneName: 'example.com',
    regions: ['eu-west-1', 'us-east-1'],
    minCapacity: 3,
  },
};

const app = new App();
for (const [name, { account, regions, minCapacity, ...zone }] of Object.entries(ENVIRONMENTS)) {
  const stage = new Stage(app, name, { env: { account } });
  const shop = new patterns.GlobalService(stage, 'Shop', {
    domain: core.ServiceDomain.fromHostedZoneAttributes({ ...zone, recordName: 'shop' }),
    routing: dns.GlobalRouting.latency(),
    controlRegion: 'us-west-2',
    edge: {},
  });
  for (const region of regions) {
    const site = shop.addRegion(region);
    const web = site.addFleet('Web', { port: 8080, minCapacity });
    site.addRoute('All', { conditions: [balancing.Conditions.pathUnder('/')], forwardTo: [web.weighted(1)] });
  }
}
