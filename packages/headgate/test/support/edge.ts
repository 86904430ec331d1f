import { COMPILERS } from '../../lib/traffic/compilers';
import { compileDistribution } from '../../lib/traffic/edge';
import { Fault, Faults } from '../../lib/traffic/fault';
import { endsOf, type Hop } from '../../lib/traffic/hop';
import type { Outcome } from '../../lib/traffic/outcome';
import { Passage } from '../../lib/traffic/passage';
import { type HttpRequest, type RequestOptions, readRequest } from '../../lib/traffic/request';
import { World } from '../../lib/traffic/world';
import { stackWith } from './resources';

/** An origin over HTTPS with a name outside of the templates. */
export function origin(id: string, more: object = {}): object {
  return {
    Id: id,
    DomainName: `${id}.example.net`,
    CustomOriginConfig: { OriginProtocolPolicy: 'https-only' },
    ...more,
  };
}

/** A behavior that forwards everything and caches nothing, unless something else is said. */
export function behavior(target: string, more: object = {}): object {
  return {
    TargetOriginId: target,
    ViewerProtocolPolicy: 'allow-all',
    CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
    OriginRequestPolicyId: '216adef6-5c7f-47e4-b989-5492eafa07d3',
    ...more,
  };
}

/** A distribution with the origins `a` and `b`, of which `a` is the default, and what else is said. */
export function distribution(config: object = {}): object {
  return {
    Type: 'AWS::CloudFront::Distribution',
    Properties: {
      DistributionConfig: {
        Enabled: true,
        Origins: [origin('a'), origin('b')],
        DefaultCacheBehavior: behavior('a'),
        ...config,
      },
    },
  };
}

/** An origin group of `a` and `b`. */
export function originGroup(...statuses: readonly number[]): object {
  return {
    Quantity: 1,
    Items: [
      {
        Id: 'group',
        FailoverCriteria: { StatusCodes: { Quantity: statuses.length, Items: statuses } },
        Members: { Quantity: 2, Items: [{ OriginId: 'a' }, { OriginId: 'b' }] },
      },
    ],
  };
}

/** What is behind a distribution, by what its origins refer to. */
export interface Behind {
  /** The hop of every load balancer. */
  readonly balancer?: Hop;
  /** The names that DNS has, and where they lead. */
  readonly names?: Readonly<Record<string, Hop>>;
  /** Whether web ACLs block a request. */
  readonly firewall?: (request: HttpRequest) => boolean;
  readonly faults?: readonly string[];
}

/** The ends of a request at the distribution `Dist`, with what is behind it given. */
export function edgeEnds(resources: object, options: RequestOptions, behind: Behind = {}): readonly Outcome[] {
  const templates = stackWith(resources, { name: 'Edge' });
  const names = behind.names ?? {};
  const world = new World(
    templates,
    new Faults(
      (behind.faults ?? []).map((fault) => Fault.parse(fault)),
      templates,
    ),
    {
      ...COMPILERS,
      balancer: (resource) => ({ resource, healthyForDns: true, reachable: true, pass: nowhere, ...behind.balancer }),
      webAcl: (resource) => ({
        resource,
        inspect(passage, road, onward) {
          if (behind.firewall?.(passage.request)) road.end(passage, { type: 'blocked', id: resource.logicalId }, 403);
          else onward.pass(passage, road);
        },
      }),
      dns: () => ({
        pass: nowhere,
        record: () => ({ pass: nowhere }),
        lacks: () => false,
        knows: (name) => Object.hasOwn(names, name),
        lookup: (name) => names[name] ?? { pass: nowhere },
      }),
    },
  );
  return endsOf(compileDistribution(templates.find('Dist'), world), Passage.start(readRequest(options)));
}

/** The request that arrives at an origin. */
export function originRequest(resources: object, options: RequestOptions, behind: Behind = {}): HttpRequest {
  return edgeEnds(resources, options, behind)[0]!.passage.request;
}

/** A hop that ends every road with a status. */
export function endingWith(type: Outcome['destination']['type'], id: string, status: number | null = null): Hop {
  return { pass: (passage, road) => road.end(passage, { type, id }, status) };
}

const nowhere: Hop['pass'] = (passage, road) => road.end(passage, { type: 'address', id: 'nowhere' });

/** A balancer that answers on its own. */
export function answering(Scheme: string, StatusCode = '200', more: object = {}): object {
  return {
    Lb: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Scheme } },
    Listener: {
      Type: 'AWS::ElasticLoadBalancingV2::Listener',
      Properties: {
        LoadBalancerArn: { Ref: 'Lb' },
        Port: 443,
        Protocol: 'HTTPS',
        DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode } }],
        ...more,
      },
    },
  };
}
