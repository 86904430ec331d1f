import { styleOf } from '../../lib/cli/io';
import { drawCheck } from '../../lib/render/check';
import { Coverage } from '../../lib/traffic/coverage';
import { elementsOf } from '../../lib/traffic/elements';
import { LB, listener, path, rule } from '../support/balancer';
import { stackWith } from '../support/resources';

const STYLE = {
  ...styleOf({ out: () => {}, err: () => {}, isTerminal: false, columns: undefined, env: {}, cwd: '/' }),
  width: 70,
};

test('what no request can reach is a line each, with what stands before it', () => {
  const resources = {
    ...LB,
    Listener: listener(),
    All: rule(5, [path('/*')]),
    TheOtherRuleOfPaths: rule(6, [path('/more')]),
  };
  const report = new Coverage(elementsOf(stackWith(resources))).report();
  expect(drawCheck([], report, STYLE)).toBe(`
0 of 0 cases passed
coverage 0 %: rules 0 of 1, behaviors 0 of 0, records 0 of 0
  not reached rule All in Stack: priority 5
  out of reach: priority 6 of TheOtherRuleOfPaths in Stack (All
    takes everything)
  out of reach: default of Listener in Stack (All takes everything)
`);
});
