import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Deployed } from './deployed';
import { matches, type ReadBack } from './read-back';

/** Why something can't be asserted. */
interface Pretended {
  readonly reason: string;
  /** The line of the emulator's source that shows it, below the folder of its package. */
  readonly source: { readonly file: string; readonly line: number; readonly text: string };
}

/** Values that can't be asserted, because the emulator lacks or pretends them. */
export interface PretendedValues extends Pretended {
  readonly type: string;
  /** A property that a resource has to have, or it isn't meant. */
  readonly having?: string;
  /** Where, in the properties: segments separated by slashes, `*` for any one; everything below is meant too. */
  readonly path: string;
  /** What the emulator gives whatever a template says, which proves nothing where one says just that. */
  readonly always?: string;
}

/** Something that the emulator doesn't do. */
export interface PretendedBehaviour extends Pretended {
  readonly behaviour: string;
}

/** What there is. */
export function pretendedRows(): { values: PretendedValues[]; behaviours: PretendedBehaviour[] } {
  return JSON.parse(readFileSync(join(__dirname, 'pretended.json'), 'utf8'));
}

/** Rows whose line isn't in the emulator's source as they say. */
export function staleRows(rows: readonly (PretendedValues | PretendedBehaviour)[], packageFolder: string): string[] {
  return rows.flatMap((row) => {
    const { source } = row;
    const line = readFileSync(join(packageFolder, source.file), 'utf8').split('\n')[source.line - 1] ?? '';
    return line.trim() === source.text
      ? []
      : [
          `${'behaviour' in row ? row.behaviour : `${row.type} ${row.path}`}: ${source.file}:${source.line} is '${line.trim()}', not '${source.text}'`,
        ];
  });
}

const covers = (row: PretendedValues, { type, properties }: Deployed, path: string): boolean =>
  row.type === type && (row.having === undefined || row.having in properties) && matches(row.path, path);

/** What was read back of one resource. */
export interface Result {
  readonly resource: Deployed;
  readonly read: ReadBack;
}

/** What all resources together prove. */
export interface Verdict {
  readonly values: number;
  readonly resources: number;
  readonly pretended: number;
  /** Values that no API of AWS gives back. */
  readonly unreadable: number;
  /** What is neither as the template says nor known as pretended, and rows that hide what the emulator does. */
  readonly problems: string[];
}

/** Judges what was read back: every value is there, or on the list; and nothing is on the list that is there. */
export function judge(results: readonly Result[], rows: readonly PretendedValues[]): Verdict {
  const problems: string[] = [];
  const used = new Set<PretendedValues>();
  let values = 0;
  let pretended = 0;
  let unreadable = 0;
  for (const { resource, read } of results) {
    const at = `${resource.stack.name}/${resource.logicalId}`;
    unreadable += read.unreadable.length;
    for (const { path, wanted, got } of read.different) {
      const row = rows.find((candidate) => covers(candidate, resource, path));
      if (row) {
        used.add(row);
        pretended++;
      } else problems.push(`${at} (${resource.type}) ${path}: wanted ${show(wanted)}, got ${show(got)}`);
    }
    for (const { path, value } of read.equal) {
      const row = rows.find((candidate) => covers(candidate, resource, path));
      if (!row) values++;
      else if (row.always === String(value)) pretended++;
      else problems.push(`${row.type} ${row.path} is on the list, but ${at} has ${path} as it should`);
    }
  }
  for (const row of rows)
    if (!used.has(row)) problems.push(`${row.type} ${row.path} is on the list, and nothing is missing there`);
  return {
    values,
    resources: results.filter(({ read }) => read.equal.length > 0).length,
    pretended,
    unreadable,
    problems,
  };
}

const show = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));
