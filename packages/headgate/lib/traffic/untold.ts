/**
 * Stands in a header's value for a part that isn't known, such as the id that CloudFront gives each request. No header that somebody gives
 * can have this character.
 */
export const UNTOLD = '\0';

/** The value of a header of which isn't known either whether it is there. */
export const PERHAPS = `${UNTOLD}${UNTOLD}`;

/** Whether the value of a header isn't known in full. */
export function isUntold(value: string | undefined): boolean {
  return value?.includes(UNTOLD) === true;
}

/** Whether a header, by its name in lower case, can have a value that isn't known: it is one that CloudFront adds (CF-15). */
export function canBeUntold(header: string): boolean {
  return (
    header === 'x-forwarded-for' || header === 'via' || header === 'x-amz-cf-id' || header.startsWith('cloudfront-')
  );
}
