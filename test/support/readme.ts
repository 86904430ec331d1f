import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The root of the checkout. */
export const ROOT = join(__dirname, '..', '..');

/** A code block of a document. */
export interface CodeBlock {
  /** Where it begins, for messages: `README.md:45`. */
  readonly at: string;
  /** What stands around it; undefined for a block that is a whole program. */
  readonly fixture?: string;
  readonly code: string;
}

/** What stands before a block that shows a part of a program; `app` is synthesized after each block but that of `jest`. */
const IMPORTS = `
import { App, Duration, Stack, Stage } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { balancing, core, dns, edge, health, patterns } from 'cdk-headgate';
`;
const STACK = `${IMPORTS}
const app = new App();
const stack = new core.SiteStack(app, 'Test', { env: { region: 'eu-west-1' } });
const vpc = new ec2.Vpc(stack, 'Vpc');
const domain = core.ServiceDomain.fromHostedZoneAttributes({
  hostedZoneId: 'Z0123456789EXAMPLE', zoneName: 'example.com', recordName: 'shop',
});
`;
const SHOP = `
function addShop(scope: App | Stage, zone = { hostedZoneId: 'Z0123456789EXAMPLE', zoneName: 'example.com' }): patterns.GlobalService {
  const shop = new patterns.GlobalService(scope, 'Shop', {
    domain: core.ServiceDomain.fromHostedZoneAttributes({ ...zone, recordName: 'shop' }),
    routing: dns.GlobalRouting.latency(),
    controlRegion: 'us-west-2',
    edge: {},
  });
  const site = shop.addRegion('eu-west-1');
  site.addRoute('All', { conditions: [balancing.Conditions.pathUnder('/')], forwardTo: [site.addFleet('Web', { port: 8080 }).weighted(1)] });
  return shop;
}
`;
const FIXTURES: Record<string, string> = {
  jest: '',
  stack: STACK,
  own: `${STACK}
const zone = route53.HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z0123456789EXAMPLE', zoneName: 'example.com' });
const certificate = acm.Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:eu-west-1:111122223333:certificate/abc');
const loadBalancer = new elbv2.ApplicationLoadBalancer(stack, 'Balancer', { vpc });
const listener = loadBalancer.addListener('Https', {
  protocol: elbv2.ApplicationProtocol.HTTPS, certificates: [certificate], open: false, defaultAction: elbv2.ListenerAction.fixedResponse(404),
});
const targetGroup = new elbv2.ApplicationTargetGroup(stack, 'Targets', { vpc, port: 8080, targetType: elbv2.TargetType.IP });
const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task');
taskDefinition.addContainer('app', { image: ecs.ContainerImage.fromRegistry('app'), portMappings: [{ containerPort: 8080 }] });
const fargateService = new ecs.FargateService(stack, 'Service', { cluster: new ecs.Cluster(stack, 'Cluster', { vpc }), taskDefinition });
`,
  site: `${STACK}
const site = new patterns.RegionalService(stack, 'Shop', { domain, vpc });
const blue = site.addFleet('Blue', { port: 8080 });
const green = site.addFleet('Green', { port: 8080 });
`,
  rotation: STACK,
  shop: `${STACK}${SHOP}
const shop = addShop(app);
`,
  stages: `${IMPORTS}${SHOP}
const app = new App();
`,
};
/** What has to follow a part of a program. */
const ENDINGS: Record<string, string> = {
  rotation: `
const site = shop.addRegion('eu-west-1');
site.addRoute('All', { conditions: [balancing.Conditions.pathUnder('/')], forwardTo: [site.addFleet('Web', { port: 8080 }).weighted(1)] });
`,
};

/** The TypeScript blocks of a document of the checkout. */
export function typeScriptBlocks(document: string): CodeBlock[] {
  const text = readFileSync(join(ROOT, document), 'utf8');
  return [...text.matchAll(/^```ts(?: fixture=(\w+))?\n([\s\S]*?)^```$/gm)].map(
    ([, fixture, code = ''], index, all) => ({
      at: `${document}:${text.slice(0, all[index]!.index).split('\n').length}`,
      fixture,
      code,
    }),
  );
}

/** A block as a whole program that synthesizes, unless it is one for jest. */
export function program({ fixture, code, at }: CodeBlock): string {
  if (fixture === undefined) return `${code}\napp.synth();\n`;
  const before = FIXTURES[fixture];
  if (before === undefined)
    throw new Error(`${at} names the fixture '${fixture}', which is none of ${Object.keys(FIXTURES).join(', ')}`);
  return `${before}\n${code}${ENDINGS[fixture] ?? ''}${fixture === 'jest' ? 'export {};' : 'app.synth();'}\n`;
}
