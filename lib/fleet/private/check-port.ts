import { Token } from 'aws-cdk-lib';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';

/** The port of a health check that doesn't ask where the servers serve; undefined when it does. */
export function ownCheckPort(port: number, check: elbv2.HealthCheck = {}): string | undefined {
  const own = check.port;
  return own === undefined || own === 'traffic-port' || own === `${port}` ? undefined : own;
}

/** A port that is written as a text, as a number. */
export function portNumber(port: string): number {
  return Token.isUnresolved(port) ? Token.asNumber(port) : Number(port);
}
