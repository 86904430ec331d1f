import fc from 'fast-check';
import { fixed, host, LB, listener, path, rule } from '../../../support/balancer';
import { trafficOf } from '../../../support/traffic';

const HOSTS = ['a.example.com', 'b.example.com', '*.example.com', '*.b.*', 'A.Example.com'];
const hosts = fc.option(fc.array(fc.constantFrom(...HOSTS), { minLength: 1, maxLength: 2 }));
const paths = fc.option(
  fc.array(fc.string({ unit: fc.constantFrom('a', 'b', '/', '*', '?'), maxLength: 4 }), { minLength: 1, maxLength: 2 }),
);
const rules = fc.array(fc.record({ hosts, paths }), { maxLength: 16 });
const request = fc.record({
  host: fc.constantFrom('a.example.com', 'b.example.com', 'x.b.org', 'example.com', 'a.example.com:81'),
  path: fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 4 }),
});

test('the index finds the rule that trying one after another finds', () => {
  fc.assert(
    fc.property(rules, fc.array(request, { minLength: 1, maxLength: 5 }), (list, requests) => {
      const resources = Object.fromEntries(
        list.map((one, place) => {
          const conditions = [...(one.hosts ? [host(...one.hosts)] : []), ...(one.paths ? [path(...one.paths)] : [])];
          return [`R${place}`, rule(place + 1, conditions, fixed(200))];
        }),
      );
      const traffic = trafficOf({ ...LB, Listener: listener(), ...resources });
      for (const asked of requests) {
        const whole = `/${asked.path}`;
        const place = list.findIndex(
          (one) =>
            (!one.hosts || one.hosts.some((value) => asRegex(value.toLowerCase()).test(asked.host))) &&
            (!one.paths || one.paths.some((value) => asRegex(value).test(whole))),
        );
        const answer = traffic.request({ url: `http://x${whole}`, headers: { Host: asked.host } });
        expect(answer.outcomes[0]!.destination.id).toBe(place < 0 ? 'Listener' : `R${place}`);
      }
    }),
    { seed: 20_260_103, numRuns: 500 },
  );
});

function asRegex(glob: string): RegExp {
  const source = glob.replace(/[.*?]/g, (one) => ({ '.': '\\.', '*': '.*', '?': '.' })[one]!);
  return new RegExp(`^${source}$`);
}
