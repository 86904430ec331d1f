/** How the inspection of a request by a web ACL ends. */
export interface End {
  readonly kind: 'allow' | 'block';
  /** The status of a block; null if it is symbolic. */
  readonly status: number | null;
  /** The Location header of a block with a custom response. */
  readonly location: string | undefined;
  /** The headers that are inserted into an allowed request. */
  readonly headers: InsertedHeaders;
  /** The name of the rule; undefined for the default action. */
  readonly rule: string | undefined;
  readonly because: string;
  readonly facts: readonly string[];
  /** Whether the rule only counts as matching because something isn't known. */
  readonly presumed: boolean;
}

/** Names, in lower case and with AWS's prefix, and values. */
export type InsertedHeaders = readonly (readonly [string, string])[];
