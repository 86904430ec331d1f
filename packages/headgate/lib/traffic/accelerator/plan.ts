import { describeResource } from '../../template';
import { type Quality, worse } from '../quality';
import { regionDistance } from '../regions';
import { type Step, stepAt } from '../step';
import type { Endpoint } from './endpoint';
import type { EndpointGroup } from './endpoint-group';

/** A part of a listener's requests, and the endpoint that it goes to. */
export interface PlannedPart {
  readonly fraction: number;
  readonly quality: Quality;
  readonly min: number;
  readonly max: number;
  readonly step: Step;
  readonly endpoint: Endpoint;
}

/** How many of the closest groups are tried for a group without a usable endpoint. */
const TRIED_GROUPS = 3;

/**
 * Plans where the requests of clients in a Region go (GA-1): to the closest group as far as its dial lets them, the rest to the next;
 * inside a group by weight among healthy endpoints. Without a Region, each group's own Region is as likely as any other.
 */
export function planFor(groups: readonly EndpointGroup[], region: string | undefined): readonly PlannedPart[] {
  const filled = groups.filter(({ endpoints }) => endpoints.length > 0);
  const others = groups.flatMap(({ endpointDoubts }) => endpointDoubts);
  return doubted(filled, others, planned(filled, region));
}

function planned(groups: readonly EndpointGroup[], region: string | undefined): readonly PlannedPart[] {
  if (groups.length === 0) return [];
  if (groups.length === 1) return shared(groups, 'exact');
  if (region !== undefined) {
    const isOneOfThem = groups.some((group) => group.region === region);
    return shared(byDistance(groups, region), isOneOfThem ? 'exact' : 'undocumented');
  }
  return groups.flatMap((group) => {
    const others = groups.filter((one) => one !== group);
    const order = group.region === undefined ? [group, ...others] : byDistance(groups, group.region);
    return shared(order, 'bounded').map((part) => ({ ...part, fraction: part.fraction / groups.length, min: 0 }));
  });
}

/** With a dial, a Region, a weight or an endpoint's health that isn't known, or other endpoints, each part can be anything. */
function doubted(
  groups: readonly EndpointGroup[],
  others: readonly string[],
  parts: readonly PlannedPart[],
): readonly PlannedPart[] {
  const ofGroups = groups.flatMap((group) => [
    ...(groups.length > 1 ? group.placeDoubts : []),
    ...(group.endpoints.length > 1 ? group.weightDoubts : []),
  ]);
  const doubts = [...ofGroups, ...others];
  const endpoints = groups.flatMap((group) => group.endpoints);
  // The only endpoint gets all requests, healthy or not.
  const health = endpoints.length > 1 ? endpoints.flatMap(({ healthDoubt }) => healthDoubt ?? []) : [];
  const all =
    doubts.length === 0 ? health : [`${doubts.join(', ')}: the shares are taken as if it were not given.`, ...health];
  if (all.length === 0) return parts;
  const warning = all.join(' ');
  return parts.map((part) => {
    const warnings = part.step.warning === undefined ? warning : `${part.step.warning} ${warning}`;
    return {
      ...part,
      min: 0,
      max: 1,
      quality: worse(part.quality, 'bounded'),
      step: { ...part.step, warning: warnings },
    };
  });
}

function byDistance(groups: readonly EndpointGroup[], region: string): readonly EndpointGroup[] {
  const far = (group: EndpointGroup) =>
    group.region === undefined ? Number.POSITIVE_INFINITY : regionDistance(region, group.region);
  // Infinity minus Infinity is no number, so compare instead.
  return [...groups].sort((one, other) => (far(one) < far(other) ? -1 : far(one) > far(other) ? 1 : 0));
}

/** Shares all requests among groups in the order of their distance, by dial. */
function shared(order: readonly EndpointGroup[], quality: Quality): readonly PlannedPart[] {
  const parts: PlannedPart[] = [];
  const dialled = order.filter(({ dial }) => dial > 0);
  const takers = takersOf(dialled.length > 0 ? dialled : order.slice(0, 1));
  const last = takers.at(-1)!;
  const leaves = last.dial < 1 && !isExampleOfGuide(order);
  let left = 1;
  let known = leaves ? worse(quality, 'undocumented') : quality;
  for (const [index, group] of takers.entries()) {
    const isLast = group === last;
    const fraction = isLast ? left : left * group.dial;
    parts.push(...within(group, order, fraction, known).map((one) => (isLast && leaves ? leftOver(one, group) : one)));
    left -= fraction;
    // The next group is the next in distance, which is our guess as soon as there are several to choose from.
    if (dialled.length - index > 2) known = worse(known, 'undocumented');
  }
  return parts;
}

/** The groups up to the first that takes all that comes to it. */
function takersOf(order: readonly EndpointGroup[]): readonly EndpointGroup[] {
  const full = order.findIndex(({ dial }) => dial >= 1);
  return full < 0 ? order : order.slice(0, full + 1);
}

/** Of two groups at 50 % the guide says that each takes what the other leaves; it says so of no other dials. */
function isExampleOfGuide(order: readonly EndpointGroup[]): boolean {
  return order.length === 2 && order.every(({ dial }) => dial === 0.5);
}

/** A part of what the last group gets beyond its dial, for want of another one. */
function leftOver(one: PlannedPart, { resource, dial }: EndpointGroup): PlannedPart {
  const beyond = `its dial is ${percentOf(dial)}, and no page says who takes what all dials leave: it counts as taken here.`;
  const warning = [one.step.warning, `${describeResource(resource)}: ${beyond}`].filter(Boolean).join(' ');
  return { ...one, step: { ...one.step, warning } };
}

/** Shares what is meant for a group among its endpoints, or those that stand in for them. */
function within(
  group: EndpointGroup,
  order: readonly EndpointGroup[],
  fraction: number,
  quality: Quality,
): readonly PlannedPart[] {
  const usable = group.usable();
  if (usable.length > 0) return weighted(group, usable, fraction, quality, because(group, order));
  const others = order.filter((one) => one !== group).slice(0, TRIED_GROUPS);
  const standIn = others.find((one) => one.usable().length > 0);
  const lacks = `${group.resource.logicalId} has no healthy endpoint with a weight (${whyUnusable(group)})`;
  if (standIn) {
    const clause = `${lacks}, so ${regionOf(standIn)} stands in, whatever its dial`;
    const known = others.length > 1 ? worse(quality, 'undocumented') : quality;
    return weighted(standIn, standIn.usable(), fraction, known, clause);
  }
  const closest = order[0]!;
  return failOpen(
    closest,
    fraction,
    quality,
    `${lacks}, nor has another: any endpoint of ${regionOf(closest)} (fail open)`,
  );
}

function weighted(
  group: EndpointGroup,
  endpoints: readonly Endpoint[],
  fraction: number,
  quality: Quality,
  clause: string,
): readonly PlannedPart[] {
  const sum = endpoints.reduce((total, { weight }) => total + weight, 0);
  const known = group.isWeightUnclear ? worse(quality, 'undocumented') : quality;
  const warning = group.isWeightUnclear
    ? `${describeResource(group.resource)}: an endpoint without a Weight beside others with one: the guide gives it 128, which is taken here, the CloudFormation reference 100.`
    : undefined;
  return endpoints.map((endpoint) => {
    const share = endpoints.length === 1 ? '' : `, weight ${endpoint.weight} of ${sum}`;
    return part(group, endpoint, (fraction * endpoint.weight) / sum, known, `${clause}${share}`, warning);
  });
}

function failOpen(group: EndpointGroup, fraction: number, quality: Quality, clause: string): readonly PlannedPart[] {
  const hasZero = group.endpoints.some(({ weight }) => weight === 0);
  const known = hasZero ? worse(quality, 'undocumented') : quality;
  const warning = hasZero
    ? `${describeResource(group.resource)}: whether endpoints of weight 0 are spared when an accelerator fails open is not documented.`
    : undefined;
  return group.endpoints.map((endpoint) =>
    part(group, endpoint, fraction / group.endpoints.length, known, clause, warning),
  );
}

function part(
  group: EndpointGroup,
  endpoint: Endpoint,
  fraction: number,
  quality: Quality,
  clause: string,
  warning: string | undefined,
): PlannedPart {
  const sticky = group.isSticky ? ', and a client address stays with it' : '';
  const step = stepAt(
    'endpoint-group',
    group.resource,
    `${clause}: ${endpoint.name}${sticky}`,
    ['GA-1'],
    warning === undefined ? {} : { warning },
  );
  return { fraction, quality, min: fraction, max: fraction, step, endpoint };
}

function because(group: EndpointGroup, order: readonly EndpointGroup[]): string {
  if (order.length === 1) return group.region === undefined ? 'the only group' : `${group.region} has the only group`;
  const where = regionOf(group);
  if (group !== order[0]) return `${where} takes what dials closer to the client leave`;
  const dial = group.dial < 1 ? `, dial ${percentOf(group.dial)}` : '';
  return `${where} is closest to the client${dial}`;
}

function whyUnusable(group: EndpointGroup): string {
  const reasons = group.endpoints.map((endpoint) => endpoint.unhealthyBecause ?? `${endpoint.name} has weight 0`);
  return [...new Set(reasons)].join(', ');
}

function percentOf(dial: number): string {
  return `${Math.round(dial * 100)} %`;
}

function regionOf(group: EndpointGroup): string {
  return group.region ?? group.resource.logicalId;
}
