import type { IConstruct } from 'constructs';
import { HeadgateError } from '../errors';

/** ACM takes names of up to 253 characters, but the first of a certificate is its common name, which X.509 limits to 64. */
const MAX_COMMON_NAME_LENGTH = 64;

/**
 * Fails when ACM would refuse `name` as the first one of a certificate.
 *
 * @see https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html
 */
export function checkCertificateName(name: string, scope: IConstruct): void {
  if (name.length <= MAX_COMMON_NAME_LENGTH) return;
  throw new HeadgateError(
    'HG0105',
    `'domain' must have a name of at most ${MAX_COMMON_NAME_LENGTH} characters to be the first of a certificate, got ${name.length} ('${name}'): use a shorter name, or bring a certificate whose first name is shorter`,
    scope,
  );
}
