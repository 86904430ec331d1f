import type { Hop } from '../../../lib/traffic/hop';
import { behavior, distribution, edgeEnds, endingWith, origin, originGroup, originRequest } from '../../support/edge';
import { ends, trafficOf } from '../../support/traffic';

const url = 'https://shop.example.com/x';
const ENDS_OF = (outcomes: ReturnType<typeof edgeEnds>) =>
  outcomes.map(({ share, destination, status }) => [
    Number(share.toFixed(6)),
    destination.type,
    destination.id,
    status,
  ]);

test('protocol, ports and paths are those of the origin', () => {
  const at = (more: object, from = url) =>
    originRequest(
      { Dist: distribution({ Origins: [origin('a', more)], DefaultRootObject: 'index.html' }) },
      { url: from },
    );
  const seen = ({ scheme, port, path }: ReturnType<typeof at>) => [scheme, port, path];
  expect(seen(at({}))).toEqual(['https', 443, '/x']);
  const http = { CustomOriginConfig: { OriginProtocolPolicy: 'http-only', HTTPPort: 8080 }, OriginPath: '/prod' };
  expect(seen(at(http))).toEqual(['http', 8080, '/prod/x']);
  expect(seen(at(http, 'https://shop.example.com/'))).toEqual(['http', 8080, '/prod/index.html']);
  expect(seen(at({ CustomOriginConfig: { OriginProtocolPolicy: 'match-viewer' } }))).toEqual(['https', 443, '/x']);
  expect(seen(at({ S3OriginConfig: {}, CustomOriginConfig: null }, 'http://shop.example.com/x'))).toEqual([
    'http',
    80,
    '/x',
  ]);
});

test('the origin gets the path as the viewer sent it', () => {
  expect(originRequest({ Dist: distribution() }, { url: 'https://shop.example.com/a//b' }).path).toBe('/a//b');
});

test('an origin leads to the balancer that it refers to', () => {
  const named = origin('a', { DomainName: { 'Fn::GetAtt': ['Lb', 'DNSName'] } });
  const resources = {
    Dist: distribution({ Origins: [named], DefaultCacheBehavior: behavior('a', { OriginRequestPolicyId: null }) }),
    Lb: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: {} },
  };
  const [end] = edgeEnds(resources, { url }, { balancer: endingWith('target-group', 'Blue') });
  expect(end!.destination).toMatchObject({ type: 'target-group', id: 'Blue' });
  expect(end!.passage.request.via).toBe('cloudfront');
});

test.each([
  ['an address', endingWith('address', '192.0.2.1'), ['origin', 'a', null]],
  ['no answer', endingWith('no-answer', 'a.example.net'), ['error', 'a', 502]],
  ['nothing that can be reached', endingWith('error', 'Lb'), ['error', 'a', 504]],
  ['a balancer that fails', endingWith('error', 'Lb', 503), ['error', 'Lb', 503]],
  ['a group', endingWith('target-group', 'Blue'), ['target-group', 'Blue', null]],
] as const)('a name of the templates that leads to %s', (_, hop, expected) => {
  const [end] = edgeEnds({ Dist: distribution() }, { url }, { names: { 'a.example.net': hop } });
  expect([end!.destination.type, end!.destination.id, end!.status]).toEqual(expected);
});

test.each([
  ['the same parameter in both places', { Ref: 'Name' }, { Ref: 'Name' }, '${Name}'],
  ['the only Id that can be it', { Ref: 'Name' }, 'a', '${Name}'],
  [
    'a text with the same parameter',
    { 'Fn::Join': ['-', [{ Ref: 'Name' }, '1']] },
    { 'Fn::Join': ['', [{ Ref: 'Name' }, '-1']] },
    '${Name}-1',
  ],
])('an Id may be known to a deployment alone: %s', (_, id, target, expected) => {
  const Origins = [origin('b'), { ...origin('x'), Id: id }];
  const DefaultCacheBehavior = { ...behavior('a'), TargetOriginId: target };
  expect(ends(trafficOf({ Dist: distribution({ Origins, DefaultCacheBehavior }) }).request({ url }))).toEqual([
    `1 origin ${expected}`,
  ]);
});

test('an Id that is not known leads to the only origin', () => {
  const config = {
    Origins: [origin('a')],
    DefaultCacheBehavior: { ...behavior('a'), TargetOriginId: { Ref: 'Name' } },
  };
  expect(ends(trafficOf({ Dist: distribution(config) }).request({ url }))).toEqual(['1 origin a']);
});

test('fails if an Id that is not known can be that of several origins', () => {
  const config = { DefaultCacheBehavior: { ...behavior('a'), TargetOriginId: { Ref: 'Name' } } };
  expect(() => trafficOf({ Dist: distribution(config) }).request({ url })).toThrow(
    "Stack/Dist (AWS::CloudFront::Distribution): which origin ${Name} is isn't known. There are: a, b.",
  );
});

test('an origin without an Id is none that an Id can stand for', () => {
  const Origins = [{ ...origin('a'), Id: null }];
  const config = { Origins, DefaultCacheBehavior: { ...behavior('a'), TargetOriginId: { Ref: 'Name' } } };
  expect(() => trafficOf({ Dist: distribution(config) }).request({ url })).toThrow("isn't known. There are: ?.");
});

test('the members of a group may be named by a parameter', () => {
  const named = JSON.stringify(originGroup(503)).replace('"OriginId":"b"', '"OriginId":{"Ref":"Second"}');
  const config = {
    Origins: [origin('a'), { ...origin('b'), Id: { Ref: 'Second' } }],
    OriginGroups: JSON.parse(named),
    DefaultCacheBehavior: behavior('group'),
  };
  const traffic = trafficOf({ Dist: distribution(config) });
  expect(ends(traffic.given('origin=a:503').request({ url }))).toEqual(['1 origin ${Second}']);
});

test('an origin fails by a fault that names its Id or its domain', () => {
  const traffic = trafficOf({ Dist: distribution() });
  expect(ends(traffic.given('origin=a:503').request({ url }))).toEqual(['1 error a 503']);
  expect(ends(traffic.given('origin=a.example.net:404').request({ url }))).toEqual(['1 error a 404']);
  expect(ends(traffic.given('origin=b:503').request({ url }))).toEqual(['1 origin a']);
});

test('a group fails over for the part of the requests that fails', () => {
  const half: Hop = {
    pass(passage, road) {
      road.end(passage.part(0.25), { type: 'target-group', id: 'Blue' });
      road.end(passage.part(0.75), { type: 'fixed-response', id: 'Rule' }, 503);
    },
  };
  const config = { OriginGroups: originGroup(503), DefaultCacheBehavior: behavior('group') };
  const ended = edgeEnds({ Dist: distribution(config) }, { url }, { names: { 'a.example.net': half } });
  expect(ENDS_OF(ended)).toEqual([
    [0.25, 'target-group', 'Blue', null],
    [0.75, 'origin', 'b', null],
  ]);
  expect(ended[1]!.trace.map(({ hop }) => hop)).toContain('origin-group');
  expect(ended[1]!.passage.request.host).toBe('shop.example.com');
});

test.each([
  ['FailoverCriteria', { FailoverCriteria: { Ref: 'X' } }],
  ['FailoverCriteria.StatusCodes', { FailoverCriteria: { StatusCodes: { Ref: 'X' } } }],
  ['FailoverCriteria.StatusCodes.Items', { FailoverCriteria: { StatusCodes: { Items: { Ref: 'X' } } } }],
  ['FailoverCriteria.StatusCodes.Items', { FailoverCriteria: { StatusCodes: { Items: [500, { Ref: 'X' }] } } }],
])('criteria that are not known may lead to the second origin: %s', (property, criteria) => {
  const Members = { Items: [{ OriginId: 'a' }, { OriginId: 'b' }] };
  const config = {
    OriginGroups: { Items: [{ Id: 'group', Members, ...criteria }] },
    DefaultCacheBehavior: behavior('group'),
  };
  const traffic = trafficOf({ Dist: distribution(config) });
  expect(traffic.request({ url }).outcomes[0]!.quality).toBe('exact');
  const failed = traffic.given('origin=a:503').request({ url });
  expect([ends(failed), failed.outcomes[0]!.quality]).toEqual([['1 error a 503'], 'bounded']);
  expect(failed.warnings[0]).toContain(`${property} isn't known`);
});

test.each(['media-quality-based', { Ref: 'X' }])(
  'which origin the quality of media chooses no template tells: %j',
  (by) => {
    const [group] = (originGroup(503) as { Items: object[] }).Items;
    const config = {
      OriginGroups: { Items: [{ ...group, SelectionCriteria: by }] },
      DefaultCacheBehavior: behavior('group'),
    };
    const answer = trafficOf({ Dist: distribution(config) }).request({ url });
    expect([ends(answer), answer.outcomes[0]!.quality]).toEqual([['1 origin a'], 'undocumented']);
    expect(answer.warnings[0]).toContain('SelectionCriteria lets the quality of the media choose between a and b');
  },
);

test('whether OPTIONS fails over where it is not cached is undocumented', () => {
  const config = (more: object) => ({
    OriginGroups: originGroup(503),
    DefaultCacheBehavior: behavior('group', { AllowedMethods: ['GET', 'HEAD', 'OPTIONS'], ...more }),
  });
  const request = { url, method: 'OPTIONS' };
  const quality = (more: object) =>
    edgeEnds({ Dist: distribution(config(more)) }, request, { faults: ['origin=a:503'] })[0]!.quality;
  expect(quality({})).toBe('undocumented');
  expect(quality({ CachedMethods: ['GET', 'HEAD', 'OPTIONS'] })).toBe('exact');
});

test('the origin of a distribution of old stands in the distribution itself', () => {
  const config = { Origins: null, CustomOrigin: { DNSName: 'old.example.net', OriginProtocolPolicy: 'http-only' } };
  const request = originRequest(
    { Dist: distribution({ ...config, DefaultCacheBehavior: behavior('any', { OriginRequestPolicyId: null }) }) },
    { url },
  );
  expect([request.host, request.scheme]).toEqual(['old.example.net', 'http']);
});

test('fails for an origin that the distribution does not have, but only on the road there', () => {
  const config = { CacheBehaviors: [behavior('missing', { PathPattern: '/y' })] };
  const traffic = trafficOf({ Dist: distribution(config) });
  expect(ends(traffic.request({ url }))).toEqual(['1 origin a']);
  expect(() => traffic.request({ url: 'https://shop.example.com/y' })).toThrow(
    "Stack/Dist (AWS::CloudFront::Distribution): no origin has the Id 'missing'. There are: a, b.",
  );
});

test('fails for an origin group that has not two members', () => {
  const group = { Items: [{ Id: 'group', Members: { Items: [{ OriginId: 'a' }] } }] };
  const traffic = trafficOf({ Dist: distribution({ OriginGroups: group, DefaultCacheBehavior: behavior('group') }) });
  expect(() => traffic.request({ url })).toThrow('an origin group has exactly two members');
});

test('an origin that only a deployment knows ends the road, with a warning', () => {
  const unknown = origin('a', { DomainName: { Ref: 'Domain' } });
  const answer = trafficOf({ Dist: distribution({ Origins: [unknown] }) }).request({ url });
  expect(ends(answer)).toEqual(['1 origin a']);
  expect(answer.warnings).toEqual(["Stack/Dist: where origin a leads isn't in the templates, so the road ends there."]);
});

test.each([
  ['OriginCustomHeaders', { OriginCustomHeaders: { Ref: 'X' } }],
  ['HeaderName', { OriginCustomHeaders: [{ HeaderName: { Ref: 'X' }, HeaderValue: '1' }] }],
])('headers of an origin that are not known are said to be left out: %s', (property, more) => {
  const answer = trafficOf({ Dist: distribution({ Origins: [origin('a', more)] }) }).request({ url });
  expect(answer.warnings[0]).toMatch(new RegExp(`^Not known, and so counted as left out: .*${property}\\.$`));
});

describe('a Region that is down', () => {
  const bucket = { Bucket: { Type: 'AWS::S3::Bucket' } };
  const inRegion = (DomainName: unknown, more: object = {}) =>
    trafficOf({
      ...bucket,
      Dist: distribution({ Origins: [origin('a', { DomainName }), origin('b')], ...more }),
    }).given('region=us-east-1');

  test.each([
    ['a name with the Region in it', 'x.s3.us-east-1.amazonaws.com'],
    ['a resource of a stack there', { 'Fn::GetAtt': ['Bucket', 'RegionalDomainName'] }],
    ['a balancer by its name alone', 'web-1.us-east-1.elb.amazonaws.com'],
  ])('takes an origin with it: %s', (_, name) => {
    const { outcomes } = inRegion(name).request({ url });
    expect(outcomes.map(({ status, destination }) => [destination.type, destination.id, status])).toEqual([
      ['error', 'a', 504],
    ]);
    expect(outcomes[0]!.trace.at(-2)!.because).toBe('it is in us-east-1, which is down');
  });

  test.each([
    ['elsewhere', 'x.s3.eu-west-1.amazonaws.com'],
    ['nowhere that is known', 'x.example.net'],
  ])('leaves an origin %s as it is', (_, name) => {
    expect(ends(inRegion(name).request({ url }))).toEqual(['1 origin a']);
  });

  test.each([
    [503, ['1 origin b']],
    [500, ['1 error a 504']],
  ])('leads to the second origin of a group that goes by %d', (status, expected) => {
    const group = { OriginGroups: originGroup(status), DefaultCacheBehavior: behavior('group') };
    expect(ends(inRegion('x.s3.us-east-1.amazonaws.com', group).request({ url }))).toEqual(expected);
  });
});

describe('gRPC', () => {
  const seen = (
    more: object,
    headers: Record<string, string>,
    httpVersion: '1.1' | '2' = '2',
    at: object = {},
    config: object = {},
  ) =>
    originRequest(
      { Dist: distribution({ Origins: [origin('a', at)], DefaultCacheBehavior: behavior('a', more), ...config }) },
      { url, headers, httpVersion },
    ).httpVersion;
  const on = { GrpcConfig: { Enabled: true } };
  const call = { 'content-type': 'application/grpc+proto' };

  test('goes on over HTTP/2 where its behavior has it switched on', () => {
    expect(seen(on, call)).toBe('2');
  });

  test.each([
    ['it is switched off', { GrpcConfig: { Enabled: false } }, call, '2', {}],
    ['the request is another', on, {}, '2', {}],
    ['the viewer speaks HTTP/1.1', on, call, '1.1', {}],
    ['the distribution speaks HTTP/1.1 with viewers', on, call, '2', {}, { HttpVersion: 'http1.1' }],
    ['the origin speaks HTTP', on, call, '2', { CustomOriginConfig: { OriginProtocolPolicy: 'http-only' } }],
  ] as const)('is HTTP/1.1 where %s', (_, more, headers, version, at, config: object = {}) => {
    expect(seen(more, headers, version, at, config)).toBe('1.1');
  });
});
