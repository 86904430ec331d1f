import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';

/**
 * A folder beside `cdk.out`, in which a new cloud assembly is made before it takes the old one's place. Its name is new each time, so
 * that two runs don't meet, and it is on the same disk, so that taking the place is a rename.
 */
export class Aside {
  /** Where the new assembly is to be made. */
  public readonly fresh: string;
  private readonly folder: string;
  private readonly previous: string;
  private kept = false;

  public constructor(
    root: string,
    private readonly output: string,
  ) {
    this.folder = mkdtempSync(join(root, '.cdk.out-'));
    this.fresh = join(this.folder, 'fresh');
    this.previous = join(this.folder, 'previous');
  }

  /** Puts the new assembly in the old one's place. When that fails, the old one is where it was. */
  public swap(): void {
    const replaces = existsSync(this.output);
    if (replaces) renameSync(this.output, this.previous);
    try {
      renameSync(this.fresh, this.output);
    } catch (error) {
      if (replaces) this.restore(error as Error);
      throw error;
    }
  }

  private restore(cause: Error): void {
    try {
      renameSync(this.previous, this.output);
    } catch {
      this.kept = true;
      throw new Error(
        `${cause.message}; the previous ${basename(this.output)} is now ${this.previous}: rename it back`,
      );
    }
  }

  /** Removes the folder with all that is left in it. */
  public remove(): void {
    if (!this.kept) rmSync(this.folder, { recursive: true, force: true });
  }
}
