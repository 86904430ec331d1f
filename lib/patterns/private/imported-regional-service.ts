import { Annotations } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import { OWNER_BAND } from '../../balancing/private/route-priority';
import type { RegionalServiceAttributes } from '../regional-service-attributes';
import type { IRegionalService } from '../regional-service-ref';
import { ServiceBase } from './service-base';

/** A service of another stack or app, to which this one adds routes inside its band. */
export class ImportedRegionalService extends ServiceBase implements IRegionalService {
  public readonly listener: elbv2.IApplicationListener;
  public readonly vpc: ec2.IVpc;

  public constructor(scope: Construct, id: string, attributes: RegionalServiceAttributes) {
    super(scope, id);
    this.vpc = attributes.vpc;
    this.listener = elbv2.ApplicationListener.fromApplicationListenerAttributes(this, 'Listener', {
      listenerArn: attributes.listenerArn,
      // A balancer's group lets nothing out of itself, so each target needs a rule on it, which this stack then owns.
      securityGroup: ec2.SecurityGroup.fromSecurityGroupId(this, 'SecurityGroup', attributes.securityGroupId, {
        allowAllOutbound: false,
      }),
    });
    if (attributes.lastPriority >= OWNER_BAND.first) {
      Annotations.of(this).addWarningV2(
        'cdk-headgate:importerBand',
        `the band ends at ${attributes.lastPriority}, and the owner's begins at ${OWNER_BAND.first} unless it says otherwise: a route for every path of the owner's may come first`,
      );
    }
    this.initRoutes({
      listener: this.listener,
      firstPriority: attributes.firstPriority,
      lastPriority: attributes.lastPriority,
    });
  }
}
