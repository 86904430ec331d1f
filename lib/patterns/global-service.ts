import { Aspects, Stack, Stage, Token } from 'aws-cdk-lib';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import { OriginAccess } from '../balancing';
import { ControlStack, EdgeStack, RoutingStack, type ServiceDomain, SiteStack } from '../core';
import { HeadgateError, problem } from '../core/errors';
import { CrossRegionGuard } from '../core/private/cross-region-guard';
import { recordDefault } from '../core/private/defaults';
import { injected } from '../core/private/injection';
import { checkRegion, US_EAST_1 } from '../core/private/regions';
import { type GlobalRouting, ServiceRecord, ServiceRouting } from '../dns';
import { EdgeDistribution, type EdgeOptions, OriginSecrets } from '../edge';
import { HealthMonitor, HealthProbe, LiveCheck, RegionCheck } from '../health';
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

  public constructor(scope: Construct, id: string, props: GlobalServiceProps) {
    super(scope, id);
    this.props = injected(GlobalService.PROPERTY_INJECTION_ID, scope, id, props);
    const { domain, routing, controlRegion, edge, ipAddressType } = this.props;
    checkRegion('controlRegion', controlRegion, this);
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
    this.node.addValidation({ validate: () => this.namesakes() });
    // On a stack: what stands outside of every stack reaches no cloud assembly.
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
   * Adds a Region and returns its service, to which fleets and routes are added.
   *
   * @param region such as `eu-west-1`; not the control Region
   * @param options what is different there
   */
  public addRegion(region: string, options: SiteOptions = {}): RegionalService {
    this.checkSite(region, options);
    const { domain } = this.props;
    const stack = options.stack ?? this.makeSiteStack(region, options);
    this.checkStack(stack, region);
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
    this.checkAddresses(site, region);
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
    new HealthMonitor(site, 'Monitor', {
      serviceName: domain.serviceName,
      probes: [HealthProbe.https({ ...probe, path: '/live' })],
    });
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

  private checkSite(region: string, options: SiteOptions): void {
    checkRegion('region', region, this);
    if (region === this.props.controlRegion) {
      throw new HeadgateError(
        'HG9211',
        `'region' must not be the control Region, got '${region}': what decides about Regions must not fail with one; choose another 'controlRegion' that serves no traffic`,
        this,
      );
    }
    if (this.siteServices.has(region)) {
      throw new HeadgateError(
        'HG9212',
        `'region' must be added once, got '${region}' twice: add fleets to the first`,
        this,
      );
    }
    const { stack, stackProps, account, availabilityZoneCount } = options;
    if (stack && (stackProps || account || availabilityZoneCount !== undefined)) {
      throw new HeadgateError(
        'HG9201',
        "'stackProps', 'account' and 'availabilityZoneCount' do nothing beside 'stack', which brings its own: leave them out",
        this,
      );
    }
    if (stackProps?.crossRegionReferences) refuseCrossRegionReferences(this);
  }

  private checkStack(stack: Stack, region: string): void {
    // The CDK keeps the flag to itself, under this name since 2.50.
    if ((stack as unknown as { _crossRegionReferences?: boolean })._crossRegionReferences)
      refuseCrossRegionReferences(stack);
    if (stack.region !== region) {
      throw new HeadgateError(
        'HG0203',
        `'stack' must be in ${region}, got ${Token.isUnresolved(stack.region) ? 'one without a Region' : stack.region}: give it env.region '${region}'`,
        stack,
      );
    }
    if (stack.account !== this.controlStack.account) {
      throw new HeadgateError(
        'HG9213',
        `'account' of ${region} must be the service's: the records and certificates of all stacks go to one zone, and CloudFormation reaches the zones and secrets of its own account alone; put all sites into one account`,
        stack,
      );
    }
  }

  private stacks(): Stack[] {
    return [this.controlStack, this.routingStack, this.edgeStack, ...this.sites.map((site) => Stack.of(site))];
  }

  /** Two stacks of one name in one environment are one stack to CloudFormation. */
  private namesakes(): string[] {
    const all = this.node.root.node.findAll().filter(Stack.isStack);
    return [this.controlStack, this.routingStack, this.edgeStack, ...this.sites.map((site) => Stack.of(site))].flatMap(
      (own) =>
        all
          .filter(
            (other) => other !== own && other.stackName === own.stackName && other.environment === own.environment,
          )
          .map((other) =>
            problem(
              'HG9217',
              `the stack '${own.node.path}' has the name '${own.stackName}' and so has '${other.node.path}' in the same environment: give one of the services another id`,
            ),
          ),
    );
  }

  private checkAddresses(site: RegionalService, region: string): void {
    const actual = site.loadBalancer.ipAddressType ?? elbv2.IpAddressType.IPV4;
    if (isDualStack(actual) !== isDualStack(this.props.ipAddressType)) {
      throw new HeadgateError(
        'HG9215',
        `'ipAddressType' must be the same in all Regions, got '${actual}' in ${region}: say it once, on the GlobalService, and bring balancers that have it`,
        site,
      );
    }
  }
}

/** Route 53's checkers speak TLS 1.0 to 1.2 (R53-15). Of a listener that was brought along, only an L2 shows its policy. */
function checkProbeable(site: RegionalService): void {
  const resource = site.listener.node.defaultChild;
  const policy = resource instanceof elbv2.CfnListener ? resource.sslPolicy : undefined;
  if (policy === undefined || Token.isUnresolved(policy) || !policy.includes('TLS13-1-3')) return;
  throw new HeadgateError(
    'HG9216',
    `'sslPolicy' must take TLS 1.2 too, got '${policy}' (R53-15): Route 53 could not check the Region; use SslPolicy.TLS13_12_RES_PQ`,
    site,
  );
}

function isDualStack(type?: elbv2.IpAddressType): boolean {
  return type === elbv2.IpAddressType.DUAL_STACK;
}

function refuseCrossRegionReferences(scope: Construct): never {
  throw new HeadgateError(
    'HG0205',
    "'crossRegionReferences' must not be true: Regions share names, and a reference would tie the deployment of one to the health of another; leave it out",
    scope,
  );
}
