import { Annotations, Fn } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { balancing, core, patterns } from '../../lib';

/** The other team's stack: its servers, and routes to them in the band that it agreed on with the owner. */
export class CheckoutStack extends core.SiteStack {
  public constructor(scope: Construct, id: string, props: core.ServiceStackProps) {
    super(scope, id, props);
    const read = (name: string) => ssm.StringParameter.valueForStringParameter(this, `/shop/${name}`);
    const { availabilityZones } = this;
    const vpc = ec2.Vpc.fromVpcAttributes(this, 'Vpc', {
      vpcId: read('vpc'),
      availabilityZones,
      privateSubnetIds: Fn.split(',', read('subnets'), availabilityZones.length),
    });
    // Servers ask nothing of a route table.
    Annotations.of(vpc).acknowledgeWarning('@aws-cdk/aws-ec2:noSubnetRouteTableId');

    const shop = patterns.RegionalService.fromRegionalServiceAttributes(this, 'Shop', {
      listenerArn: read('listener'),
      securityGroupId: read('security-group'),
      vpc,
      firstPriority: 20_000,
      lastPriority: 24_999,
    });
    const checkout = shop.addFleet('Checkout', { port: 8080 });
    shop.addRoute('Checkout', {
      conditions: [balancing.Conditions.pathUnder('/checkout')],
      forwardTo: [checkout.weighted(1)],
    });
  }
}
