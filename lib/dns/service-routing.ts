import { Lazy } from 'aws-cdk-lib';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import type { ServiceDomain } from '../core';
import { HeadgateError, problem } from '../core/errors';
import { injected } from '../core/private/injection';
import { checkRegion } from '../core/private/regions';
import type { GlobalRouting } from './global-routing';
import { AliasRecords } from './private/alias-records';

/** What is known of a Region that gets traffic. */
export interface RoutedRegionOptions {
  /** The check that decides whether the Region gets traffic. */
  readonly healthCheck: route53.IHealthCheck;

  /**
   * The Region that takes this one's place when a read-only request is tried again.
   *
   * @default - the next of the Regions in the order in which they were added, the first after the last; a single Region is its own partner
   */
  readonly partner?: string;
}

/** Properties of a `ServiceRouting`. */
export interface ServiceRoutingProps {
  /** The service's name and zone. Each Region's balancer has a record under `<region>.origin.` of the name. */
  readonly domain: ServiceDomain;

  /** How a Region is chosen. */
  readonly routing: GlobalRouting;

  /**
   * Whether every balancer has IPv6 too, so that every name gets an AAAA record as well.
   *
   * @default false
   */
  readonly dualStack?: boolean;
}

/**
 * The records that send a service's requests to its Regions: the policy set, its mirror, and the two names that an edge uses, `origin.` and
 * `alt.origin.` of the service's name. Those two stay simple aliases forever, so a change of policy makes new sets beside the old ones and
 * moves the aliases.
 */
export class ServiceRouting extends Construct {
  /** Uniquely identifies this class to property injectors. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-headgate.dns.ServiceRouting';

  private readonly props: ServiceRoutingProps;
  private readonly zone: route53.IHostedZone;
  private readonly policySet: Construct;
  private readonly mirrorSet: Construct;
  private readonly regions = new Map<string, RoutedRegionOptions>();

  public constructor(scope: Construct, id: string, props: ServiceRoutingProps) {
    super(scope, id);
    this.props = injected(ServiceRouting.PROPERTY_INJECTION_ID, scope, id, props);
    const { domain, routing, dualStack } = this.props;
    this.zone = domain.importHostedZone(this, 'Zone');
    this.policySet = new Construct(this, routing._label);
    this.mirrorSet = new Construct(this, `alt.${routing._label}`);

    const simple = { zone: this.zone, dualStack, evaluateTargetHealth: true };
    for (const [id, set, prefix] of [
      ['Origin', this.policySet, ''],
      ['AltOrigin', this.mirrorSet, 'alt.'],
    ] as const) {
      const alias = new AliasRecords(this, id, {
        ...simple,
        recordName: `${prefix}${domain.originName}`,
        target: `${prefix}${this.policyName}`,
      });
      // A literal name orders nothing, and an alias needs its target to exist (R53-13).
      alias.node.addDependency(set);
    }
    this.node.addValidation({ validate: () => this.problems() });
  }

  /** Sends traffic to a Region, whose balancer's record must exist when this stack is deployed. */
  public addRegion(region: string, options: RoutedRegionOptions): void {
    checkRegion('region', region, this);
    if (this.regions.has(region)) {
      throw new HeadgateError(
        'HG8002',
        `'region' must be routed once, got '${region}' twice (R53-13): add it once`,
        this,
      );
    }
    this.regions.set(region, options);
    const { domain, routing, dualStack } = this.props;
    const policy = {
      ...routing._optionsFor(region),
      zone: this.zone,
      dualStack,
      evaluateTargetHealth: true,
    };
    new AliasRecords(this.policySet, region, {
      ...policy,
      recordName: this.policyName,
      target: domain.regionalOriginName(region),
      healthCheck: options.healthCheck,
    });
    new AliasRecords(this.mirrorSet, region, {
      ...policy,
      recordName: `alt.${this.policyName}`,
      // The partner may be added later.
      target: Lazy.string({ produce: () => domain.regionalOriginName(this.partnerOf(region)) }),
      healthCheck: route53.HealthCheck.fromHealthCheckId(
        this.mirrorSet,
        `${region}-check`,
        Lazy.string({ produce: () => this.regions.get(this.partnerOf(region))?.healthCheck.healthCheckId }),
      ),
    });
  }

  private get policyName(): string {
    return `${this.props.routing._label}.${this.props.domain.originName}`;
  }

  private partnerOf(region: string): string {
    const names = [...this.regions.keys()];
    return this.regions.get(region)?.partner ?? names[(names.indexOf(region) + 1) % names.length]!;
  }

  private problems(): string[] {
    if (this.regions.size === 0) {
      return [
        problem(
          'HG8001',
          "'addRegion' must be called for at least one Region that gets traffic, got none: add a Region without 'routed' false",
        ),
      ];
    }
    const names = [...this.regions.keys()];
    return names
      .filter((region) => {
        const partner = this.partnerOf(region);
        return !names.includes(partner) || (partner === region && names.length > 1);
      })
      .map((region) =>
        problem(
          'HG8003',
          `'partner' of '${region}' must be another one of the routed Regions ${names.join(', ')}, got '${this.partnerOf(region)}': name one of them, or leave it out`,
        ),
      );
  }
}
