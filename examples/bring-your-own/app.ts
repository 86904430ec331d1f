import { App } from 'aws-cdk-lib';
import { balancing, core, patterns } from '../../lib';
import { Platform } from './platform';

// The CDK asks which way references go: a strong one keeps the platform from taking away what a service uses.
const app = new App({ context: { '@aws-cdk/core:defaultCrossStackReferences': 'strong' } });
const env = { region: 'eu-west-1' };
const { vpc, zone, certificate, loadBalancer, listener, mainframe } = new Platform(app, 'Platform', { env });
const stack = new core.SiteStack(app, 'Services', { env });

// The zone, the network and the certificate are the platform's; balancer, listener, web ACL and servers are made.
const shop = new patterns.RegionalService(stack, 'Shop', {
  domain: core.ServiceDomain.fromHostedZone(zone, { recordName: 'shop' }),
  vpc,
  certificate,
});
const web = shop.addFleet('Web', { port: 8080 });
shop.addRoute('All', { conditions: [balancing.Conditions.pathUnder('/')], forwardTo: [web.weighted(1)] });

// Here the balancer, the listener and a target group are the platform's; rules, record and one fleet are made. No web ACL: a balancer takes one,
// which judges every request to it, so that it is the platform's too. `managedRuleGroups` would make one.
const orders = new patterns.RegionalService(stack, 'Orders', {
  domain: core.ServiceDomain.fromHostedZone(zone, { recordName: 'orders' }),
  loadBalancer,
  listener,
});
const api = orders.addFleet('Api', { port: 8080 });
const host = balancing.Conditions.host('orders.example.com');
orders.addRoute('Api', { conditions: [host, balancing.Conditions.pathUnder('/api')], forwardTo: [api.weighted(1)] });
orders.addRoute('All', { conditions: [host], forwardTo: [{ targetGroup: mainframe, weight: 1 }] });
