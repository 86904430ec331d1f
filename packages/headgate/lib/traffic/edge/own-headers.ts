import type { HttpRequest } from '../request';
import { PERHAPS, UNTOLD } from '../untold';

/** A header of CloudFront's own with what it writes there: a value, or one that depends on the request. */
export type OwnHeader = readonly [name: string, value: string | ((request: HttpRequest) => string)];

/** What each header that a policy can add says, as far as a request tells it; of the viewer's place, EC2 shows nothing but the country. */
const VALUES: Readonly<Record<string, OwnHeader[1]>> = {
  'cloudfront-forwarded-proto': ({ scheme }) => scheme,
  'cloudfront-viewer-country': ({ client }) => client.country ?? UNTOLD,
  'cloudfront-viewer-address': ({ address }) => (address === undefined ? UNTOLD : `${address}:${UNTOLD}`),
  'cloudfront-viewer-http-version': UNTOLD,
  'cloudfront-viewer-header-order': UNTOLD,
  'cloudfront-viewer-header-count': UNTOLD,
  'cloudfront-is-android-viewer': UNTOLD,
  'cloudfront-is-desktop-viewer': UNTOLD,
  'cloudfront-is-ios-viewer': UNTOLD,
  'cloudfront-is-mobile-viewer': UNTOLD,
  'cloudfront-is-smarttv-viewer': UNTOLD,
  'cloudfront-is-tablet-viewer': UNTOLD,
};

/** What CloudFront writes into a header that a policy adds, by its name in lower case (CF-15). */
export function ownHeader(name: string): OwnHeader {
  return [name, Object.hasOwn(VALUES, name) ? VALUES[name]! : PERHAPS];
}

/** What CloudFront adds to every request, whatever the policies say: the number of the request, and its own place on the road. */
export const X_AMZ_CF_ID = UNTOLD;
export const VIA = `${UNTOLD}.cloudfront.net (CloudFront)`;
