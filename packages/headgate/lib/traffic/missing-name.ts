import { near } from '../near';
import { dnsElements } from './dns';
import type { Outcome } from './outcome';
import type { World } from './world';

const MOST = 10;

/** For each name that DNS gives nothing for since no record has it: the names that there are, those that are near it first. */
export function missingNames(outcomes: readonly Outcome[], world: World): readonly string[] {
  const ends = outcomes.filter(({ destination }) => destination.type === 'no-answer').map((end) => end.destination.id);
  return [...new Set(ends)].filter((name) => !world.dns.knows(name)).flatMap((name) => missingName(name, world));
}

function missingName(missing: string, world: World): readonly string[] {
  const labels = dnsElements(world.templates).map(({ label }) => label.split(' ')[1]!);
  const names = new Set([...near(missing, labels), ...labels]);
  if (names.size === 0) return [];
  const more = names.size > MOST ? ` and ${names.size - MOST} more` : '';
  return [`No record has the name ${missing}; the templates have: ${[...names].slice(0, MOST).join(', ')}${more}.`];
}
