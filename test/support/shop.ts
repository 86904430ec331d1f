import { App, type Stage } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { balancing, core, dns, edge, patterns } from '../../lib';

/** One resource of a template; what is in it is looked at by tests that know its type. */
export interface ResourceJson {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: the shape is CloudFormation's, and the tests say what they expect of it.
  readonly Properties?: any;
  readonly DependsOn?: string[];
}

/** A template as JSON. */
export interface TemplateJson {
  readonly Resources: Record<string, ResourceJson>;
}

/** What a shop of the tests may differ in. */
export interface ShopOptions extends Partial<patterns.GlobalServiceProps> {
  readonly regions?: string[];
  readonly sites?: Record<string, patterns.SiteOptions>;
  /** The routes of every site; the reference app's when left out. */
  readonly routes?: (site: patterns.RegionalService) => void;
  readonly id?: string;
}

export const DOMAIN = core.ServiceDomain.fromHostedZoneAttributes({
  hostedZoneId: 'Z0123456789EXAMPLE',
  zoneName: 'example.com',
  recordName: 'shop',
});

/** A service like the reference app's, in two Regions behind an edge unless the options say otherwise. */
export function makeShop(scope: Construct, options: ShopOptions = {}): patterns.GlobalService {
  const { regions = ['us-east-1', 'eu-west-1'], sites = {}, routes = addRoutes, id = 'Shop', ...props } = options;
  const shop = new patterns.GlobalService(scope, id, {
    domain: DOMAIN,
    routing: dns.GlobalRouting.latency(),
    controlRegion: 'us-west-2',
    ...('edge' in props ? {} : { edge: { behaviors: [edge.CacheRule.staticAssets('/static/*')] } }),
    ...props,
  });
  for (const region of regions) routes(shop.addRegion(region, sites[region]));
  return shop;
}

/** The reference app's fleets and routes. */
export function addRoutes(site: patterns.RegionalService): void {
  const blue = site.addFleet('Blue', { port: 8080, minCapacity: 3 });
  const green = site.addFleet('Green', { port: 8080, minCapacity: 3 });
  site.addRoute('Api', {
    conditions: [balancing.Conditions.pathUnder('/api')],
    forwardTo: [blue.weighted(90), green.weighted(10)],
  });
  site.addRoute('All', { conditions: [balancing.Conditions.pathUnder('/')], forwardTo: [blue.weighted(1)] });
}

/** The templates of an app or Stage, by stack name. */
export function templatesOf(stage: Stage): Record<string, TemplateJson> {
  const assembly = stage.synth();
  return Object.fromEntries(assembly.stacks.map((stack) => [stack.stackName, stack.template]));
}

let usual: Record<string, TemplateJson> | undefined;

/** The templates of a shop, by stack name; the usual one's are made once. */
export function synthShop(options?: ShopOptions): Record<string, TemplateJson> {
  if (!options) {
    usual ??= synthShop({});
    return usual;
  }
  const app = new App();
  makeShop(app, options);
  return templatesOf(app);
}

/** The resources of one type, by logical id. */
export function resourcesOf(template: TemplateJson, type: string): Record<string, ResourceJson> {
  return Object.fromEntries(Object.entries(template.Resources ?? {}).filter(([, { Type }]) => Type === type));
}
