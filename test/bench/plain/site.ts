import { Fn, SecretValue, Stack, type StackProps } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as targets from 'aws-cdk-lib/aws-route53-targets';
import { CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import { Balancer } from './balancer';
import { siteRules, WebAcl } from './firewall';
import { Fleet } from './fleet';
import { Monitor } from './monitor';
import { PROBE_PATH, SECRET_HEADER, type ShopNames, secretName, siteName } from './names';

export interface SiteStackProps extends StackProps {
  readonly names: ShopNames;
  readonly programs: SitePrograms;
}

/** What a Region runs. */
export interface SitePrograms {
  /** The servers' program. */
  readonly server: string;
  /** The folder with the monitor's bundle. */
  readonly monitor: string;
}

/** One Region: network, balancer behind a firewall, two fleets, two routes, the Region's record and its monitor. */
export class SiteStack extends Stack {
  public constructor(scope: Construct, id: string, { names, programs, ...props }: SiteStackProps) {
    super(scope, id, props);
    const host = siteName(names, this.region);
    const vpc = this.addNetwork();
    const zone = route53.HostedZone.fromHostedZoneAttributes(this, 'Zone', names);
    const { loadBalancer } = new Balancer(this, 'Balancer', { vpc });
    const certificate = new acm.Certificate(this, 'Certificate', {
      domainName: names.service,
      subjectAlternativeNames: [names.origin, `*.${names.origin}`],
      validation: acm.CertificateValidation.fromDns(zone),
    });
    const listener = loadBalancer.addListener('Listener', {
      port: 443,
      protocol: elbv2.ApplicationProtocol.HTTPS,
      certificates: [certificate],
      sslPolicy: elbv2.SslPolicy.TLS13_12_RES_PQ,
      open: false,
      defaultAction: elbv2.ListenerAction.fixedResponse(403, { contentType: 'text/plain', messageBody: 'Forbidden' }),
    });
    const secrets = [1, 2].map((number) => SecretValue.secretsManager(secretName(names, number)).unsafeUnwrap());
    const webAcl = new WebAcl(this, 'WebAcl', {
      scope: 'REGIONAL',
      protectedHeaders: [SECRET_HEADER],
      rules: siteRules(host, PROBE_PATH, SECRET_HEADER, secrets),
    });
    new CfnWebACLAssociation(this, 'WebAclAssociation', {
      webAclArn: webAcl.arn,
      resourceArn: loadBalancer.loadBalancerArn,
    });
    this.addServers(vpc, listener, host, programs.server);
    new route53.ARecord(this, 'Record', {
      zone,
      recordName: `${host}.`,
      target: route53.RecordTarget.fromAlias(
        new targets.LoadBalancerTarget(loadBalancer, { evaluateTargetHealth: false }),
      ),
    });
    new Monitor(this, 'Monitor', { host: names.service, bundle: programs.monitor });
  }

  /** Without a look-up, and so without credentials. */
  public override get availabilityZones(): string[] {
    return [0, 1, 2].map((index) => Fn.select(index, Fn.getAzs()));
  }

  private addNetwork(): ec2.Vpc {
    const vpc = new ec2.Vpc(this, 'Vpc', {
      maxAzs: 3,
      restrictDefaultSecurityGroup: true,
      subnetConfiguration: [
        { name: 'Public', subnetType: ec2.SubnetType.PUBLIC, mapPublicIpOnLaunch: false },
        { name: 'Private', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
      ],
    });
    const logGroup = new logs.LogGroup(vpc, 'FlowLogs', { retention: logs.RetentionDays.ONE_YEAR });
    vpc.addFlowLog('FlowLog', { destination: ec2.FlowLogDestination.toCloudWatchLogs(logGroup) });
    return vpc;
  }

  private addServers(vpc: ec2.Vpc, listener: elbv2.ApplicationListener, host: string, program: string): void {
    const blue = new Fleet(this, 'Blue', { vpc, program });
    const green = new Fleet(this, 'Green', { vpc, program });
    this.addRoute(
      'Api',
      listener,
      46_876,
      ['/api', '/api/*'],
      [
        [blue, 90],
        [green, 10],
      ],
    );
    const all = this.addRoute('All', listener, 49_617, ['/*'], [[blue, 1]]);
    const probe = new elbv2.CfnListenerRule(this, 'Probe', {
      listenerArn: listener.listenerArn,
      priority: 1,
      conditions: [
        { field: 'host-header', hostHeaderConfig: { values: [host] } },
        { field: 'path-pattern', pathPatternConfig: { values: [PROBE_PATH] } },
        { field: 'http-request-method', httpRequestMethodConfig: { values: ['GET'] } },
      ],
      actions: [
        {
          type: 'forward',
          forwardConfig: { targetGroups: [{ targetGroupArn: blue.targetGroup.targetGroupArn, weight: 1 }] },
        },
      ],
    });
    probe.node.addDependency(all);
    for (const fleet of [blue, green]) fleet.scaleOnRequests(48_000);
  }

  private addRoute(
    id: string,
    listener: elbv2.ApplicationListener,
    priority: number,
    paths: string[],
    shares: [Fleet, number][],
  ): elbv2.ApplicationListenerRule {
    const rule = new elbv2.ApplicationListenerRule(this, id, {
      listener,
      priority,
      conditions: [elbv2.ListenerCondition.pathPatterns(paths)],
      action: elbv2.ListenerAction.weightedForward(
        shares.map(([{ targetGroup }, weight]) => ({ targetGroup, weight })),
      ),
    });
    // Or it would forward to groups that are empty.
    for (const [fleet] of shares) rule.node.addDependency(fleet.group.node.defaultChild!);
    return rule;
  }
}
