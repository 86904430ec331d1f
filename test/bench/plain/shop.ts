import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from 'aws-cdk-lib';
import { ControlStack } from './control';
import { EdgeStack } from './edge';
import type { ShopNames } from './names';
import { RoutingStack } from './routing';
import { SiteStack } from './site';

/** What the shop is made of. */
export interface PlainShopProps {
  readonly domain: string;
  readonly hostedZoneId: string;
  /** Where it serves. */
  readonly regions: string[];
  /** The folder of the programs that it deploys: `server.py`, and the monitor's bundle under `health-monitor`. */
  readonly programs: string;
}

const CONTROL_REGION = 'us-west-2';

/** The reference app's shop, `bin/shop.ts`, as one would write it with aws-cdk-lib alone. */
export function buildPlainShop(app: App, { domain, hostedZoneId, regions, programs: folder }: PlainShopProps): void {
  const service = `shop.${domain}`;
  const names: ShopNames = { zoneName: domain, hostedZoneId, service, origin: `origin.${service}`, prefix: 'Shop' };
  const stack = (kind: string, region = kind) => ({ stackName: `Shop-${kind}`, env: { region }, names });

  const programs = { server: readFileSync(join(folder, 'server.py'), 'utf8'), monitor: join(folder, 'health-monitor') };

  const control = new ControlStack(app, 'Shop-control', { ...stack('control', CONTROL_REGION), regions });
  const routing = new RoutingStack(app, 'Shop-routing', { ...stack('routing', CONTROL_REGION), regions });
  routing.addStackDependency(control);
  for (const region of regions) {
    const site = new SiteStack(app, `Shop-${region}`, { ...stack(region), programs });
    site.addStackDependency(control);
    routing.addStackDependency(site);
  }
  const edge = new EdgeStack(app, 'Shop-edge', stack('edge', 'us-east-1'));
  edge.addStackDependency(routing);
}
