import fc from 'fast-check';
import { type Answer, Fault } from '../../lib/traffic';
import { trafficOfStacks } from '../support/traffic';
import { requests, type Service, services } from './services';

/** The facts by which a part that fails is used all the same. */
const FAIL_OPEN = ['ALB-30', 'ALB-31', 'NLB-4', 'R53-1', 'R53-2', 'R53-3', 'GA-1'];
/** More of them in `npm run test:properties`. */
const RUNS = { seed: 5, numRuns: Number(process.env.PROPERTY_RUNS ?? 300) };

/** A fault, and whether an outcome ends at what it breaks. */
interface Break {
  readonly fault: Fault;
  hits(outcome: Answer['outcomes'][number]): boolean;
}

function breaksOf({ regions, groups, origins }: Service): readonly Break[] {
  return [
    ...regions.map((region) => ({
      fault: Fault.region(region),
      hits: ({ destination }: Answer['outcomes'][number]) => destination.stack === region,
    })),
    ...groups.flatMap((group) =>
      [Fault.targetGroup(group), Fault.targets(group, 0, 3), Fault.targets(group, 0, 0)].map((fault) => ({
        fault,
        hits: ({ destination }: Answer['outcomes'][number]) => `${destination.stack}/${destination.id}` === group,
      })),
    ),
    ...origins.map((origin) => ({
      fault: Fault.origin(origin, 503),
      // What it answers itself goes to nobody.
      hits: ({ destination, trace }: Answer['outcomes'][number]) =>
        destination.type !== 'error' && trace.filter(({ hop }) => hop === 'origin').at(-1)?.id === origin,
    })),
  ];
}

const sumOf = (outcomes: Answer['outcomes']) => outcomes.reduce((total, { share }) => total + share, 0);

test('the shares of every answer sum to 1, each within its bounds, whatever is broken', () => {
  fc.assert(
    fc.property(services, requests, fc.array(fc.nat(), { maxLength: 3 }), (service, request, chosen) => {
      const all = [
        ...breaksOf(service).map(({ fault }) => fault),
        ...service.checks.map((id) => Fault.healthCheck(id)),
      ];
      const { outcomes } = trafficOfStacks(service.stacks)
        .given(...chosen.map((index) => all[index % all.length]!))
        .request(request);
      expect(sumOf(outcomes)).toBeCloseTo(1, 9);
      for (const { share, min, max } of outcomes) {
        expect(share).toBeGreaterThan(0);
        expect(min).toBeLessThanOrEqual(share + 1e-12);
        expect(max).toBeGreaterThanOrEqual(share - 1e-12);
      }
    }),
    RUNS,
  );
});

test('a fault never makes requests reach what it breaks, unless the road cites a fact of failing open', () => {
  let failedOpen = 0;
  fc.assert(
    fc.property(services, requests, fc.nat(), (service, request, index) => {
      const breaks = breaksOf(service);
      const { fault, hits } = breaks[index % breaks.length]!;
      const traffic = trafficOfStacks(service.stacks);
      const before = traffic.request(request).outcomes.filter(hits);
      const after = traffic.given(fault).request(request).outcomes.filter(hits);
      const cites = after.filter(({ trace }) =>
        trace.some(({ facts }) => facts.some((fact) => FAIL_OPEN.includes(fact))),
      );
      failedOpen += cites.length;
      const without = after.filter((outcome) => !cites.includes(outcome));
      expect(sumOf(without)).toBeLessThanOrEqual(sumOf(before) + 1e-9);
    }),
    RUNS,
  );
  // Else the exception would be all that was tested, or nothing of it.
  expect(failedOpen).toBeGreaterThan(10);
});

test('no target of a Region that is down takes a request', () => {
  fc.assert(
    fc.property(services, requests, fc.nat(), (service, request, index) => {
      const region = service.regions[index % service.regions.length]!;
      const { outcomes } = trafficOfStacks(service.stacks).given(Fault.region(region)).request(request);
      for (const { destination } of outcomes) {
        if (destination.stack === region) expect(destination.type).toBe('error');
      }
    }),
    RUNS,
  );
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
