import fc from 'fast-check';
import { type Answer, Fault } from '../../lib/traffic';
import { trafficOfStacks } from '../support/traffic';
import { requests, type Service, services } from './services';

/** The fact by which targets that fail are used all the same. */
const FAIL_OPEN = ['ALB-30'];
/** More of them in `npm run test:properties`. */
const RUNS = { seed: 5, numRuns: Number(process.env.PROPERTY_RUNS ?? 300) };

type End = Answer['outcomes'][number];

/** A fault, and whether a request that ends so was taken by what it breaks. */
interface Break {
  readonly fault: Fault;
  hits(end: End): boolean;
}

function breaksOf({ regions, groups, origins, checks, isChecked }: Service): readonly Break[] {
  const isTaken = ({ destination }: End) => destination.type === 'target-group';
  return [
    ...regions.map((region) => ({
      fault: Fault.region(region),
      hits: (end: End) => isTaken(end) && end.destination.stack === region,
    })),
    ...groups.flatMap((group) =>
      [Fault.targetGroup(group), Fault.targets(group, 0, 3), Fault.targets(group, 0, 0)].map((fault) => ({
        fault,
        hits: (end: End) => isTaken(end) && `${end.destination.stack}/${end.destination.id}` === group,
      })),
    ),
    ...origins.map((origin) => ({
      fault: Fault.origin(origin, 503),
      // What it answers itself goes to nobody.
      hits: ({ destination, trace }: End) =>
        destination.type !== 'error' && trace.filter(({ hop }) => hop === 'origin').at(-1)?.id === origin,
    })),
    ...checks.map((check, index) => ({
      fault: Fault.healthCheck(check),
      hits: ({ trace }: End) => isChecked && trace.some(({ id }) => id === `Choice${index}`),
    })),
  ];
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
  const seen = { spared: 0, failedOpen: 0 };
  fc.assert(
    fc.property(services, requests, fc.nat(), (service, request, index) => {
      const breaks = breaksOf(service);
      const { fault, hits } = breaks[index % breaks.length]!;
      const traffic = trafficOfStacks(service.stacks);
      const before = traffic.request(request).outcomes.filter(hits);
      const after = traffic.given(fault).request(request).outcomes.filter(hits);
      for (const { trace } of after)
        expect(trace.flatMap(({ facts }) => facts)).toEqual(expect.arrayContaining(FAIL_OPEN));
      seen.failedOpen += after.length;
      if (before.length > 0 && after.length === 0) seen.spared++;
    }),
    RUNS,
  );
  // Else nothing would have been broken, or nothing would have failed open.
  expect(seen.spared).toBeGreaterThan(10);
  expect(seen.failedOpen).toBeGreaterThan(10);
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
