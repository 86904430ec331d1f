import { balancerElements } from '../../../lib/traffic/balancer';
import { fixed, group, host, LB, listener, path, REF, rule } from '../../support/balancer';
import { stackWith } from '../../support/resources';

/** Which elements nothing can reach, and why. */
function shadows(resources: object): Record<string, string> {
  const templates = stackWith({ ...LB, Listener: listener(), Token: { Type: 'Custom::Token' }, ...resources });
  return Object.fromEntries(
    balancerElements(templates).flatMap(({ key, shadowedBy }) => (shadowedBy === undefined ? [] : [[key, shadowedBy]])),
  );
}

const KNOWN = { First: rule(1, [path('/a')]), Last: rule(9, [path('/b')]) };
const UNKNOWN = { 'Fn::GetAtt': ['Token', 'Value'] };

test.each([
  ['/*', [path('/*')]],
  ['*', [path('*')]],
  ['one value of several', [path('/c', '/*')]],
  ['a value beside one that is not known', [path(UNKNOWN, '/*')]],
  ['the short form', [{ Field: 'path-pattern', Values: ['/*'] }]],
  ['no condition', []],
])('behind a rule for every path, no rule and no default can be reached: %s', (_, conditions) => {
  expect(shadows({ ...KNOWN, All: rule(5, conditions) })).toEqual({
    'Stack/Last': 'All takes everything',
    'Stack/Listener default': 'All takes everything',
  });
});

test.each([
  ['another condition', [path('/*'), host('a.example.com')]],
  ['a narrower pattern', [path('/*/')]],
  ['a path that is not known', [path(UNKNOWN)]],
  ['a list that is not known', [{ Field: 'path-pattern', PathPatternConfig: { Values: UNKNOWN } }]],
  ['a condition that is not known', [UNKNOWN]],
  ['a condition of no kind', [{ PathPatternConfig: { Values: ['/*'] } }]],
  ['an expression', [{ Field: 'path-pattern', PathPatternConfig: { RegexValues: ['.*'] } }]],
  ['any host', [host('*')]],
  ['what is no list', 'x'],
  ['a path that is no pattern', [{ Field: 'path-pattern', PathPatternConfig: 7 }]],
])('a rule that may leave requests to others proves nothing: %s', (_, conditions) => {
  expect(shadows({ ...KNOWN, All: rule(5, conditions as readonly object[]) })).toEqual({});
});

test('of a rule whose priority is not known, only the default is certainly behind', () => {
  expect(shadows({ ...KNOWN, All: rule(UNKNOWN, [path('/*')]) })).toEqual({
    'Stack/Listener default': 'All takes everything',
  });
});

test('a rule whose priority is not known may stand before one for every path', () => {
  expect(shadows({ Some: rule(UNKNOWN, [path('/a')]), All: rule('5', [path('/*')]) })).toEqual({
    'Stack/Listener default': 'All takes everything',
  });
});

test('the first of several rules for every path is named', () => {
  expect(shadows({ Later: rule(8, [path('*')]), Sooner: rule(5, [path('/*')]) })).toEqual({
    'Stack/Later': 'Sooner takes everything',
    'Stack/Listener default': 'Sooner takes everything',
  });
});

test('a rule for every path keeps nothing from the rules of another listener', () => {
  const other = {
    Other: listener({ Port: 81 }),
    There: rule(9, [path('/b')], fixed(200), { ListenerArn: REF('Other') }),
  };
  expect(Object.keys(shadows({ ...other, All: rule(5, [path('/*')]) }))).toEqual(['Stack/Listener default']);
});

test.each(['network', UNKNOWN])('the paths of a balancer of type %j decide nothing', (Type) => {
  const resources = {
    Lb: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Type } },
    Listener: listener({ Protocol: UNKNOWN }),
    Group: group(),
    All: rule(5, [path('/*')]),
  };
  expect(shadows(resources)).toEqual({});
});
