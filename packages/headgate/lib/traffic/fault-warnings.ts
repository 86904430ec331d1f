import { Fields, type Templates } from '../template';
import type { Fault } from './fault';
import { ENDPOINT_GROUP, LOAD_BALANCER, SUBNET, TARGET_GROUP } from './resource-types';

const REGIONAL: readonly string[] = [LOAD_BALANCER, TARGET_GROUP];
const MOST = 5;

/** What faults of Regions and zones don't break, since the Region of stacks isn't known or no stack stands in theirs. */
export function faultWarnings(faults: readonly Fault[], templates: Templates): readonly string[] {
  return faults.flatMap((fault) => {
    const { shape } = fault;
    if (shape.kind === 'region') return warningsIn(shape.region, fault, 'nothing of it', templates);
    if (shape.kind !== 'zone' || isNamed(shape.zone, templates)) return [];
    return warningsIn(shape.zone.slice(0, -1), fault, 'only what names the zone', templates);
  });
}

function warningsIn(region: string, { text }: Fault, breaks: string, templates: Templates): readonly string[] {
  const regional = new Set(REGIONAL.flatMap((type) => templates.ofType(type)).map(({ stack }) => stack));
  const unknown = [...regional].filter((stack) => stack.region === undefined).map(({ name }) => name);
  if (unknown.length > 0) {
    const more = unknown.length > MOST ? ` and ${unknown.length - MOST} more` : '';
    const names = unknown.slice(0, MOST).join(', ') + more;
    const advice = adviceFor(unknown, region, templates);
    return [`The Region of ${names} isn't known, so ${text} breaks ${breaks}: give it by ${advice}.`];
  }
  const isThere = templates.stacks.some((stack) => stack.region === region) || hasEndpointGroup(region, templates);
  return isThere ? [] : [`No stack is known to stand in ${region}, so ${text} breaks none.`];
}

/** How the Regions of stacks are given: where there are several, one Region for all of them would mostly be wrong. */
function adviceFor(unknown: readonly string[], region: string, templates: Templates): string {
  const all = templates.stacks.map(({ name }) => name);
  // A nested stack stands where the one around it does.
  const tops = all.filter((name) => !all.some((other) => name.startsWith(`${other}/`)));
  if (tops.length === 1) return `--parameter AWS::Region=${region}`;
  const asked = tops.filter((top) => unknown.some((name) => name === top || name.startsWith(`${top}/`)));
  const more = asked.length > MOST ? ' and so on' : '';
  return `${asked
    .slice(0, MOST)
    .map((name) => `--parameter ${name}/AWS::Region=…`)
    .join(' ')}${more}`;
}

function hasEndpointGroup(region: string, templates: Templates): boolean {
  return templates.ofType(ENDPOINT_GROUP).some((group) => Fields.of(group).raw('EndpointGroupRegion') === region);
}

/** Whether a subnet stands in a zone by its name, whatever the Region of its stack. */
function isNamed(zone: string, templates: Templates): boolean {
  return templates.ofType(SUBNET).some((subnet) => Fields.of(subnet).raw('AvailabilityZone') === zone);
}
