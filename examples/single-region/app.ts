import { App } from 'aws-cdk-lib';
import { balancing, core, patterns } from '../../lib';

const app = new App();
const stack = new core.SiteStack(app, 'Shop', { env: { region: 'eu-west-1' } });

const site = new patterns.RegionalService(stack, 'Shop', {
  domain: core.ServiceDomain.fromHostedZoneAttributes({
    hostedZoneId: 'Z0123456789EXAMPLE',
    zoneName: 'example.com',
    recordName: 'shop',
  }),
});
const web = site.addFleet('Web', { port: 8080 });
site.addRoute('All', {
  conditions: [balancing.Conditions.pathUnder('/')],
  forwardTo: [web.weighted(1)],
});
