import { App } from 'aws-cdk-lib';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import { core, dns, edge } from '../../lib';

const app = new App();
const stack = new core.EdgeStack(app, 'Edge', { env: { region: 'us-east-1' } });

const domain = core.ServiceDomain.fromHostedZoneAttributes({
  hostedZoneId: 'Z0123456789EXAMPLE',
  zoneName: 'example.com',
  recordName: 'shop',
});
const origin = new origins.HttpOrigin('legacy.example.com');

const front = new edge.EdgeDistribution(stack, 'Edge', {
  domain,
  behaviors: [edge.CacheRule.staticAssets('/static/*', { origin }), edge.CacheRule.dynamic('/*', { origin })],
});
new dns.ServiceRecord(stack, 'Record', { domain, distribution: front.distribution });
