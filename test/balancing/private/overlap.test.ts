import { CfnParameter, Lazy, Stack } from 'aws-cdk-lib';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as fc from 'fast-check';
import { Conditions } from '../../../lib/balancing/conditions';
import { overlap } from '../../../lib/balancing/private/overlap';

type List = elbv2.ListenerCondition[];
const raw = (conditions: List) => conditions.map((condition) => condition.renderRawCondition());
const between = (a: List, b: List) => overlap(raw(a), raw(b));

const api = Conditions.pathUnder('/api');
const get = Conditions.method('GET');

test.each<[string, List, List]>([
  ['paths', [api], [Conditions.path('/apis', '/web/*')]],
  ['the case of paths', [Conditions.path('/API')], [Conditions.path('/api')]],
  ['hosts', [api, Conditions.host('a.com')], [api, Conditions.host('*.a.com')]],
  ['methods', [api, get], [api, Conditions.method('POST', 'PUT')]],
  ['a header', [Conditions.header('X-Tenant', 'a*')], [Conditions.header('x-tenant', 'b', 'c*')]],
  [
    'a media type and a longer one',
    [Conditions.contentType('application/json')],
    [Conditions.contentType('application/json5')],
  ],
  ['addresses', [Conditions.sourceIp('10.0.0.0/8')], [Conditions.sourceIp('11.0.0.0/8', '::/0')]],
  ['IPv6 addresses', [Conditions.sourceIp('2001:db8::/48')], [Conditions.sourceIp('2001:db8:1::/48')]],
  [
    'one field among those that overlap',
    [api, get, Conditions.host('a.com')],
    [api, Conditions.host('a.com'), Conditions.method('PUT')],
  ],
  [
    'paths, whatever a regular expression says of hosts',
    [api, Conditions.hostRegex('a')],
    [Conditions.path('/b'), Conditions.host('a.com')],
  ],
  [
    'conditions of the L2',
    [elbv2.ListenerCondition.pathPatterns(['/a'])],
    [elbv2.ListenerCondition.pathPatterns(['/b'])],
  ],
])('tells routes apart by %s', (_, a, b) => {
  expect(between(a, b).answer).toBe('no');
  expect(between(b, a).answer).toBe('no');
});

test.each<[string, List, List, string]>([
  ['a path under a prefix', [api], [Conditions.path('/api/users')], "both match path '/api/users'"],
  ['hosts in another case', [Conditions.host('A.com')], [Conditions.host('*.com')], "both match host 'a.com'"],
  ['header values in another case', [Conditions.header('X', 'A')], [Conditions.header('x', 'a')], "header x 'a'"],
  [
    'headers of other names',
    [Conditions.header('X', 'a')],
    [Conditions.header('Y', 'b')],
    'no condition tells them apart',
  ],
  ['queries', [Conditions.query('v', '1')], [Conditions.query('v', '2')], 'no condition tells them apart'],
  [
    'an address in a block',
    [Conditions.sourceIp('10.0.0.0/8')],
    [Conditions.sourceIp('10.9.0.0/16')],
    "address '10.9.0.0/16'",
  ],
  [
    'a block and one inside it',
    [Conditions.sourceIp('2001:db8:0:1::/64')],
    [Conditions.sourceIp('2001:db8::/32')],
    '2001:db8:0:1::/64',
  ],
  ['fields of other kinds', [api], [get], 'no condition tells them apart'],
  ['a path and a method in common', [api, get], [get, api], "path '/api' with method 'GET'"],
])('finds that %s overlap', (_, a, b, because) => {
  expect(between(a, b)).toEqual({ answer: 'yes', because: expect.stringContaining(because) });
  expect(between(b, a).answer).toBe('yes');
});

test('says that it does not know when both ask for one field and one by a regular expression', () => {
  const a = [api, Conditions.hostRegex('^a')];
  expect(between(a, [api, Conditions.host('b.com')])).toEqual({ answer: 'unknown', because: "host can't be compared" });
  expect(between(a, [api]).answer).toBe('yes');
});

test('knows of tokens only that equal ones are equal', () => {
  const stack = new Stack();
  const a = new CfnParameter(stack, 'A').valueAsString;
  const b = new CfnParameter(stack, 'B').valueAsString;
  expect(between([Conditions.host(a)], [Conditions.host(b)]).answer).toBe('unknown');
  expect(between([Conditions.host(a)], [Conditions.host(a)]).answer).toBe('yes');
  const whole = Lazy.any({ produce: () => ({}) }) as never;
  expect(overlap([whole], raw([api])).answer).toBe('unknown');
  const list = new CfnParameter(stack, 'C', { type: 'CommaDelimitedList' }).valueAsList;
  expect(between([elbv2.ListenerCondition.hostHeaders(list)], [Conditions.host('a.com')]).answer).toBe('unknown');
});

test('answers the same in both directions, and that every route overlaps itself', () => {
  const condition = fc.oneof(
    fc.constantFrom('/a', '/a/*', '/*/b', '/b?', '/*').map((value) => Conditions.path(value)),
    fc.constantFrom('a.com', '*.a.com', 'b.*.com').map((value) => Conditions.host(value)),
    fc.constantFrom('GET', 'PUT').map((value) => Conditions.method(value)),
    fc.constantFrom('10.0.0.0/8', '10.1.0.0/16', '::/0', '2001:db8::/32').map((value) => Conditions.sourceIp(value)),
    fc.constantFrom('a', 'A*', '?b').map((value) => Conditions.header('X', value)),
  );
  const list = fc.uniqueArray(condition, { maxLength: 4, selector: (one) => one.renderRawCondition().field });
  fc.assert(
    fc.property(list, list, (a, b) => {
      expect(between(a, b).answer).toBe(between(b, a).answer);
      expect(between(a, a).answer).toBe('yes');
    }),
  );
});
