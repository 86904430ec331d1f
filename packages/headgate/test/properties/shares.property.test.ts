import fc from 'fast-check';
import { type Answer, Fault } from '../../lib/traffic';
import { trafficOfStacks } from '../support/traffic';
import { requests, type Service, services } from './services';

/** The facts by which targets that fail are used all the same. */
const TARGETS_FAIL_OPEN = ['ALB-30', 'NLB-4'];
/** And those by which records are. */
const RECORDS_FAIL_OPEN = ['R53-1', 'R53-3'];
/** More of them in `npm run test:properties`. */
const RUNS = { seed: 5, numRuns: Number(process.env.PROPERTY_RUNS ?? 300) };

type End = Answer['outcomes'][number];

const KINDS = ['region', 'zone', 'targets', 'origin', 'check'] as const;

/** A fault, and whether a request that ends so was taken by what it breaks. */
interface Break {
  readonly kind: (typeof KINDS)[number];
  readonly fault: Fault;
  /** The facts of which a road that reaches it all the same has to cite one. */
  readonly failsOpen: readonly string[];
  hits(end: End): boolean;
}

function breaksOf({ regions, zones, groups, origins, checks, isChecked }: Service): readonly Break[] {
  const isTaken = ({ destination }: End) => destination.type === 'target-group';
  const isTakenBy = (end: End, group: string) =>
    isTaken(end) && lastTry(end).some(({ hop, stack, id }) => hop === 'target-group' && `${stack}/${id}` === group);
  return [
    ...regions.map(
      (region): Break => ({
        kind: 'region',
        fault: Fault.region(region),
        failsOpen: [],
        hits: (end) => isTaken(end) && end.destination.stack === region,
      }),
    ),
    ...zones.map(
      ({ name, groups: there }): Break => ({
        kind: 'zone',
        fault: Fault.zone(name),
        failsOpen: TARGETS_FAIL_OPEN,
        hits: (end) => there.some((group) => isTakenBy(end, group)),
      }),
    ),
    ...groups.flatMap((group) =>
      [Fault.targetGroup(group), Fault.targets(group, 0, 3), Fault.targets(group, 0, 0)].map(
        (fault, index): Break => ({
          kind: 'targets',
          fault,
          failsOpen: index === 2 ? [] : TARGETS_FAIL_OPEN,
          hits: (end) => isTakenBy(end, group),
        }),
      ),
    ),
    ...origins.map(
      (origin): Break => ({
        kind: 'origin',
        fault: Fault.origin(origin, 503),
        failsOpen: [],
        // What it answers itself goes to nobody.
        hits: ({ destination, trace }) =>
          destination.type !== 'error' && trace.filter(({ hop }) => hop === 'origin').at(-1)?.id === origin,
      }),
    ),
    ...checks.map(
      (check, index): Break => ({
        kind: 'check',
        fault: Fault.healthCheck(check),
        failsOpen: RECORDS_FAIL_OPEN,
        hits: ({ trace }) => isChecked && trace.some(({ id }) => id === `Choice${index}`),
      }),
    ),
  ];
}

/** The part of a trace behind the edge: of an origin group, the origin that was asked last. */
function lastTry({ trace }: End): End['trace'] {
  return trace.slice(trace.map(({ hop }) => hop).lastIndexOf('origin') + 1);
}

const sumOf = (outcomes: Answer['outcomes']) => outcomes.reduce((total, { share }) => total + share, 0);

test('the shares of every answer sum to 1, each within its bounds, whatever is broken', () => {
  fc.assert(
    fc.property(services, requests, fc.array(fc.nat(), { maxLength: 3 }), (service, request, chosen) => {
      const all = breaksOf(service).map(({ fault }) => fault);
      const { outcomes } = trafficOfStacks(service.stacks)
        .given(...chosen.map((index) => all[index % all.length]!))
        .request(request);
      expect(sumOf(outcomes)).toBeCloseTo(1, 9);
      for (const { share, min, max } of outcomes) {
        expect(share).toBeGreaterThanOrEqual(0);
        expect(min).toBeLessThanOrEqual(share + 1e-12);
        expect(max).toBeGreaterThanOrEqual(share - 1e-12);
      }
    }),
    RUNS,
  );
});

test('what a fault breaks takes no request, unless the road cites a fact of failing open', () => {
  const spared = { region: 0, zone: 0, targets: 0, origin: 0, check: 0 };
  const kinds = new Set<string>();
  let failedOpen = 0;
  fc.assert(
    fc.property(
      services,
      requests,
      fc.constantFrom(...KINDS, 'targets', 'zone'),
      fc.nat(),
      (service, request, kind, index) => {
        const breaks = breaksOf(service).filter((one) => one.kind === kind);
        if (breaks.length === 0) return;
        const { fault, failsOpen, hits } = breaks[index % breaks.length]!;
        const traffic = trafficOfStacks(service.stacks);
        const { outcomes } = traffic.request(request);
        const before = outcomes.filter(hits);
        const after = traffic.given(fault).request(request).outcomes.filter(hits);
        for (const { trace } of after) {
          const cited = trace.flatMap(({ facts }) => facts);
          expect([failsOpen, cited, failsOpen.some((fact) => cited.includes(fact))]).toEqual([failsOpen, cited, true]);
        }
        failedOpen += after.length;
        if (before.length > 0 && after.length === 0) spared[kind]++;
        for (const { trace } of outcomes) for (const { hop } of trace) kinds.add(hop);
      },
    ),
    RUNS,
  );
  // Else nothing would have been broken, or nothing would have failed open.
  for (const [kind, times] of Object.entries(spared)) expect([kind, times > 0]).toEqual([kind, true]);
  expect(failedOpen).toBeGreaterThan(5);
  expect([...kinds]).toEqual(
    expect.arrayContaining(['endpoint-group', 'web-acl', 'listener', 'listener-rule', 'cache']),
  );
});

test('no request comes in through a zone that is down, nor to a Region all of whose zones are', () => {
  let left = 0;
  fc.assert(
    fc.property(services, requests, fc.nat(), (service, request, index) => {
      const { name, region } = service.zones[index % service.zones.length]!;
      const traffic = trafficOfStacks(service.stacks);
      const taken = (outcomes: readonly End[]) =>
        outcomes.filter(({ destination }) => destination.type === 'target-group' && destination.stack === region);
      const { outcomes } = traffic.given(Fault.zone(name)).request(request);
      // With cross-zone balancing off, who comes in where a group has no target gets an error.
      const cameIn = ({ trace }: End) => trace.some(({ because }) => because.includes(`no target stands in ${name}`));
      expect(outcomes.filter(cameIn)).toEqual([]);
      if (traffic.request(request).outcomes.some(cameIn)) left++;
      for (const { trace } of taken(outcomes)) {
        expect(trace.map(({ because }) => because).join()).toContain(`${name} is down and out of DNS`);
        expect(trace.flatMap(({ facts }) => facts)).toContain('ZS-1');
      }
      const all = service.zones.filter((zone) => zone.region === region).map((zone) => Fault.zone(zone.name));
      expect(taken(traffic.given(...all).request(request).outcomes)).toEqual([]);
    }),
    RUNS,
  );
  expect(left).toBeGreaterThan(5);
});

test('the same question has the same answer, and asking about faults changes nothing of the healthy answer', () => {
  fc.assert(
    fc.property(services, requests, (service, request) => {
      const traffic = trafficOfStacks(service.stacks);
      const written = () => JSON.stringify(traffic.request(request).outcomes.map(({ share, trace }) => [share, trace]));
      const healthy = written();
      traffic.given(Fault.region(service.regions[0]!)).request(request);
      expect(written()).toBe(healthy);
    }),
    { ...RUNS, numRuns: 100 },
  );
});
