/** Worked examples of the developer guide of CloudFront: what an origin is asked, and where. */

import { UNTOLD } from '../../lib/traffic/untold';
import { answering, behavior, distribution, edgeEnds, endingWith, origin, originRequest } from '../support/edge';
import { golden } from '../support/golden';
import { ends, factsOf, trafficOf } from '../support/traffic';

const GUIDE = 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide';
const url = 'https://shop.example.com/';

/** Whether a header is one that is taken from the viewer's request, and none that CloudFront adds whatever the policies are. */
const isTaken = (name: string) => !['via', 'x-amz-cf-id', 'x-forwarded-for'].includes(name);

golden(
  'CF-7',
  `${GUIDE}/helper-functions-origin-modification.html`,
  'a viewer-request function selects another origin of the distribution by its id',
  () => {
    const association = { EventType: 'viewer-request', FunctionARN: { 'Fn::GetAtt': ['Router', 'FunctionARN'] } };
    const selectOrigin = { byRegion: { 'us-east-1': 'a', 'eu-west-1': 'b' }, default: 'a' };
    const traffic = trafficOf({
      Dist: distribution({ DefaultCacheBehavior: behavior('a', { FunctionAssociations: [association] }) }),
      Router: {
        Type: 'AWS::CloudFront::Function',
        Properties: {},
        Metadata: { 'cdk-headgate': { version: 1, edgeFunction: { selectOrigin } } },
      },
    });
    const answer = traffic.request({ url, clientRegion: 'eu-west-1' });
    expect(ends(answer)).toEqual(['1 origin b']);
    expect(factsOf(answer)).toContain('CF-7');
  },
);

golden(
  'CF-8',
  `${GUIDE}/private-content-vpc-origins.html`,
  'a VPC origin is asked at the balancer of its endpoint, whatever its domain name says',
  () => {
    const vpc = origin('a', { CustomOriginConfig: null, VpcOriginConfig: { VpcOriginId: { Ref: 'VpcOrigin' } } });
    const resources = {
      Dist: distribution({ Origins: [vpc] }),
      VpcOrigin: {
        Type: 'AWS::CloudFront::VpcOrigin',
        Properties: {
          VpcOriginEndpointConfig: { Arn: { Ref: 'Lb' }, HTTPSPort: 8443, OriginProtocolPolicy: 'https-only' },
        },
      },
      Lb: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: {} },
    };
    const behind = {
      balancer: endingWith('target-group', 'Blue'),
      names: { 'a.example.net': endingWith('target-group', 'Elsewhere') },
    };
    const [end] = edgeEnds(resources, { url }, behind);
    expect(end!.destination.id).toBe('Blue');
    expect(end!.passage.request.port).toBe(8443);
    expect(end!.trace.flatMap(({ facts }) => facts)).toContain('CF-8');
  },
);

golden(
  'CF-9',
  `${GUIDE}/origin-shield.html`,
  'with Origin Shield, all requests to the origin leave from its Region',
  () => {
    const shielded = origin('a', { OriginShield: { Enabled: true, OriginShieldRegion: 'us-east-2' } });
    const [end] = edgeEnds({ Dist: distribution({ Origins: [shielded] }) }, { url, clientRegion: 'eu-west-1' });
    expect(end!.passage.request.client.region).toBe('us-east-2');
    expect(end!.trace.flatMap(({ facts }) => facts)).toContain('CF-9');
  },
);

golden(
  'CF-10',
  `${GUIDE}/RequestAndResponseBehaviorCustomOrigin.html`,
  "Host is the origin's domain name unless the viewer's is forwarded, and DNS doesn't see the viewer's address",
  () => {
    const options = { url, clientIp: '192.0.2.2', clientRegion: 'eu-west-1' };
    const notForwarded = behavior('a', { OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac' });
    const request = originRequest({ Dist: distribution({ DefaultCacheBehavior: notForwarded }) }, options);
    expect(request.host).toBe('a.example.net');
    expect(request.client).toMatchObject({ address: undefined, region: 'eu-west-1', country: undefined });
    const [end] = edgeEnds({ Dist: distribution() }, options);
    expect(end!.passage.request.host).toBe('shop.example.com');
    expect(end!.trace.flatMap(({ facts }) => facts)).toContain('CF-10');
  },
);

golden(
  'CF-15',
  `${GUIDE}/RequestAndResponseBehaviorCustomOrigin.html`,
  'the viewer address 192.0.2.2 is added to X-Forwarded-For: 192.0.2.4,192.0.2.3, and User-Agent is Amazon CloudFront',
  () => {
    const nothing = behavior('a', { OriginRequestPolicyId: null });
    const request = originRequest(
      { Dist: distribution({ DefaultCacheBehavior: nothing }) },
      {
        url: 'https://shop.example.com/?a=1',
        clientIp: '192.0.2.2',
        headers: { 'X-Forwarded-For': '192.0.2.4,192.0.2.3', 'User-Agent': 'curl', 'X-Mine': '1', Cookie: 'c=1' },
      },
    );
    expect(Object.fromEntries(request.headers)).toEqual({
      'x-forwarded-for': '192.0.2.4,192.0.2.3,192.0.2.2',
      'user-agent': 'Amazon CloudFront',
      via: `${UNTOLD}.cloudfront.net (CloudFront)`,
      'x-amz-cf-id': UNTOLD,
    });
    expect(request.query).toBeUndefined();
    expect(request.httpVersion).toBe('1.1');
  },
);

/** What a rule of a balancer makes of a header of CloudFront's: the status, 200 if it is met, and how well that is known. */
function metBehindEdge(HttpHeaderName: string, Values: readonly string[], asked: object = {}) {
  const Headers = ['CloudFront-Is-Mobile-Viewer', 'CloudFront-Viewer-Country', 'CloudFront-Viewer-City'];
  const OriginRequestPolicyConfig = { HeadersConfig: { HeaderBehavior: 'whitelist', Headers } };
  const response = (StatusCode: string) => [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode } }];
  const [outcome] = trafficOf({
    Dist: distribution({
      Origins: [origin('a', { DomainName: { 'Fn::GetAtt': ['Lb', 'DNSName'] } })],
      DefaultCacheBehavior: behavior('a', { OriginRequestPolicyId: { Ref: 'Policy' } }),
    }),
    Policy: { Type: 'AWS::CloudFront::OriginRequestPolicy', Properties: { OriginRequestPolicyConfig } },
    ...answering('internet-facing', '403'),
    Rule: {
      Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
      Properties: {
        ListenerArn: { Ref: 'Listener' },
        Priority: 1,
        Conditions: [{ Field: 'http-header', HttpHeaderConfig: { HttpHeaderName, Values } }],
        Actions: response('200'),
      },
    },
  }).request({ url, entry: 'Dist', ...asked }).outcomes;
  return [outcome!.status, outcome!.quality];
}

golden(
  'CF-15',
  `${GUIDE}/RequestAndResponseBehaviorCustomOrigin.html`,
  'X-Amz-Cf-Id and X-Forwarded-For are always there; what is in them is known as far as the request tells it',
  () => {
    const forged = { headers: { 'X-Amz-Cf-Id': 'mine' } };
    expect(metBehindEdge('X-Amz-Cf-Id', ['*'])).toEqual([200, 'exact']);
    expect(metBehindEdge('X-Amz-Cf-Id', ['mine'], forged)).toEqual([403, 'bounded']);
    expect(metBehindEdge('X-Forwarded-For', ['*'])).toEqual([200, 'exact']);
    expect(metBehindEdge('X-Forwarded-For', ['192.0.2.*'])).toEqual([403, 'bounded']);
    expect(metBehindEdge('X-Forwarded-For', ['192.0.2.*'], { clientIp: '192.0.2.7' })).toEqual([200, 'exact']);
    expect(metBehindEdge('X-Forwarded-For', ['192.0.2.*'], { clientIp: '198.51.100.7' })).toEqual([403, 'exact']);
    const before = { headers: { 'X-Forwarded-For': '192.0.2.9' } };
    expect(metBehindEdge('X-Forwarded-For', ['192.0.2.9*'], before)).toEqual([200, 'exact']);
  },
);

golden('CF-15', `${GUIDE}/lambda-event-structure.html`, 'Via names CloudFront', () => {
  expect(metBehindEdge('Via', ['*cloudfront*'])).toEqual([200, 'exact']);
  expect(metBehindEdge('Via', ['2.0 *'])).toEqual([403, 'bounded']);
  expect(metBehindEdge('Via', ['proxy, *'], { headers: { Via: 'proxy' } })).toEqual([200, 'exact']);
});

golden(
  'CF-15',
  `${GUIDE}/adding-cloudfront-headers.html`,
  'headers of a policy are there, though those of a place not for viewers in EC2, but for the country',
  () => {
    expect(metBehindEdge('CloudFront-Is-Mobile-Viewer', ['*'])).toEqual([200, 'exact']);
    expect(metBehindEdge('CloudFront-Is-Mobile-Viewer', ['true'])).toEqual([403, 'bounded']);
    expect(metBehindEdge('CloudFront-Viewer-Country', ['*'])).toEqual([200, 'exact']);
    expect(metBehindEdge('CloudFront-Viewer-Country', ['DE'])).toEqual([403, 'bounded']);
    expect(metBehindEdge('CloudFront-Viewer-Country', ['DE'], { clientCountry: 'DE' })).toEqual([200, 'exact']);
    expect(metBehindEdge('CloudFront-Viewer-City', ['*'])).toEqual([403, 'bounded']);
    expect(metBehindEdge('CloudFront-Is-Tablet-Viewer', ['*'])).toEqual([403, 'exact']);
  },
);

golden(
  'CF-15',
  `${GUIDE}/RequestAndResponseBehaviorCustomOrigin.html`,
  'Authorization passes with writing methods alone, unless a policy takes it',
  () => {
    const AllowedMethods = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'];
    const at = (method: string, OriginRequestPolicyId: string | null) => {
      const config = behavior('a', { AllowedMethods, OriginRequestPolicyId });
      const request = { url, method, headers: { Authorization: 'Basic x' } };
      return originRequest({ Dist: distribution({ DefaultCacheBehavior: config }) }, request).header('authorization');
    };
    expect(at('GET', null)).toBeUndefined();
    expect(at('HEAD', null)).toBeUndefined();
    expect(at('POST', null)).toBe('Basic x');
    expect(at('GET', '216adef6-5c7f-47e4-b989-5492eafa07d3')).toBe('Basic x');
  },
);

golden(
  'CF-15',
  `${GUIDE}/RequestAndResponseBehaviorCustomOrigin.html`,
  'some headers always pass, and some never do, whatever the policies take',
  () => {
    const headers = {
      'Content-Type': 'text/plain',
      Range: 'bytes=0-9',
      'X-Forwarded-Proto': 'https',
      Upgrade: 'websocket',
      Accept: 'text/html',
      Origin: 'https://example.com',
    };
    const sent = (config: object) =>
      [
        ...originRequest(
          { Dist: distribution({ DefaultCacheBehavior: behavior('a', config) }) },
          { url, headers },
        ).headers.keys(),
      ]
        .filter(isTaken)
        .sort();
    expect(sent({ OriginRequestPolicyId: null })).toEqual(['content-type', 'range', 'user-agent']);
    expect(sent({})).toEqual(['accept', 'content-type', 'origin', 'range']);
    const legacy = { CachePolicyId: null, OriginRequestPolicyId: null, ForwardedValues: { QueryString: false } };
    expect(sent(legacy)).toEqual(['content-type', 'origin', 'range', 'user-agent']);
  },
);

golden(
  'CF-15',
  `${GUIDE}/controlling-origin-requests.html`,
  'the query, headers and cookies of the cache policy and of the origin request policy pass together',
  () => {
    const list = (kind: string, name: string, value: string) => ({
      [`${kind}sConfig`]: { [`${kind}Behavior`]: 'whitelist', [`${kind}s`]: [`${name}-${value}`] },
    });
    const parts = (name: string) => ({
      ...list('Header', 'X', name),
      ...list('Cookie', 'c', name),
      ...list('QueryString', 'q', name),
    });
    const request = originRequest(
      {
        Dist: distribution({
          DefaultCacheBehavior: behavior('a', {
            CachePolicyId: { Ref: 'Cache' },
            OriginRequestPolicyId: { Ref: 'Request' },
          }),
        }),
        Cache: {
          Type: 'AWS::CloudFront::CachePolicy',
          Properties: {
            CachePolicyConfig: { Name: 'c', MinTTL: 1, ParametersInCacheKeyAndForwardedToOrigin: parts('cache') },
          },
        },
        Request: {
          Type: 'AWS::CloudFront::OriginRequestPolicy',
          Properties: { OriginRequestPolicyConfig: { Name: 'r', ...parts('request') } },
        },
      },
      {
        url: 'https://shop.example.com/?q-cache=1&q-other=2&q-request=3',
        headers: { 'X-Cache': '1', 'X-Other': '2', 'X-Request': '3' },
        cookies: { 'c-cache': '1', 'c-other': '2', 'c-request': '3' },
      },
    );
    expect(Object.fromEntries([...request.headers].filter(([name]) => isTaken(name)))).toEqual({
      'x-cache': '1',
      'x-request': '3',
      cookie: 'c-cache=1; c-request=3',
      'user-agent': 'Amazon CloudFront',
    });
    expect(request.query).toBe('q-cache=1&q-request=3');
  },
);

golden(
  'CF-15',
  `${GUIDE}/using-managed-origin-request-policies.html`,
  'AllViewerExceptHostHeader passes everything but Host',
  () => {
    const Dist = distribution({
      DefaultCacheBehavior: behavior('a', { OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac' }),
    });
    const asked = { url: `${url}?a=1`, headers: { 'X-Mine': '1' }, cookies: { session: 's' } };
    const request = originRequest({ Dist }, asked);
    expect([request.host, request.query, request.header('x-mine'), request.header('cookie')]).toEqual([
      'a.example.net',
      'a=1',
      '1',
      'session=s',
    ]);
  },
);

golden(
  'CF-15',
  `${GUIDE}/distribution-using-grpc.html`,
  'gRPC goes on as such where a behavior has it switched on, over HTTP/2 and HTTPS, and not to VPC origins',
  () => {
    const AllowedMethods = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'];
    const version = (Enabled: boolean, more: { httpVersion?: '1.1'; type?: string; at?: object } = {}) => {
      const { httpVersion = '2' as const, type = 'application/grpc', at = {} } = more;
      const DefaultCacheBehavior = behavior('a', { AllowedMethods, GrpcConfig: { Enabled } });
      const request = { url, method: 'POST', httpVersion, headers: { 'Content-Type': type } };
      return originRequest({ Dist: distribution({ DefaultCacheBehavior, Origins: [origin('a', at)] }) }, request)
        .httpVersion;
    };
    expect(version(true)).toBe('2');
    expect(version(false)).toBe('1.1');
    expect(version(true, { httpVersion: '1.1' })).toBe('1.1');
    expect(version(true, { type: 'application/json' })).toBe('1.1');
    expect(version(true, { at: { CustomOriginConfig: { OriginProtocolPolicy: 'http-only' } } })).toBe('1.1');
    const vpc = { CustomOriginConfig: null, VpcOriginConfig: { VpcOriginId: 'vo_1' } };
    expect(version(true, { at: vpc })).toBe('1.1');
  },
);

golden(
  'CF-15',
  `${GUIDE}/add-origin-custom-headers.html`,
  'an origin gets its custom headers, in the place of those that a viewer sent',
  () => {
    const OriginCustomHeaders = [
      { HeaderName: 'X-Shop-Edge', HeaderValue: 'this distribution' },
      { HeaderName: 'Origin', HeaderValue: 'https://shop.example.com' },
    ];
    const Origins = [origin('a', { OriginCustomHeaders }), origin('b')];
    const CacheBehaviors = [behavior('b', { PathPattern: '/b/*' })];
    const resources = { Dist: distribution({ Origins, CacheBehaviors }) };
    const at = (headers: Record<string, string>, to = url) => {
      const request = originRequest(resources, { url: to, headers });
      return [request.header('x-shop-edge'), request.header('origin')];
    };
    expect(at({})).toEqual(['this distribution', 'https://shop.example.com']);
    expect(at({ 'X-Shop-Edge': 'forged', Origin: 'null' })).toEqual(['this distribution', 'https://shop.example.com']);
    expect(at({ Origin: 'null' }, `${url}b/x`)).toEqual([undefined, 'null']);
  },
);
