/** Which of some named things a policy takes: those on a list, or all but those on a list. */
export class Selection {
  static readonly NONE = new Selection(false, []);
  static readonly ALL = new Selection(true, []);

  private readonly names: ReadonlySet<string>;

  constructor(
    private readonly isExcept: boolean,
    names: Iterable<string>,
  ) {
    this.names = new Set(names);
  }

  takes(name: string): boolean {
    return this.names.has(name) !== this.isExcept;
  }

  get takesAll(): boolean {
    return this.isExcept && this.names.size === 0;
  }

  get takesNone(): boolean {
    return !this.isExcept && this.names.size === 0;
  }

  /** What this or the other takes. */
  or(other: Selection): Selection {
    if (!this.isExcept && !other.isExcept) return new Selection(false, [...this.names, ...other.names]);
    const excepted = [...(this.isExcept ? this.names : other.names)];
    return new Selection(
      true,
      excepted.filter((name) => !this.takes(name) && !other.takes(name)),
    );
  }

  /** As people read it, such as `cookies a, b`; undefined if it takes nothing. */
  describe(what: string): string | undefined {
    if (this.takesNone) return undefined;
    if (this.takesAll) return `all ${what}`;
    return `${what} ${this.isExcept ? 'except ' : ''}${[...this.names].join(', ')}`;
  }
}
