import { behavior, distribution } from '../../support/edge';
import { ends, trafficOf } from '../../support/traffic';

const url = 'https://shop.example.com/v1/x';

function withFunction(edgeFunction: object | undefined, more: object = {}) {
  const association = { EventType: 'viewer-request', FunctionARN: { 'Fn::GetAtt': ['Router', 'FunctionARN'] } };
  return trafficOf({
    Dist: distribution({ DefaultCacheBehavior: behavior('a', { FunctionAssociations: [association], ...more }) }),
    Router: {
      Type: 'AWS::CloudFront::Function',
      Properties: {},
      ...(edgeFunction === undefined ? {} : { Metadata: { 'cdk-headgate': { version: 1, edgeFunction } } }),
    },
  });
}

test('a function without metadata counts as doing nothing, with a warning', () => {
  const answer = withFunction(undefined).request({ url });
  expect(ends(answer)).toEqual(['1 origin a']);
  expect(answer.outcomes[0]!.quality).toBe('undocumented');
  expect(answer.warnings[0]).toBe(
    "Stack/Dist: what function Router does isn't known; it counts as doing nothing. Say it in its Metadata['cdk-headgate'].",
  );
});

test('functions of which no list is known count as doing nothing, with a warning', () => {
  const answer = withFunction(undefined, { FunctionAssociations: { Ref: 'Functions' } }).request({ url });
  expect(answer.outcomes[0]!.quality).toBe('undocumented');
  expect(answer.warnings[0]).toBe(
    "Stack/Dist: what function ${Functions} does isn't known; it counts as doing nothing.",
  );
});

test('a function at viewer responses changes nothing', () => {
  const association = { EventType: 'viewer-response', FunctionARN: { 'Fn::GetAtt': ['Router', 'FunctionARN'] } };
  const answer = withFunction(undefined, { FunctionAssociations: [association] }).request({ url });
  expect(answer.outcomes[0]!.quality).toBe('exact');
});

test('what Lambda@Edge does is not known', () => {
  const association = { EventType: 'origin-request', LambdaFunctionARN: 'arn:aws:lambda:us-east-1:1:function:f:1' };
  const more = { FunctionAssociations: [], LambdaFunctionAssociations: [association] };
  const answer = withFunction({}, more).request({ url });
  expect(answer.outcomes[0]!.quality).toBe('undocumented');
  expect(answer.warnings[0]).toMatch(/: what function arn:\S+ does isn't known; it counts as doing nothing\.$/);
});

test('a function rewrites the path and sets headers', () => {
  const edgeFunction = {
    rewritePath: { regex: '^/v(\\d)/', replacement: '/api/$1/' },
    setHeaders: { 'X-Variant': 'blue' },
  };
  const [end] = withFunction(edgeFunction).request({ url }).outcomes;
  const { request } = end!.passage;
  expect([request.path, request.header('x-variant')]).toEqual(['/api/1/x', 'blue']);
  expect(end!.trace.find(({ hop }) => hop === 'function')!.because).toBe(
    "runs on every viewer request, sets x-variant, replaces ^/v(\\d)/ in the path by '/api/$1/'",
  );
});

test('a function redirects', () => {
  const redirect = { status: 308, location: 'https://example.com/' };
  expect(ends(withFunction({ redirect }).request({ url }))).toEqual(['1 redirect Router 308 https://example.com/']);
});

test('a function selects origins by stable shares', () => {
  const answer = withFunction({ selectOrigin: { shares: { a: 9, b: 1, c: 0 } } });
  expect(() => answer.request({ url })).toThrow("no origin has the Id 'c'");
  expect(ends(withFunction({ selectOrigin: { shares: { a: 9, b: 1 } } }).request({ url }))).toEqual([
    '0.9 origin a',
    '0.1 origin b',
  ]);
});

test('a function selects origins by Region, which is bounded if it is not known', () => {
  const traffic = withFunction({ selectOrigin: { byRegion: { 'eu-west-1': 'b' }, default: 'a' } });
  expect(ends(traffic.request({ url, clientRegion: 'eu-west-1' }))).toEqual(['1 origin b']);
  expect(ends(traffic.request({ url, clientRegion: 'us-west-2' }))).toEqual(['1 origin a']);
  const { outcomes } = traffic.request({ url });
  expect(
    outcomes.map(({ destination, share, min, max, quality }) => [destination.id, share, min, max, quality]),
  ).toEqual([
    ['b', 0.5, 0, 1, 'bounded'],
    ['a', 0.5, 0, 1, 'bounded'],
  ]);
});

test.each([
  [{ selectOrigin: {} }, "must have 'byRegion', 'default' or 'shares'"],
  [{ selectOrigin: { shares: { a: 0 } } }, 'must have a weight above 0'],
  [{ selectOrigin: { shares: { a: -1 } } }, 'a weight from 0 to 1000000'],
  [{ redirect: { status: 200, location: '/' } }, '301, 302, 303, 307 or 308'],
  [{ rewritePath: { regex: '(', replacement: '' } }, 'must be a regular expression'],
  [{ rewritePaths: {} }, "rewritePaths isn't known"],
])('fails for the metadata %j', (edgeFunction, message) => {
  expect(() => withFunction(edgeFunction).request({ url })).toThrow(message);
});

test("fails for a Region that there is not, which would be nobody's nearest", () => {
  const selectOrigin = { byRegion: { 'eu-wset-1': 'b', 'us-east-1': 'a' } };
  expect(() => withFunction({ selectOrigin }).request({ url })).toThrow(
    /selectOrigin\.byRegion\.eu-wset-1 isn't a Region.*eu-west-1/,
  );
});
