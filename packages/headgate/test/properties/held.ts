/** For how many inputs a property held. */
export interface Held {
  /** One line of figures. */
  readonly line: string;
  readonly passed: number;
  readonly failed: number;
  /** What shows that it doesn't always hold. */
  readonly failures: readonly string[];
}
