import { Annotations } from 'aws-cdk-lib';
import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as targets from 'aws-cdk-lib/aws-route53-targets';
import { CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import { OriginAccess, type OriginPrefixLists, ServiceListener, ServiceLoadBalancer } from '../balancing';
import { ProbeRule } from '../balancing/private/probe-rule';
import { type ServiceDomain, ServiceVpc, SiteCertificate } from '../core';
import { HeadgateError } from '../core/errors';
import { recordDefault } from '../core/private/defaults';
import { injected } from '../core/private/injection';
import { AccessRule, type IWebAcl, type ManagedRuleGroup, WebAcl, WebAclScope } from '../waf';
import { ImportedRegionalService } from './private/imported-regional-service';
import { ServiceBase } from './private/service-base';
import type { RegionalServiceAttributes } from './regional-service-attributes';
import type { IRegionalService } from './regional-service-ref';

/** What may be brought to a service in one Region, and what may be chosen about it. */
export interface RegionalServiceOptions {
  /**
   * The network of balancer and fleets.
   *
   * @default - that of `loadBalancer`, else a new `ServiceVpc`
   */
  readonly vpc?: ec2.IVpc;

  /**
   * How many NAT gateways a new VPC has; see `ServiceVpc`.
   *
   * @default - one a zone
   */
  readonly natGateways?: number;

  /**
   * A balancer to use; its logs and attributes stay its owner's matter. With `OriginAccess.internet()` the new listener opens its security
   * groups on port 443, and on port 80 for a redirect; behind an edge its owner lets CloudFront's and the checkers' prefix lists in.
   *
   * @default - that of `listener`, else a new `ServiceLoadBalancer`
   */
  readonly loadBalancer?: elbv2.IApplicationLoadBalancer;

  /**
   * An HTTPS listener to use. Its certificate and default action stay its owner's matter. An imported one needs `loadBalancer` too, since
   * the record points there.
   *
   * @default - a new `ServiceListener`
   */
  readonly listener?: elbv2.IApplicationListener;

  /**
   * A certificate to use, of this Region. It must cover the service's name and, in a `GlobalService`, `origin.` and `*.origin.` of it.
   *
   * @default - a new `SiteCertificate`; none with `listener`
   */
  readonly certificate?: acm.ICertificate;

  /**
   * A regional web ACL to use. Behind an edge it has to let the probe through and to demand the secret header.
   *
   * @default - a new `WebAcl`; with a `loadBalancer` or `listener` that the internet may reach, none
   */
  readonly webAcl?: IWebAcl;

  /**
   * The addresses of a new balancer. DUAL_STACK gives the VPC IPv6 too, and the service AAAA records.
   *
   * @default elbv2.IpAddressType.IPV4
   */
  readonly ipAddressType?: elbv2.IpAddressType;

  /**
   * The first priority that routes take; 1 to 99 stay free.
   *
   * @default 30000
   */
  readonly firstPriority?: number;

  /**
   * The last priority that routes take. The band spans at least 1,000; a changed band moves every route.
   *
   * @default 49999
   */
  readonly lastPriority?: number;

  /**
   * The prefix lists of this Region, for a new balancer.
   *
   * @default - found by their names at deploy time, where `originAccess` needs them
   */
  readonly prefixLists?: OriginPrefixLists;

  /**
   * The managed rule groups of a new web ACL; see `WebAcl`.
   *
   * @default - those of `WebAcl`: fewer behind an edge, which has judged a request already
   */
  readonly managedRuleGroups?: ManagedRuleGroup[];

  /**
   * Whether a new balancer is protected from deletion. Protected, it also outlives a first deployment that fails and is rolled back.
   *
   * @default true
   */
  readonly deletionProtection?: boolean;
}

/** Properties of a `RegionalService`. */
export interface RegionalServiceProps extends RegionalServiceOptions {
  /** The service's name and zone. */
  readonly domain: ServiceDomain;

  /**
   * Who may reach the balancer.
   *
   * @default OriginAccess.internet()
   */
  readonly originAccess?: OriginAccess;

  /**
   * The name of the record that points at the balancer, inside the domain's zone.
   *
   * @default - the service's name
   */
  readonly recordName?: string;

  /**
   * A host name under which GET `/live`, exempt from the secret header, is answered by the fleets that serve: what a Route 53 health check
   * asks.
   *
   * @default - no such rule
   */
  readonly probeHost?: string;
}

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
    if (given.webAcl === undefined && brought && !access._closed) return undefined;
    const probe = access._closed && given.probeHost !== undefined;
    const webAcl =
      given.webAcl ??
      new WebAcl(this, 'WebAcl', {
        webAclScope: WebAclScope.REGIONAL,
        behindEdge: access._hasEdge,
        managedRuleGroups: given.managedRuleGroups,
        accessRules: [
          ...(probe ? [AccessRule.probe({ host: given.probeHost!, path: PROBE_PATH })] : []),
          ...access._accessRules(),
        ],
      });
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

function balancerOf(listener?: elbv2.IApplicationListener): elbv2.IApplicationLoadBalancer | undefined {
  return listener instanceof elbv2.ApplicationListener ? listener.loadBalancer : undefined;
}

function isDualStack(type?: elbv2.IpAddressType): boolean {
  return type === elbv2.IpAddressType.DUAL_STACK;
}

/** An option that would do nothing beside another one is a misunderstanding. */
function refuseUseless(given: RegionalServiceProps, scope: Construct): void {
  const useless: [keyof RegionalServiceProps, keyof RegionalServiceProps][] = [
    ['natGateways', 'vpc'],
    ['natGateways', 'loadBalancer'],
    ['natGateways', 'listener'],
    ['certificate', 'listener'],
    ['ipAddressType', 'loadBalancer'],
    ['ipAddressType', 'listener'],
    ['prefixLists', 'loadBalancer'],
    ['prefixLists', 'listener'],
    ['deletionProtection', 'loadBalancer'],
    ['deletionProtection', 'listener'],
    ['managedRuleGroups', 'webAcl'],
  ];
  if (given.ipAddressType === elbv2.IpAddressType.DUAL_STACK_WITHOUT_PUBLIC_IPV4) {
    throw new HeadgateError(
      'HG9205',
      `'ipAddressType' must be IPV4 or DUAL_STACK, got '${given.ipAddressType}': Route 53 checks a name over IPv4 alone (R53-7); use DUAL_STACK`,
      scope,
    );
  }
  const pair = useless.find(([prop, beside]) => given[prop] !== undefined && given[beside] !== undefined);
  if (pair) {
    throw new HeadgateError(
      'HG9201',
      `'${pair[0]}' does nothing beside '${pair[1]}', which brings its own: leave '${pair[0]}' out`,
      scope,
    );
  }
  if (given.listener && !given.loadBalancer && !balancerOf(given.listener)) {
    throw new HeadgateError(
      'HG9203',
      "'loadBalancer' must be given with an imported 'listener', since the record points there: import the balancer too",
      scope,
    );
  }
}
