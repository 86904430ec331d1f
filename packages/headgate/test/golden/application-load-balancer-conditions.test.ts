/** Worked examples of the user guide of Application Load Balancers: which requests meet the conditions of a rule. */

import type { RequestOptions } from '../../lib/traffic';
import { fixed, header, host, LB, listener, method, path, query, rule, source } from '../support/balancer';
import { golden } from '../support/golden';
import { ends, factsOf, trafficOf } from '../support/traffic';

const GUIDE = 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application';

/** The answer to a request where one rule, which answers 200, has some conditions; 404 is the next one's. */
function answerTo(fact: string, conditions: readonly object[], request: string | RequestOptions) {
  const resources = { Rule: rule(10, conditions), After: rule(20, [path('*')], fixed(404)) };
  const traffic = trafficOf({ ...LB, Listener: listener(), ...resources });
  const answer = traffic.request(typeof request === 'string' ? { url: request } : request);
  if (answer.outcomes[0]!.status === 200) expect([...factsOf(answer)]).toContain(fact);
  return answer;
}

/** Its status. */
function status(fact: string, conditions: readonly object[], request: string | RequestOptions) {
  return answerTo(fact, conditions, request).outcomes[0]!.status;
}

golden('ALB-2', `${GUIDE}/rule-condition-types.html`, 'one value of each condition has to be met', () => {
  const conditions = [host('example.com', 'test.example.com'), path('/img/*', '/css/*')];
  expect(status('ALB-2', conditions, 'http://test.example.com/css/a')).toBe(200);
  expect(status('ALB-2', conditions, 'http://test.example.com/js/a')).toBe(404);
  expect(status('ALB-2', conditions, 'http://www.example.com/css/a')).toBe(404);
});

golden(
  'ALB-3',
  `${GUIDE}/rule-condition-types.html`,
  'paths are compared whole, with case and without the query',
  () => {
    for (const [pattern, target, expected] of [
      ['/img/*', '/img/picture.jpg', 200],
      ['/img/*', '/img', 404],
      ['/img/*/pics', '/img/a/b/pics', 200],
      ['/img/*/pics', '/img/a/pics?size=1', 200],
      ['/img/*/pics', '/css/a/pics', 404],
      ['/img/*/pics', '/img/a/pics/more', 404],
      ['/img/*', '/IMG/picture.jpg', 404],
      ['/a?c', '/abc', 200],
      ['/a?c', '/ac', 404],
    ] as const) {
      expect([pattern, target, status('ALB-3', [path(pattern)], `http://example.com${target}`)]).toEqual([
        pattern,
        target,
        expected,
      ]);
    }
  },
);

golden(
  'ALB-4',
  `${GUIDE}/rule-condition-types.html`,
  '*.example.com takes test.example.com but not example.com',
  () => {
    expect(status('ALB-4', [host('*.example.com')], 'http://test.example.com/')).toBe(200);
    expect(status('ALB-4', [host('*.example.com')], 'http://example.com/')).toBe(404);
    expect(status('ALB-4', [host('EXAMPLE.com')], 'http://example.COM/')).toBe(200);
    const other = { url: 'http://example.com/', headers: { Host: 'example.com:8080' } };
    expect(status('ALB-4', [host('example.com')], other)).toBe(404);
    expect(status('ALB-4', [host('a?.example.com')], 'http://ab.example.com/')).toBe(200);
    expect(status('ALB-4', [host('a?.example.com')], 'http://abc.example.com/')).toBe(404);
  },
);

golden(
  'ALB-4',
  'https://github.com/kubernetes-sigs/gateway-api/pull/1980',
  "the listener's own port does not count",
  () => {
    const own = { url: 'http://example.com/', headers: { Host: 'example.com:80' } };
    const answer = answerTo('ALB-4', [host('example.com')], own);
    expect(ends(answer)).toEqual(['1 fixed-response Rule 200']);
    expect(answer.outcomes[0]!.quality).toBe('undocumented');
    expect(status('ALB-4', [host('www.example.com')], own)).toBe(404);
  },
);

golden('ALB-5', `${GUIDE}/rule-condition-types.html`, 'headers are compared without case, methods with it', () => {
  const chrome = { url: 'http://example.com/', headers: { 'user-agent': 'Mozilla/5.0 CHROME/1' } };
  expect(status('ALB-5', [header('User-Agent', '*Chrome*', '*Safari*')], chrome)).toBe(200);
  expect(status('ALB-5', [header('User-Agent', '*Safari*')], chrome)).toBe(404);
  const custom = { url: 'http://example.com/', method: 'CUSTOM-METHOD' };
  expect(status('ALB-5', [method('CUSTOM-METHOD')], custom)).toBe(200);
  expect(status('ALB-5', [method('CUSTOM-METHOD')], { ...custom, method: 'custom-method' })).toBe(404);
});

golden('ALB-5', `${GUIDE}/rule-condition-types.html`, 'queries are compared by key and value, or value alone', () => {
  const conditions = [query({ Key: 'version', Value: 'v1' }, { Value: '*example*' })];
  expect(status('ALB-5', conditions, 'http://example.com/?VERSION=V1')).toBe(200);
  expect(status('ALB-5', conditions, 'http://example.com/?any=an-example-value')).toBe(200);
  expect(status('ALB-5', conditions, 'http://example.com/?version=v2')).toBe(404);
  expect(status('ALB-5', [query({ Key: 'v*', Value: 'v?' })], 'http://example.com/?version=v2')).toBe(200);
});

golden(
  'ALB-5',
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-elasticloadbalancingv2-listenerrule-querystringconfig.html',
  'whether percent-encoding is undone before is not documented',
  () => {
    const conditions = [query({ Key: 'name', Value: 'a b' })];
    const decoded = answerTo('ALB-5', conditions, 'http://example.com/?name=a%20b');
    expect(ends(decoded)).toEqual(['1 fixed-response Rule 200']);
    expect(decoded.outcomes[0]!.quality).toBe('undocumented');
    expect(status('ALB-5', conditions, 'http://example.com/?name=a%20c')).toBe(404);
  },
);

golden(
  'ALB-5',
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-elasticloadbalancingv2-listenerrule-httpheaderconfig.html',
  'of a header that comes several times each line is compared, and only values have wildcards',
  () => {
    const url = 'http://example.com/';
    const lines = { url, headers: { 'X-Tenant': 'blue, green' } };
    expect(status('ALB-5', [header('X-Tenant', 'green')], lines)).toBe(200);
    expect(status('ALB-5', [header('X-Tenant', 'red')], lines)).toBe(404);
    expect(status('ALB-5', [header('X-*', 'blue*')], lines)).toBe(404);
    expect(status('ALB-5', [header('X-Tenant', 'b?ue*')], lines)).toBe(200);
  },
);

golden('ALB-5', `${GUIDE}/rule-condition-types.html`, "the address is the connection's, not X-Forwarded-For's", () => {
  const conditions = [source('192.0.2.0/24', '198.51.100.10/32')];
  const url = 'http://example.com/';
  expect(status('ALB-5', conditions, { url, clientIp: '198.51.100.10' })).toBe(200);
  const headers = { 'X-Forwarded-For': '198.51.100.10' };
  expect(status('ALB-5', conditions, { url, clientIp: '203.0.113.1', headers })).toBe(404);
});

golden('ALB-6', `${GUIDE}/rule-condition-types.html`, 'a regular expression takes what a pattern cannot say', () => {
  const conditions = [{ Field: 'path-pattern', PathPatternConfig: { RegexValues: ['^/api/?(.*)$'] } }];
  expect(status('ALB-6', conditions, 'http://example.com/api')).toBe(200);
  expect(status('ALB-6', conditions, 'http://example.com/api/x')).toBe(200);
  expect(status('ALB-6', conditions, 'http://example.com/x/api')).toBe(404);
  const hosts = [{ Field: 'host-header', HostHeaderConfig: { RegexValues: ['^(blue|green)[0-9]+\\.example\\.com$'] } }];
  expect(status('ALB-6', hosts, 'http://green42.example.com/')).toBe(200);
  expect(status('ALB-6', hosts, 'http://green.example.com/')).toBe(404);
});

golden('ALB-6', `${GUIDE}/rule-condition-types.html`, 'whether a part of the text is enough is not documented', () => {
  const part = { Field: 'path-pattern', PathPatternConfig: { RegexValues: ['^/api/'] } };
  const answer = answerTo('ALB-6', [part], 'http://example.com/api/x');
  expect(ends(answer)).toEqual(['1 fixed-response Rule 200']);
  expect(answer.outcomes[0]!.quality).toBe('undocumented');
});

golden('ALB-10', `${GUIDE}/rule-condition-types.html`, 'a backslash makes a wildcard of a query literal', () => {
  expect(status('ALB-10', [query({ Key: 'q', Value: 'a\\*' })], 'http://example.com/?q=a*')).toBe(200);
  expect(status('ALB-10', [query({ Key: 'q', Value: 'a\\*' })], 'http://example.com/?q=ab')).toBe(404);
});
