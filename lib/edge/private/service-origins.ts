import { Duration } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import type { OriginAccess } from '../../balancing';
import type { ServiceDomain } from '../../core';

/** The origins of a service's Regions: one for requests that must not be repeated, a pair for those that may. */
export interface ServiceOrigins {
  readonly direct: cloudfront.IOrigin;
  readonly readOnly: cloudfront.IOrigin;
}

/** A failed connection counts as 503 and a timeout as 504, so both must be among them; 500 is the application's own (CF-3). */
const FAILOVER_STATUS_CODES = [502, 503, 504];
/** One attempt of two seconds, and ten for the answer: a dead Region costs a read twelve seconds at most, not ninety (CF-3). */
const READ_ONLY_TIMEOUTS = {
  connectionAttempts: 1,
  connectionTimeout: Duration.seconds(2),
  readTimeout: Duration.seconds(10),
};

/** Origins over the names `origin.` and `alt.origin.`, which DNS points at the Regions. */
export function serviceOrigins(domain: ServiceDomain, access: OriginAccess): ServiceOrigins {
  const common: origins.HttpOriginProps = {
    protocolPolicy: cloudfront.OriginProtocolPolicy.HTTPS_ONLY,
    originSslProtocols: [cloudfront.OriginSslPolicy.TLS_V1_2],
    customHeaders: access._originHeaders(),
  };
  const origin = (name: string, originId: string, timeouts: origins.HttpOriginProps = {}) =>
    new origins.HttpOrigin(name, { ...common, ...timeouts, originId });
  return {
    direct: origin(domain.originName, 'origin'),
    readOnly: new origins.OriginGroup({
      primaryOrigin: origin(domain.originName, 'origin-read', READ_ONLY_TIMEOUTS),
      fallbackOrigin: origin(`alt.${domain.originName}`, 'alt-origin-read', READ_ONLY_TIMEOUTS),
      fallbackStatusCodes: FAILOVER_STATUS_CODES,
    }),
  };
}
