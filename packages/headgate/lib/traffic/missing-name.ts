import { near } from '../near';
import { dnsElements } from './dns';
import type { Outcome } from './outcome';
import type { HttpRequest } from './request';
import type { World } from './world';

const MOST = 10;

/** Where DNS gives nothing since no record has the name: the names that there are, those that are near it first. */
export function missingName(request: HttpRequest, outcomes: readonly Outcome[], world: World): readonly string[] {
  const { askedName } = request;
  if (!outcomes.every(({ destination }) => destination.type === 'no-answer' && destination.id === askedName)) return [];
  if (world.dns.knows(askedName)) return [];
  const labels = dnsElements(world.templates).map(({ label }) => label.split(' ')[1]!);
  const names = new Set([...near(askedName, labels), ...labels]);
  if (names.size === 0) return [];
  const more = names.size > MOST ? ` and ${names.size - MOST} more` : '';
  return [`No record has the name ${askedName}; the templates have: ${[...names].slice(0, MOST).join(', ')}${more}.`];
}
