import { Annotations, Aspects, Stack, Stage } from 'aws-cdk-lib';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import { OriginAccess } from '../balancing';
import { ControlStack, EdgeStack, RoutingStack, type ServiceDomain, SiteStack } from '../core';
import { HeadgateError } from '../core/errors';
import { CrossRegionGuard } from '../core/private/cross-region-guard';
import { recordDefault } from '../core/private/defaults';
import { injected } from '../core/private/injection';
import { checkRegion, US_EAST_1 } from '../core/private/regions';
import { type GlobalRouting, ServiceRecord, ServiceRouting } from '../dns';
import { EdgeDistribution, type EdgeOptions, OriginSecrets } from '../edge';
import { HealthMonitor, HealthProbe, LiveCheck, RegionCheck } from '../health';
import { isDualStack } from './private/dual-stack';
import {
  checkAccount,
  checkAddresses,
  checkNamePrefix,
  checkProbeable,
  checkSiteOptions,
  checkSiteRegion,
  checkSiteStack,
  namesakes,
  warnOfZones,
} from './private/site-checks';
import { RegionalService } from './regional-service';
import type { SiteOptions } from './site-options';

/** Properties of a `GlobalService`. */
export interface GlobalServiceProps {
  /** The service's name and zone. */
  readonly domain: ServiceDomain;

  /** How a Region is chosen for a request. */
  readonly routing: GlobalRouting;

  /**
   * The Region of what all sites share: secrets, health checks, policy records. It serves no traffic, and can't change once the service is
   * live.
   */
  readonly controlRegion: string;

  /**
   * The account of all stacks that don't say otherwise.
   *
   * @default - that of the Stage, else the one that deploys
   */
  readonly account?: string;

  /**
   * A CDN in front of the Regions. `{}` is one with every default.
   *
   * @default - no CDN: the balancers serve the internet
   */
  readonly edge?: EdgeOptions;

  /**
   * Who may reach the balancers.
   *
   * @default - OriginAccess.secretHeader() with an edge, OriginAccess.internet() without
   */
  readonly originAccess?: OriginAccess;

  /**
   * The addresses of every Region's balancer, and so whether every name has an AAAA record too.
   *
   * @default elbv2.IpAddressType.IPV4
   */
  readonly ipAddressType?: elbv2.IpAddressType;
}

/**
 * One service in several Regions behind one name.
 *
 * It is made of stacks that share names and no references: `control`, one for each Region, `routing` and `edge`, deployed in this order.
 * Each is a child of this construct, so `cdk deploy 'Shop/*'` and tags select them; its name is `[stage, id, kind].join('-')`.
 */
export class GlobalService extends Construct {
  /** Uniquely identifies this class to property injectors. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-headgate.patterns.GlobalService';

  /** Deployed first, in the control Region: what sites and edge need before they exist. */
  public readonly controlStack: ControlStack;

  /** Deployed after the sites, in the control Region: health checks and policy records. */
  public readonly routingStack: RoutingStack;

  /** Deployed last, in us-east-1: the distribution, if there is one, and the service's own record. */
  public readonly edgeStack: EdgeStack;

  /** The edge; undefined when the balancers serve the internet. */
  public readonly edge?: EdgeDistribution;

  private readonly props: GlobalServiceProps;
  private readonly originAccess: OriginAccess;
  private readonly secrets: OriginSecrets;
  private readonly routing: ServiceRouting;
  private readonly checks: Construct;
  private readonly siteServices = new Map<string, RegionalService>();
  private readonly siteMonitors: HealthMonitor[] = [];

  public constructor(scope: Construct, id: string, props: GlobalServiceProps) {
    super(scope, id);
    this.props = injected(GlobalService.PROPERTY_INJECTION_ID, scope, id, props);
    const { domain, routing, controlRegion, account, edge, ipAddressType } = this.props;
    checkRegion('controlRegion', controlRegion, this);
    checkAccount(account, this);
    checkNamePrefix(this.namePrefix, this);
    this.originAccess = this.accessOf(this.props);
    const dualStack = isDualStack(ipAddressType);

    this.controlStack = new ControlStack(this, 'control', this.stackProps('control', controlRegion));
    // Made with an edge or without: so one can come and go, and no secret with it that another stack still names (SM-1).
    this.secrets = new OriginSecrets(this.controlStack, 'OriginSecrets', { originAccess: this.originAccess });
    this.secrets.addReplicaRegion(US_EAST_1);

    this.routingStack = new RoutingStack(this, 'routing', this.stackProps('routing', controlRegion));
    this.routingStack.addStackDependency(this.controlStack);
    this.checks = new Construct(this.routingStack, 'Checks');
    this.routing = new ServiceRouting(this.routingStack, 'Routing', { domain, routing, dualStack });

    this.edgeStack = new EdgeStack(this, 'edge', this.stackProps('edge', US_EAST_1));
    this.edgeStack.addStackDependency(this.routingStack);
    if (edge) {
      this.edge = new EdgeDistribution(this.edgeStack, 'Edge', { ...edge, domain, originAccess: this.originAccess });
    }
    new ServiceRecord(this.edgeStack, 'Record', { domain, distribution: this.edge?.distribution, dualStack });

    // On the whole Stage, since a stack beside the service may refer to it, and the service to one that was brought along.
    const guard = new CrossRegionGuard((stack) => this.stacks().includes(stack));
    Aspects.of(Stage.of(this) ?? this).add(guard, { priority: 1000 });
    this.node.addValidation({ validate: () => namesakes(this.stacks()) });
    this.warnOfCountries();
    // On a stack: what stands outside of every stack reaches no cloud assembly.
    recordDefault(this.edgeStack, ipAddressType, {
      prop: 'ipAddressType',
      value: 'IPv4',
      why: 'adding IPv6 later changes the subnets of live VPCs: choose before the first deployment',
    });
    recordDefault(this.edgeStack, this.props.originAccess, {
      prop: 'originAccess',
      value: edge ? 'OriginAccess.secretHeader()' : 'OriginAccess.internet()',
      why: edge
        ? 'the balancers take requests from the edge alone'
        : 'no edge stands in front, so the balancers are open to the world on port 443',
    });
  }

  /** The services of the Regions, in the order in which they were added. */
  public get sites(): RegionalService[] {
    return [...this.siteServices.values()];
  }

  /**
   * The health monitors of the Regions, in the order of `sites`. With balancers that are open each probes its own Region; behind closed ones
   * all of them probe the service through the edge, as the Region `global`, since nothing else gets through.
   */
  public get monitors(): HealthMonitor[] {
    return [...this.siteMonitors];
  }

  /**
   * Adds a Region and returns its service, to which fleets and routes are added.
   *
   * @param region such as `eu-west-1`; not the control Region
   * @param options what is different there
   */
  public addRegion(region: string, options: SiteOptions = {}): RegionalService {
    const { domain, controlRegion } = this.props;
    checkRegion('region', region, this);
    checkSiteRegion(region, controlRegion, [...this.siteServices.keys()], this);
    checkSiteOptions(options, this);
    const stack = options.stack ?? this.makeSiteStack(region, options);
    checkSiteStack(stack, region, this.controlStack);
    if (options.stack) warnOfZones(options.stack, options.service);
    stack.addStackDependency(this.controlStack);
    this.routingStack.addStackDependency(stack);
    this.secrets.addReplicaRegion(region);

    const origin = domain.regionalOriginName(region);
    const site = new RegionalService(stack, this.node.id, {
      ...this.serviceOptions(options),
      domain,
      originAccess: this.originAccess,
      recordName: origin,
      probeHost: origin,
    });
    checkAddresses(site, region, this.props.ipAddressType);
    checkProbeable(site);
    this.siteServices.set(region, site);
    this.addMonitor(site, region);

    if (options.routed ?? true) {
      const checks = new Construct(this.checks, region);
      const live = new LiveCheck(checks, 'Live', { host: origin });
      const healthCheck = new RegionCheck(checks, 'Region', { children: [live] });
      this.routing.addRegion(region, { healthCheck, partner: options.partner });
    }
    return site;
  }

  /**
   * Behind closed balancers nobody but the edge and Route 53 gets through, so the monitor takes the road that viewers take, and speaks for
   * no Region: which one answers is chosen on the way.
   */
  private addMonitor(site: RegionalService, region: string): void {
    const { domain } = this.props;
    const probe = this.originAccess._closed
      ? { host: domain.serviceName, region: 'global' }
      : { host: domain.regionalOriginName(region), region };
    this.siteMonitors.push(
      new HealthMonitor(site, 'Monitor', {
        serviceName: domain.serviceName,
        probes: [HealthProbe.https({ ...probe, path: '/live' })],
      }),
    );
  }

  /** Behind closed balancers monitors ask the edge, from the countries of their Regions. */
  private warnOfCountries(): void {
    if (!this.originAccess._closed || this.props.edge?.geoRestriction?.restrictionType !== 'whitelist') return;
    Annotations.of(this.edgeStack).addWarningV2(
      'cdk-headgate:monitorOutsideOfCountries',
      "a monitor asks the edge from the country of its Region: where 'geoRestriction' doesn't let that in, it sees 403 and calls the service unhealthy; read the metrics of one in a country that is let in",
    );
  }

  private makeSiteStack(region: string, { account, availabilityZoneCount, stackProps }: SiteOptions): SiteStack {
    return new SiteStack(this, region, {
      ...stackProps,
      ...this.stackProps(region, region, account),
      availabilityZoneCount,
    });
  }

  private stackProps(kind: string, region: string, account = this.props.account) {
    return {
      stackName: `${this.namePrefix}-${kind}`,
      env: { account, region },
    };
  }

  private serviceOptions({ service }: SiteOptions) {
    const brought = service?.loadBalancer !== undefined || service?.listener !== undefined;
    return brought ? service : { ipAddressType: this.props.ipAddressType, ...service };
  }

  private accessOf({ edge, originAccess }: GlobalServiceProps): OriginAccess {
    const access = originAccess ?? (edge ? OriginAccess.secretHeader() : OriginAccess.internet());
    if (access._closed && !edge) {
      throw new HeadgateError(
        'HG9214',
        "'originAccess' must be OriginAccess.internet() without an 'edge', got secretHeader(): nobody would send the header; give an 'edge', or leave 'originAccess' out",
        this,
      );
    }
    const prefix = `${this.namePrefix}/origin-access`;
    return edge ? access._behindEdge(prefix) : access._withSecretNamePrefix(prefix);
  }

  /** What the names of stacks and secrets begin with. */
  private get namePrefix(): string {
    return [Stage.of(this)?.stageName, this.node.id].filter((part) => part).join('-');
  }

  private stacks(): Stack[] {
    return [this.controlStack, this.routingStack, this.edgeStack, ...this.sites.map((site) => Stack.of(site))];
  }
}
