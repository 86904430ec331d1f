/**
 * An error as this package says one: the code, the prop in quotes, what it is and must not be, and behind the last colon or semicolon the
 * way out, a few words at least.
 */
export const WHOLE_MESSAGE =
  /HG\d{4}: .*'[^']+'.*(?: got | since | twice| overlaps | taken| nothing ).*[:;] [^:;]{12,}$/s;
