import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import type { Construct } from 'constructs';
import { checkCertificateName } from './private/certificate-name';
import { injected } from './private/injection';
import type { ServiceDomain } from './service-domain';

/** Properties of a `SiteCertificate`. */
export interface SiteCertificateProps {
  /**
   * The service whose names the certificate covers; it is validated by records in the service's zone. The service's own name has up to 64
   * characters, which is what ACM takes as the first name.
   */
  readonly domain: ServiceDomain;
}

/**
 * The certificate of one Region's balancer. It covers the service's name, `origin.` and `*.origin.` of it, so that the balancer answers
 * by every name that DNS or an edge may use, whether the edge forwards the viewer's Host or not (CF-10).
 */
export class SiteCertificate extends acm.Certificate {
  /** Uniquely identifies this class to property injectors. */
  public static override readonly PROPERTY_INJECTION_ID: string = 'cdk-headgate.core.SiteCertificate';

  public constructor(scope: Construct, id: string, props: SiteCertificateProps) {
    const { domain } = injected(SiteCertificate.PROPERTY_INJECTION_ID, scope, id, props);
    checkCertificateName(domain.serviceName, scope);
    const [domainName, ...subjectAlternativeNames] = domain.siteCertificateNames();
    super(scope, id, {
      domainName: domainName!,
      subjectAlternativeNames,
      validation: acm.CertificateValidation.fromDns(domain.importHostedZone(scope, `${id}Zone`)),
    });
  }
}
