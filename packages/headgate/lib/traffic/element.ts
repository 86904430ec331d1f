/** Something that coverage counts: a rule, a behavior or a record. */
export interface Element {
  readonly kind: 'rule' | 'behavior' | 'record';
  /** What a step names in `covers` when it reaches this. */
  readonly key: string;
  readonly stack: string;
  readonly logicalId: string;
  /** How people read it, such as `behavior 0: /api/*`. */
  readonly label: string;
  /**
   * What provably takes every request that would come here, such as `AllPaths takes everything`.
   *
   * @default - a request may reach it
   */
  readonly shadowedBy?: string;
}
