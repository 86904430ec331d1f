import { Annotations } from 'aws-cdk-lib';
import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as targets from 'aws-cdk-lib/aws-route53-targets';
import { CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import { OriginAccess, ServiceListener, ServiceLoadBalancer } from '../balancing';
import { ProbeRule } from '../balancing/private/probe-rule';
import { ServiceVpc, SiteCertificate } from '../core';
import { HeadgateError } from '../core/errors';
import { recordDefault } from '../core/private/defaults';
import { injected } from '../core/private/injection';
import { AccessRule, type IWebAcl, ManagedRuleGroup, WebAcl, WebAclScope } from '../waf';
import { checkWebAclScope } from '../waf/private/scope';
import { isDualStack } from './private/dual-stack';
import { ImportedRegionalService } from './private/imported-regional-service';
import { ServiceBase } from './private/service-base';
import { balancerOf, refuseUseless } from './private/useless-options';
import type { RegionalServiceAttributes } from './regional-service-attributes';
import type { RegionalServiceProps } from './regional-service-props';
import type { IRegionalService } from './regional-service-ref';

/** The path of the probe: alive or not, never how well. */
const PROBE_PATH = '/live';

/**
 * A service in one Region: network, firewall, balancer, routes, fleets and record, each its own or brought along.
 *
 * It makes what it isn't given, and hands all of it out as L2s. Fleets, target groups and routes live in scopes of their own, so
 * `addFleet('Api')` and `addRoute('Api')` get along.
 */
export class RegionalService extends ServiceBase implements IRegionalService {
  /** Uniquely identifies this class to property injectors. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-headgate.patterns.RegionalService';

  /**
   * A service of another stack, to whose listener this one adds routes inside a band of priorities.
   *
   * @param scope the construct that owns the routes
   * @param id the construct id
   * @param attributes the listener, its security group and network, and the band
   */
  public static fromRegionalServiceAttributes(
    scope: Construct,
    id: string,
    attributes: RegionalServiceAttributes,
  ): IRegionalService {
    return new ImportedRegionalService(scope, id, attributes);
  }

  /** The network of balancer and fleets. */
  public readonly vpc: ec2.IVpc;

  /** The balancer. */
  public readonly loadBalancer: elbv2.IApplicationLoadBalancer;

  /** The HTTPS listener. */
  public readonly listener: elbv2.IApplicationListener;

  /** The certificate of a new listener; undefined when the listener was brought along. */
  public readonly certificate?: acm.ICertificate;

  /** The web ACL in front of the balancer; undefined when there is none. */
  public readonly webAcl?: IWebAcl;

  /** The record that points at the balancer. */
  public readonly record: route53.ARecord;

  public constructor(scope: Construct, id: string, props: RegionalServiceProps) {
    super(scope, id);
    const given = injected(RegionalService.PROPERTY_INJECTION_ID, scope, id, props);
    refuseUseless(given, this);
    const originAccess = given.originAccess ?? OriginAccess.internet();
    const broughtBalancer = given.loadBalancer ?? balancerOf(given.listener);

    this.vpc = given.vpc ?? broughtBalancer?.vpc ?? this.makeVpc(given, broughtBalancer);
    this.loadBalancer =
      broughtBalancer ??
      new ServiceLoadBalancer(this, 'LoadBalancer', {
        vpc: this.vpc,
        originAccess,
        ipAddressType: given.ipAddressType,
        cloudFrontPrefixList: given.prefixLists?.cloudFront,
        healthCheckPrefixList: given.prefixLists?.healthChecks,
        deletionProtection: given.deletionProtection,
      });
    if (broughtBalancer && originAccess._closed) this.checkReachable(broughtBalancer);
    if (given.listener) {
      this.listener = given.listener;
    } else {
      this.certificate = given.certificate ?? new SiteCertificate(this, 'Certificate', { domain: given.domain });
      this.listener = new ServiceListener(this, 'Listener', {
        loadBalancer: this.loadBalancer,
        certificates: [this.certificate],
        originAccess,
      });
    }
    this.webAcl = this.makeWebAcl(given, originAccess, broughtBalancer !== undefined);
    const routes = this.initRoutes({
      listener: this.listener,
      firstPriority: given.firstPriority,
      lastPriority: given.lastPriority,
    });
    if (given.probeHost !== undefined) {
      new ProbeRule(this, 'Probe', { listener: this.listener, host: given.probeHost, path: PROBE_PATH, routes });
    }
    this.record = this.makeRecords(given);
    recordDefault(this, given.originAccess, {
      prop: 'originAccess',
      value: 'OriginAccess.internet()',
      why: 'no edge stands in front, so port 443 is open to the world behind a web ACL, and port 80 only redirects',
    });
  }

  /** What a balancer of this app says of itself; an imported one says nothing. */
  private checkReachable(loadBalancer: elbv2.IApplicationLoadBalancer): void {
    const resource = loadBalancer.node.defaultChild;
    if (resource instanceof elbv2.CfnLoadBalancer && resource.scheme === 'internal') {
      throw new HeadgateError(
        'HG9206',
        "'loadBalancer' must be internet-facing, got an internal one: neither CloudFront nor Route 53's checkers reach it; bring one with 'internetFacing' true",
        this,
      );
    }
    if (loadBalancer instanceof ServiceLoadBalancer) return;
    Annotations.of(this).addWarningV2(
      'cdk-headgate:broughtBalancer',
      'the balancer was brought along: its own security groups have to let the prefix lists of CloudFront and of Route 53 health checks in on port 443',
    );
  }

  private makeVpc(given: RegionalServiceProps, broughtBalancer?: elbv2.IApplicationLoadBalancer): ec2.IVpc {
    if (broughtBalancer) {
      throw new HeadgateError(
        'HG9202',
        "'vpc' must be given with a 'loadBalancer' that doesn't know its own: give the VPC that the balancer stands in",
        this,
      );
    }
    return new ServiceVpc(this, 'Vpc', {
      natGateways: given.natGateways,
      ipProtocol: isDualStack(given.ipAddressType) ? ec2.IpProtocol.DUAL_STACK : ec2.IpProtocol.IPV4_ONLY,
    });
  }

  private makeWebAcl(given: RegionalServiceProps, access: OriginAccess, brought: boolean): IWebAcl | undefined {
    const wanted = given.webAcl ?? given.managedRuleGroups;
    if (wanted === undefined && brought && !access._closed) return undefined;
    const probe = access._closed && given.probeHost !== undefined;
    const webAcl =
      given.webAcl ??
      new WebAcl(this, 'WebAcl', {
        webAclScope: WebAclScope.REGIONAL,
        behindEdge: access._hasEdge,
        managedRuleGroups: given.managedRuleGroups ?? groupsOfOpenOrigin(access),
        accessRules: [
          ...(probe ? [AccessRule.probe({ host: given.probeHost!, path: PROBE_PATH })] : []),
          ...access._accessRules(),
        ],
      });
    checkWebAclScope(webAcl, WebAclScope.REGIONAL, this);
    new CfnWebACLAssociation(this, 'WebAclAssociation', {
      resourceArn: this.loadBalancer.loadBalancerArn,
      webAclArn: webAcl.webAclArn,
    });
    return webAcl;
  }

  private makeRecords(given: RegionalServiceProps): route53.ARecord {
    const zone = given.domain.importHostedZone(this, 'Zone');
    const record = {
      zone,
      // The trailing dot keeps the L2 from appending the zone's name.
      recordName: `${given.recordName === undefined ? given.domain.serviceName : given.domain._fullName(given.recordName)}.`,
      // Another team's empty target group must not take the Region out (R53-5).
      target: route53.RecordTarget.fromAlias(
        new targets.LoadBalancerTarget(this.loadBalancer, { evaluateTargetHealth: false }),
      ),
    };
    if (isDualStack(this.loadBalancer.ipAddressType)) new route53.AaaaRecord(this, 'RecordIpv6', record);
    return new route53.ARecord(this, 'Record', record);
  }
}

/**
 * A balancer that is still open although an edge stands in front gets requests that no other web ACL has seen, so it keeps the rules that
 * judge requests. Those that judge addresses would see the edge's (WAF-2).
 */
function groupsOfOpenOrigin(access: OriginAccess): ManagedRuleGroup[] | undefined {
  if (access._closed || !access._hasEdge) return undefined;
  return [ManagedRuleGroup.commonRuleSet(), ManagedRuleGroup.knownBadInputs()];
}
