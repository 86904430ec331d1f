import * as ssm from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { balancing, core, patterns } from '../../lib';

/** The owner's stack: the service, a route for what no other team takes, and what other teams have to know. */
export class ShopStack extends core.SiteStack {
  public constructor(scope: Construct, id: string, props: core.ServiceStackProps) {
    super(scope, id, props);
    const site = new patterns.RegionalService(this, 'Shop', {
      domain: core.ServiceDomain.fromHostedZoneAttributes({
        hostedZoneId: 'Z0123456789EXAMPLE',
        zoneName: 'example.com',
        recordName: 'shop',
      }),
    });
    const web = site.addFleet('Web', { port: 8080 });
    site.addRoute('All', { conditions: [balancing.Conditions.pathUnder('/')], forwardTo: [web.weighted(1)] });

    const [securityGroup] = site.loadBalancer.connections.securityGroups;
    const handedOut = {
      listener: site.listener.listenerArn,
      'security-group': securityGroup!.securityGroupId,
      vpc: site.vpc.vpcId,
      subnets: site.vpc.privateSubnets.map(({ subnetId }) => subnetId).join(','),
    };
    for (const [name, stringValue] of Object.entries(handedOut)) {
      new ssm.StringParameter(this, name, { parameterName: `/shop/${name}`, stringValue });
    }
  }
}
