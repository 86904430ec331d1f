import type { Hop } from '../../hop';
import { evenly, guessed } from '../ends';
import type { Member, Members } from '../members';

/** The only record of its name. */
export function bySimple(members: Members): Hop {
  const member = members.all[0]!;
  return members.branch(member, { because: describe(member), facts: ['R53-18'] });
}

/** Up to eight healthy records, of which the client takes one (R53-6): every healthy record is taken equally often. */
export function byMultivalue(members: Members): Hop {
  const count = members.usable.length;
  const because = count === 1 ? 'the only value that is left' : `one of ${count} values`;
  const branches = members.usable.map((member) => members.branch(member, { because, facts: ['R53-6'] }));
  return members.isUnsure ? guessed(branches) : evenly(branches);
}

function describe({ record }: Member): string {
  if (record.alias) return `alias of ${record.name} to ${record.alias.target}`;
  if (record.type === 'CNAME') return `${record.name} is another name of ${record.values[0] ?? 'nothing'}`;
  return record.values.length > 1
    ? `${record.name} has ${record.values.length} values, of which the client takes one`
    : `${record.name} is ${record.values[0] ?? 'without a value'}`;
}
