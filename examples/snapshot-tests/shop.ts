import type { Construct } from 'constructs';
import { balancing, core, patterns } from '../../lib';

/** The stack that the app deploys and the tests look at. */
export class ShopStack extends core.SiteStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id, { env: { region: 'eu-west-1' } });
    const site = new patterns.RegionalService(this, 'Shop', {
      domain: core.ServiceDomain.fromHostedZoneAttributes({
        hostedZoneId: 'Z0123456789EXAMPLE',
        zoneName: 'example.com',
        recordName: 'shop',
      }),
    });
    const blue = site.addFleet('Blue', { port: 8080 });
    const green = site.addFleet('Green', { port: 8080 });
    site.addRoute('All', {
      conditions: [balancing.Conditions.pathUnder('/')],
      forwardTo: [blue.weighted(90), green.weighted(10)],
    });
  }
}
