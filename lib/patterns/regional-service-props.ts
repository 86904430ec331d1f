import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { OriginAccess, OriginPrefixLists } from '../balancing';
import type { ServiceDomain } from '../core';
import type { IWebAcl, ManagedRuleGroup } from '../waf';

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
   * A regional web ACL to use. Behind an edge it has to let the probe through and to demand the secret header. Another one on a live service
   * replaces the association; whether the balancer is without any in between isn't documented, so look at it after the deployment.
   *
   * @default - a new `WebAcl`; with a `loadBalancer` or `listener` that the internet may reach only if `managedRuleGroups` are given
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
   * @default - found by their names at deploy time, with an edge; without one they are an error
   */
  readonly prefixLists?: OriginPrefixLists;

  /**
   * The managed rule groups of a new web ACL; see `WebAcl`.
   *
   * @default - those of `WebAcl`: fewer behind an edge, which has judged a request already, as long as nobody gets around it
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
