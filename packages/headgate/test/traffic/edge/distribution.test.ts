import { fromObjects } from '../../../lib/template';
import { edgeElements } from '../../../lib/traffic/edge';
import { behavior, distribution, edgeEnds } from '../../support/edge';
import { ends, trafficOf } from '../../support/traffic';

const url = 'https://shop.example.com/';

test('a disabled distribution answers nobody', () => {
  const answer = trafficOf({ Dist: distribution({ Enabled: false }) }).request({ url });
  expect(ends(answer)).toEqual(['1 error Dist']);
  expect(answer.outcomes[0]!.quality).toBe('undocumented');
});

test('aliases that are not known count as covering any host', () => {
  const answer = trafficOf({ Dist: distribution({ Aliases: [{ Ref: 'Name' }] }) }).request({ url });
  expect(ends(answer)).toEqual(['1 origin a']);
  expect(answer.warnings[0]).toContain('Aliases');
});

test('a distribution before another one is refused, and a ring of two ends', () => {
  const before = (other: string) =>
    distribution({ Origins: [{ Id: 'a', DomainName: { 'Fn::GetAtt': [other, 'DomainName'] } }] });
  const answer = trafficOf({ One: before('Two'), Two: before('One') }).request({ url, entry: 'One' });
  expect(ends(answer)).toEqual(['1 blocked Two 403']);
  expect(answer.outcomes[0]!.quality).toBe('undocumented');
});

test('a name in full wins over a wildcard of another distribution, whichever the request reaches', () => {
  const traffic = trafficOf({
    Wide: distribution({ Aliases: ['*.example.com'] }),
    Close: distribution({ Aliases: ['shop.example.com'], DefaultCacheBehavior: behavior('b') }),
  });
  expect(ends(traffic.request({ url, entry: 'Wide' }))).toEqual(['1 origin b']);
  expect(ends(traffic.request({ url: 'https://www.example.com/', entry: 'Wide' }))).toEqual(['1 origin a']);
  expect(ends(traffic.request({ url: 'https://www.example.com/', entry: 'Close' }))).toEqual(['1 blocked Close 403']);
});

test('the web ACL comes after the country and before the behavior', () => {
  const resources = {
    Dist: distribution({
      WebACLId: { 'Fn::GetAtt': ['Acl', 'Arn'] },
      Restrictions: { GeoRestriction: { RestrictionType: 'blacklist', Locations: ['MC'] } },
      DefaultCacheBehavior: behavior('a', { ViewerProtocolPolicy: 'redirect-to-https' }),
    }),
    Acl: { Type: 'AWS::WAFv2::WebACL', Properties: {} },
  };
  const blockedBy = (clientCountry: string) =>
    edgeEnds(resources, { url: 'http://shop.example.com/', clientCountry }, { firewall: () => true })[0]!.destination
      .id;
  expect(blockedBy('MC')).toBe('Dist');
  expect(blockedBy('LI')).toBe('Acl');
});

test('a web ACL outside of the templates lets everything pass, with a warning', () => {
  const answer = trafficOf({ Dist: distribution({ WebACLId: 'arn:aws:wafv2:us-east-1:1:global/webacl/x/y' }) });
  expect(ends(answer.request({ url }))).toEqual(['1 origin a']);
  expect(answer.request({ url }).warnings[0]).toContain('the web ACL arn:aws:wafv2');
  const [outcome] = answer.request({ url }).outcomes;
  expect([outcome!.quality, outcome!.min, outcome!.max]).toEqual(['bounded', 0, 1]);
});

test('a method that the behavior does not allow is refused', () => {
  const traffic = trafficOf({ Dist: distribution() });
  expect(ends(traffic.request({ url, method: 'POST' }))).toEqual(['1 blocked Dist 403']);
  expect(ends(traffic.request({ url, method: 'get' }))).toEqual(['1 blocked Dist 403']);
});

test('behaviors compare the path without repeated slashes and needless encoding', () => {
  const CacheBehaviors = [behavior('b', { PathPattern: '/admin/*' })];
  const traffic = trafficOf({ Dist: distribution({ CacheBehaviors }) });
  for (const path of ['/admin/x', '//admin/x', '/%61dmin/x']) {
    const [end] = traffic.request({ url: `https://shop.example.com${path}` }).outcomes;
    expect([path, end!.covered]).toEqual([path, ['Stack/Dist behavior 0']]);
  }
});

test('a pattern that is not known matches nothing, with a warning', () => {
  const config = { CacheBehaviors: [behavior('b', { PathPattern: { Ref: 'Pattern' } })] };
  const answer = trafficOf({ Dist: distribution(config) }).request({ url });
  expect(ends(answer)).toEqual(['1 origin a']);
  expect(answer.warnings[0]).toContain("PathPattern isn't known");
});

test.each([
  ['CacheBehaviors', { CacheBehaviors: { Ref: 'X' } }],
  ['CacheBehaviors', { CacheBehaviors: [{ Ref: 'X' }] }],
  ['DefaultRootObject', { DefaultRootObject: { Ref: 'X' }, CacheBehaviors: [behavior('b', { PathPattern: '/b/*' })] }],
])('what decides of a request and is not known is said, and bounds the answer: %s of %j', (property, config) => {
  const answer = trafficOf({ Dist: distribution(config) }).request({ url });
  expect([ends(answer), answer.outcomes[0]!.quality]).toEqual([['1 origin a'], 'bounded']);
  expect(answer.warnings[0]).toMatch(new RegExp(`^Not known, and so counted as .*${property}\\.$`));
});

test.each([{ Enabled: { Ref: 'X' } }, { StagingDistributionDnsNames: { Ref: 'X' } }, { TrafficConfig: { Ref: 'X' } }])(
  'a continuous deployment of which not all is known leaves requests where they are, and bounds them: %j',
  (unknown) => {
    const known = { Enabled: true, StagingDistributionDnsNames: ['d1.cloudfront.net'] };
    const policy = {
      Type: 'AWS::CloudFront::ContinuousDeploymentPolicy',
      Properties: {
        ContinuousDeploymentPolicyConfig: {
          ...known,
          TrafficConfig: { Type: 'SingleWeight', SingleWeightConfig: { Weight: 0.1 } },
          ...unknown,
        },
      },
    };
    const dist = distribution({ ContinuousDeploymentPolicyId: { Ref: 'Policy' } });
    const answer = trafficOf({ Dist: dist, Policy: policy }).request({ url });
    expect([ends(answer), answer.outcomes[0]!.quality]).toEqual([['1 origin a'], 'bounded']);
    expect(answer.warnings[0]).toContain(`${Object.keys(unknown)[0]} isn't known`);
  },
);

test('countries that are not known may be any, so the answer is bounded', () => {
  const restriction = { RestrictionType: 'whitelist', Locations: ['LI', { Ref: 'Country' }] };
  const traffic = trafficOf({ Dist: distribution({ Restrictions: { GeoRestriction: restriction } }) });
  expect(traffic.request({ url, clientCountry: 'MC' }).outcomes[0]!.quality).toBe('bounded');
  expect(traffic.request({ url, clientCountry: 'LI' }).outcomes[0]!.quality).toBe('exact');
});

test.each([
  ['whitelist', 'LI', 'serves some countries alone'],
  ['blacklist', 'KP', 'serves all countries but some'],
])('a %s is described as what it is, and so is the way out', (RestrictionType, country, rule) => {
  const restriction = { GeoRestriction: { RestrictionType, Locations: [country] } };
  const answer = trafficOf({ Dist: distribution({ Restrictions: restriction }) }).request({ url });
  expect(answer.warnings).toEqual([
    `Stack/Dist ${rule}; the client's isn't known and counts as one that it serves: give it by --client-country.`,
  ]);
});

test.each([
  ['RestrictionType', { Restrictions: { GeoRestriction: { RestrictionType: { Ref: 'X' }, Locations: ['LI'] } } }],
  ['GeoRestriction', { Restrictions: { GeoRestriction: { Ref: 'X' } } }],
  ['Restrictions', { Restrictions: { Ref: 'X' } }],
])('a restriction that is not known may refuse any country: %s', (property, config) => {
  const answer = trafficOf({ Dist: distribution(config) }).request({ url, clientCountry: 'MC' });
  const [end] = answer.outcomes;
  expect([end!.destination.id, end!.quality, end!.min, end!.max]).toEqual(['a', 'bounded', 0, 1]);
  expect(answer.warnings[0]).toMatch(
    new RegExp(`^Not known, and so counted as serving every country: .*${property}\\.$`),
  );
});

test.each([
  ['ErrorCode', [{ ErrorCode: { Ref: 'X' }, ResponsePagePath: '/e.html', ResponseCode: 200 }]],
  ['ResponsePagePath', [{ ErrorCode: 503, ResponsePagePath: { Ref: 'X' }, ResponseCode: 200 }]],
  ['ResponseCode', [{ ErrorCode: 503, ResponsePagePath: '/e.html', ResponseCode: { Ref: 'X' } }]],
  ['CustomErrorResponses', { Ref: 'X' }],
])('an error that a page may replace of which not all is known stays, and is bounded: %s', (property, pages) => {
  const traffic = trafficOf({ Dist: distribution({ CustomErrorResponses: pages }) });
  expect(traffic.request({ url }).outcomes[0]!.quality).toBe('exact');
  const answer = traffic.given('origin=a:503').request({ url });
  expect([ends(answer), answer.outcomes[0]!.quality]).toEqual([['1 error a 503'], 'bounded']);
  expect(answer.warnings[0]).toMatch(new RegExp(`counted as leaving errors as they are: .*${property}\\.$`));
  const others = traffic.given('origin=a:404').request({ url }).outcomes[0]!.quality;
  expect(others).toBe(property.startsWith('Response') ? 'exact' : 'bounded');
});

test('an error at the edge is replaced by a page too, and a response without a page stays', () => {
  const config = {
    CustomErrorResponses: [{ ErrorCode: 403, ResponsePagePath: '/index.html', ResponseCode: 200 }, { ErrorCode: 503 }],
  };
  const traffic = trafficOf({ Dist: distribution(config) });
  expect(ends(traffic.request({ url, method: 'POST' }))).toEqual(['1 blocked Dist 200']);
  expect(ends(traffic.given('origin=a:503').request({ url }))).toEqual(['1 error a 503']);
});

test('a staging distribution outside of the templates is an end of its own', () => {
  const policy = {
    Type: 'AWS::CloudFront::ContinuousDeploymentPolicy',
    Properties: {
      ContinuousDeploymentPolicyConfig: {
        Enabled: true,
        StagingDistributionDnsNames: ['d1.cloudfront.net'],
        Type: 'SingleWeight',
        SingleWeightPolicyConfig: { Weight: 0.15 },
      },
    },
  };
  const traffic = trafficOf({ Dist: distribution({ ContinuousDeploymentPolicyId: { Ref: 'P' } }), P: policy });
  expect(ends(traffic.request({ url }))).toEqual(['0.15 address d1.cloudfront.net', '0.85 origin a']);
});

test('a header with another value than that of the policy selects no staging distribution', () => {
  const policy = {
    Type: 'AWS::CloudFront::ContinuousDeploymentPolicy',
    Properties: {
      ContinuousDeploymentPolicyConfig: {
        Enabled: true,
        StagingDistributionDnsNames: ['d1.cloudfront.net'],
        Type: 'SingleHeader',
        SingleHeaderPolicyConfig: { Header: 'AWS-CF-CD-Test', Value: 'Yes' },
      },
    },
  };
  const traffic = trafficOf({ Dist: distribution({ ContinuousDeploymentPolicyId: { Ref: 'P' } }), P: policy });
  const at = (value: string) => ends(traffic.request({ url, headers: { 'aws-cf-cd-test': value } }));
  expect(at('Yes')).toEqual(['1 address d1.cloudfront.net']);
  expect(at('yes')).toEqual(['1 origin a']);
  expect(at('')).toEqual(['1 origin a']);
  expect(ends(traffic.request({ url, headers: { 'aws-cf-cd-other': 'Yes' } }))).toEqual(['1 origin a']);
});

test('viewers cannot reach a staging distribution', () => {
  const answer = trafficOf({ Dist: distribution({ Staging: true }) }).request({ url });
  expect(ends(answer)).toEqual(['1 error Dist']);
});

test('fails without a configuration that is known', () => {
  const broken = { Type: 'AWS::CloudFront::Distribution', Properties: {} };
  expect(() => trafficOf({ Dist: broken }).request({ url })).toThrow(
    'DistributionConfig must be a mapping that is known',
  );
});

test('all behaviors count in coverage, the default one last', () => {
  const config = { CacheBehaviors: [behavior('b', { PathPattern: '/api/*' })] };
  const templates = fromObjects([{ name: 'Edge', template: { Resources: { Dist: distribution(config) } } }]);
  expect(edgeElements(templates)).toEqual([
    { kind: 'behavior', key: 'Edge/Dist behavior 0', stack: 'Edge', logicalId: 'Dist', label: 'behavior 0: /api/*' },
    { kind: 'behavior', key: 'Edge/Dist default', stack: 'Edge', logicalId: 'Dist', label: 'default: *' },
  ]);
});

test.each([
  [
    ['/*', '/a'],
    ['behavior 1: behavior 0 takes everything', 'default: behavior 0 takes everything'],
  ],
  [['/a', '*'], ['default: behavior 1 takes everything']],
  [['/a/*', '/b', 'a/*'], ['behavior 2: behavior 0 has the same pattern']],
  [['/a/*', '/a/b', '/A/*', '/**'], []],
  [[{ 'Fn::GetAtt': ['Token', 'Path'] }, '/a', { 'Fn::GetAtt': ['Token', 'Path'] }], []],
])('what stands behind the patterns %j can be reached by no request: %j', (patterns, expected) => {
  const CacheBehaviors = patterns.map((PathPattern) => behavior('b', { PathPattern }));
  const resources = { Dist: distribution({ CacheBehaviors }), Token: { Type: 'Custom::Token' } };
  const elements = edgeElements(fromObjects([{ name: 'Edge', template: { Resources: resources } }]));
  const shadowed = elements.filter(({ shadowedBy }) => shadowedBy !== undefined);
  expect(shadowed.map(({ key, shadowedBy }) => `${key.slice('Edge/Dist '.length)}: ${shadowedBy}`)).toEqual(expected);
});

describe('the default root object', () => {
  const root = (more: object = {}) => trafficOf({ Dist: distribution({ DefaultRootObject: 'index.html', ...more }) });
  const home = { url: 'https://shop.example.com/' };

  test('is shown, for the origin is asked for it', () => {
    const { outcomes, warnings } = root().request(home);
    expect(outcomes[0]!.trace.map(({ because }) => because)).toContain('/ stands for /index.html');
    expect([outcomes[0]!.quality, warnings]).toEqual(['exact', []]);
    expect(
      root()
        .request({ url: 'https://shop.example.com/x' })
        .outcomes[0]!.trace.map(({ because }) => because)
        .join(),
    ).not.toMatch('stands for');
  });

  test('makes it doubtful which behavior takes / where another one has its name', () => {
    const { outcomes, warnings } = root({ CacheBehaviors: [behavior('b', { PathPattern: '*.html' })] }).request(home);
    expect([outcomes[0]!.destination.id, outcomes[0]!.quality]).toEqual(['a', 'undocumented']);
    expect(warnings[0]).toMatch('/index.html, which behavior 0 would take');
  });
});

describe('an error page', () => {
  const withPage = (more: object = {}) =>
    trafficOf({
      Dist: distribution({
        CacheBehaviors: [behavior('b', { PathPattern: '/errors/*', ...more })],
        CustomErrorResponses: [{ ErrorCode: 503, ResponsePagePath: '/errors/503.html', ResponseCode: 200 }],
      }),
    });

  test('leaves the destination at what broke, and says what was served', () => {
    const [end] = withPage().given('origin=a:503').request({ url }).outcomes;
    expect(end).toMatchObject({ destination: { type: 'error', id: 'a' }, status: 200, quality: 'exact' });
    expect(end!.page).toEqual({ insteadOf: 503, path: '/errors/503.html', from: 'b', isServed: true });
  });

  test('that fails too gives its own status', () => {
    const [end] = withPage().given('origin=a:503', 'origin=b:500').request({ url }).outcomes;
    expect(end).toMatchObject({ destination: { type: 'error', id: 'a' }, status: 500, page: { isServed: false } });
  });

  test('that is redirected is not documented', () => {
    const { outcomes, warnings } = withPage({ ViewerProtocolPolicy: 'redirect-to-https' })
      .given('origin=a:503')
      .request({ url: 'http://shop.example.com/x' });
    expect([outcomes[0]!.status, outcomes[0]!.quality]).toEqual([200, 'undocumented']);
    expect(warnings[0]).toMatch('a redirect answers for the error page /errors/503.html');
  });
});
