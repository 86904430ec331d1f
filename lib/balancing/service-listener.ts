import { Stack, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import { HeadgateError } from '../core/errors';
import { recordDefault } from '../core/private/defaults';
import { injected } from '../core/private/injection';
import { OriginAccess } from './origin-access';

/** Properties of a `ServiceListener`. */
export interface ServiceListenerProps {
  /** The balancer that listens. */
  readonly loadBalancer: elbv2.IApplicationLoadBalancer;

  /** The certificates, at least one; the first is the default. An `ICertificate` is one. */
  readonly certificates: elbv2.IListenerCertificate[];

  /**
   * Who may reach the balancer. With `OriginAccess.internet()` the balancer's security groups are opened to the world on port 443, and on
   * port 80 for a redirect, unless it is imported or has a listener there already; otherwise this opens nothing.
   *
   * @default OriginAccess.internet()
   */
  readonly originAccess?: OriginAccess;

  /**
   * The TLS policy. One that takes TLS 1.3 alone can't be probed by Route 53 (R53-15).
   *
   * @default elbv2.SslPolicy.TLS13_12_RES_PQ, post-quantum key exchange, TLS 1.2 and 1.3
   */
  readonly sslPolicy?: elbv2.SslPolicy;
}

const DEFAULT_SSL_POLICY = elbv2.SslPolicy.TLS13_12_RES_PQ;

/**
 * The HTTPS listener of a service. What no route takes is answered by the balancer itself: 403 behind an edge, where only the edge has any
 * business, else 404.
 */
export class ServiceListener extends elbv2.ApplicationListener {
  /** Uniquely identifies this class to property injectors. */
  public static override readonly PROPERTY_INJECTION_ID: string = 'cdk-headgate.balancing.ServiceListener';

  public constructor(scope: Construct, id: string, props: ServiceListenerProps) {
    const given = injected(ServiceListener.PROPERTY_INJECTION_ID, scope, id, props);
    if (given.certificates.length === 0) {
      throw new HeadgateError(
        'HG2132',
        "'certificates' must hold at least one certificate, got none: give the one of the service's names",
        scope,
      );
    }
    for (const { certificateArn } of given.certificates) checkRegionOf(certificateArn, scope);
    const { _closed: closed, _hasEdge: hasEdge } = given.originAccess ?? OriginAccess.internet();
    super(scope, id, {
      loadBalancer: given.loadBalancer,
      port: 443,
      protocol: elbv2.ApplicationProtocol.HTTPS,
      certificates: given.certificates,
      sslPolicy: given.sslPolicy ?? DEFAULT_SSL_POLICY,
      open: !closed,
      defaultAction: elbv2.ListenerAction.fixedResponse(hasEdge ? 403 : 404, {
        contentType: 'text/plain',
        messageBody: hasEdge ? 'Forbidden' : 'Not found',
      }),
    });
    if (!closed && !mayListenOn(given.loadBalancer, 80)) {
      const redirect = new elbv2.ApplicationListener(this, 'HttpRedirect', {
        loadBalancer: given.loadBalancer,
        port: 80,
        protocol: elbv2.ApplicationProtocol.HTTP,
        open: true,
        defaultAction: elbv2.ListenerAction.redirect({ protocol: 'HTTPS', port: '443', permanent: true }),
      });
      openIpv6(redirect);
    }
    if (!closed) openIpv6(this);
    recordDefault(this, given.sslPolicy, {
      prop: 'sslPolicy',
      value: DEFAULT_SSL_POLICY,
      why: 'TLS 1.2 and 1.3 with post-quantum key exchange; the API would choose a policy of 2016',
    });
  }
}

/** A balancer takes certificates of its own Region (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/https-listener-certificates.html). */
function checkRegionOf(certificateArn: string, scope: Construct): void {
  const { region } = Stack.of(scope);
  if (Token.isUnresolved(certificateArn) || Token.isUnresolved(region)) return;
  const actual = certificateArn.split(':')[3];
  // Certificates of IAM have no Region in their ARNs.
  if (!actual || actual === region) return;
  throw new HeadgateError(
    'HG2138',
    `'certificate' must be of the balancer's Region, ${region}, got one of ${actual} (${certificateArn}): request one in ${region}, or leave it out for a new one`,
    scope,
  );
}

/** Whether a balancer has a listener on a port, or may have: an imported one doesn't say. */
function mayListenOn(loadBalancer: elbv2.IApplicationLoadBalancer, port: number): boolean {
  return (
    !(loadBalancer instanceof elbv2.ApplicationLoadBalancer) ||
    loadBalancer.listeners.some((listener) => listener.port === port)
  );
}

/** For a balancer whose only public addresses are IPv6 ones a feature flag decides whether the L2 opens to them (CDK-3). */
function openIpv6({ connections, loadBalancer, port }: elbv2.ApplicationListener): void {
  if (loadBalancer.ipAddressType !== elbv2.IpAddressType.DUAL_STACK_WITHOUT_PUBLIC_IPV4) return;
  connections.allowDefaultPortFrom(ec2.Peer.anyIpv6(), `Allow from anyone on port ${port}`);
}
