import { UNTOLD } from '../../../lib/traffic/untold';
import { aclWith, blockerOf, firewallOf } from '../../support/firewall';

const LISTED = { IPSetReferenceStatement: { Arn: { 'Fn::GetAtt': ['Set', 'Arn'] } } };
const set = (...Addresses: readonly unknown[]) => ({ Set: { Type: 'AWS::WAFv2::IPSet', Properties: { Addresses } } });
const BLOCKED = 'blocked Acl 403';

test('an IP set holds blocks of both families', () => {
  const inspect = blockerOf(LISTED, set('192.0.2.0/24', '2001:db8::/32'));
  expect(inspect({ clientIp: '192.0.2.7' }).end).toBe(BLOCKED);
  expect(inspect({ clientIp: '2001:db8::1' }).end).toBe(BLOCKED);
  expect(inspect({ clientIp: '198.51.100.1' }).outcome.quality).toBe('exact');
});

test('an unknown address counts as not in the set', () => {
  const { end, outcome } = blockerOf(LISTED, set('192.0.2.0/24'))();
  expect([end, outcome.quality, outcome.min, outcome.max]).toEqual(['pass', 'bounded', 0, 1]);
  expect(outcome.warnings[0]).toMatch('--client-ip');
});

test('an unknown address negated counts as matching', () => {
  const { end, outcome, because } = blockerOf({ NotStatement: { Statement: LISTED } }, set('192.0.2.0/24'))();
  expect([end, outcome.quality, outcome.min]).toEqual([BLOCKED, 'bounded', 0]);
  expect(because).toEqual(['priority 0 counts as matching: Block']);
  // It is the statement inside that counts as not matching, not the rule.
  expect(outcome.warnings).toEqual([
    'Stack/Acl: rule rule0 has a statement that refers to Set and counts as not matching: give the address by --client-ip.',
  ]);
});

test('what is not known of a set matters for other addresses alone', () => {
  const inspect = blockerOf(LISTED, set('192.0.2.0/24', { Ref: 'Office' }));
  expect(inspect({ clientIp: '192.0.2.7' }).outcome.quality).toBe('exact');
  expect(inspect({ clientIp: '198.51.100.1' }).outcome.quality).toBe('bounded');
});

test('a set outside of the templates counts as not matching', () => {
  const { end, outcome } = blockerOf({
    IPSetReferenceStatement: { Arn: 'arn:aws:wafv2:us-east-1:1:regional/ipset/x/1' },
  })();
  expect([end, outcome.quality]).toEqual(['pass', 'bounded']);
  expect(outcome.warnings[0]).toMatch("arn:aws:wafv2:us-east-1:1:regional/ipset/x/1, which isn't in the templates");
});

test('fails for a reference to something else', () => {
  expect(() => blockerOf(LISTED, { Set: { Type: 'AWS::S3::Bucket', Properties: {} } })).toThrow(
    /IPSetReferenceStatement\.Arn must refer to a resource of type AWS::WAFv2::IPSet, got Stack\/Set/,
  );
});

describe('a header with addresses of which something is not known', () => {
  const forwarded = (config: object) => ({
    IPSetReferenceStatement: {
      ...LISTED.IPSetReferenceStatement,
      IPSetForwardedIPConfig: { HeaderName: 'X-Client', Position: 'FIRST', FallbackBehavior: 'MATCH', ...config },
    },
  });
  const country = (config: object) => ({
    GeoMatchStatement: {
      CountryCodes: ['DE'],
      ForwardedIPConfig: { HeaderName: 'X-Client', FallbackBehavior: 'MATCH', ...config },
    },
  });
  const headers = { 'X-Client': '192.0.2.7' };
  const said = (what: string) =>
    `Stack/Acl: rule rule0 has a statement that has the ${what}, which isn't known, and counts as not matching.`;

  test.each([
    ['Position ${Place}', forwarded({ Position: { Ref: 'Place' } })],
    ['HeaderName ${Name}', forwarded({ HeaderName: { Ref: 'Name' } })],
    ['HeaderName ${Name}', country({ HeaderName: { Ref: 'Name' } })],
    [
      'IPSetForwardedIPConfig ${Config}',
      { IPSetReferenceStatement: { ...LISTED.IPSetReferenceStatement, IPSetForwardedIPConfig: { Ref: 'Config' } } },
    ],
    [
      'ForwardedIPConfig ${Config}',
      { GeoMatchStatement: { CountryCodes: ['DE'], ForwardedIPConfig: { Ref: 'Config' } } },
    ],
  ])('counts as not matching: %s', (what, statement) => {
    const { end, outcome } = blockerOf(statement, set('192.0.2.0/24'))({ headers });
    expect([end, outcome.quality, outcome.warnings]).toEqual(['pass', 'bounded', [said(what)]]);
  });

  test.each([
    ['an IP set', forwarded({ FallbackBehavior: { Ref: 'Fallback' } })],
    ['countries', country({ FallbackBehavior: { Ref: 'Fallback' } })],
  ])('matters for its fallback where it has no address alone: %s', (_, statement) => {
    const inspect = blockerOf(statement, set('192.0.2.0/24'));
    const { end, outcome } = inspect({ headers: { 'X-Client': 'unknown' } });
    expect([end, outcome.quality, outcome.warnings]).toEqual([
      'pass',
      'bounded',
      [said('FallbackBehavior ${Fallback}')],
    ]);
    const known = inspect({ headers, clientIp: '192.0.2.7', clientCountry: 'DE' });
    expect([known.end, known.outcome.quality]).toEqual([BLOCKED, 'exact']);
  });
});

describe('the header that CloudFront adds', () => {
  test.each([
    ['FIRST', UNTOLD, 'pass', 'bounded'],
    ['ANY', `192.0.2.7,${UNTOLD}`, BLOCKED, 'exact'],
    ['ANY', `198.51.100.1,${UNTOLD}`, 'pass', 'bounded'],
    ['FIRST', `198.51.100.1,${UNTOLD}`, 'pass', 'exact'],
  ])('may have an address of a set where it is not known: %s of %j', (Position, value, end, quality) => {
    const forwarding = { HeaderName: 'X-Forwarded-For', FallbackBehavior: 'MATCH', Position };
    const listed = {
      IPSetReferenceStatement: { ...LISTED.IPSetReferenceStatement, IPSetForwardedIPConfig: forwarding },
    };
    const { end: ended, outcome } = blockerOf(listed, set('192.0.2.0/24'))(
      {},
      { ...viaEdge, headers: new Map([['x-forwarded-for', value]]) },
    );
    expect([ended, outcome.quality]).toEqual([end, quality]);
  });

  const forwarded = {
    ForwardedIPConfig: { HeaderName: 'X-Forwarded-For', FallbackBehavior: 'NO_MATCH' },
  };
  const inspect = blockerOf({ GeoMatchStatement: { CountryCodes: ['DE'], ...forwarded } });
  const viaEdge = { via: 'cloudfront', address: undefined } as const;

  test('has the country of the client', () => {
    const headers = { 'x-forwarded-for': '192.0.2.1' };
    expect(inspect({ clientIp: '192.0.2.1', clientCountry: 'DE', headers }, viaEdge).end).toBe(BLOCKED);
    expect(inspect({ clientIp: '192.0.2.1', clientCountry: 'FR', headers }, viaEdge).end).toBe('pass');
  });

  test('is known by the country alone', () => {
    const untold = { ...viaEdge, headers: new Map([['x-forwarded-for', UNTOLD]]) };
    expect(inspect({ clientCountry: 'DE' }, untold).end).toBe(BLOCKED);
    expect(inspect({}, untold).outcome.quality).toBe('bounded');
  });
});

test("behind CloudFront the connection's country is the edge's, which is not known", () => {
  const inspect = blockerOf({ GeoMatchStatement: { CountryCodes: ['DE'] } });
  const { end, outcome } = inspect({ clientCountry: 'DE' }, { via: 'cloudfront', address: undefined });
  expect([end, outcome.quality]).toEqual(['pass', 'bounded']);
});

describe('an address of AWS', () => {
  const allowing = (...addresses: readonly string[]) =>
    firewallOf({
      Acl: aclWith([{ Statement: LISTED, Action: { Allow: {} } }], { DefaultAction: { Block: {} } }),
      ...set(...addresses),
    });

  test.each([
    ['cloudfront', 'CloudFront'],
    ['health-checker', 'a health checker'],
  ] as const)('may be in a set: %s', (via, whose) => {
    const { end, outcome } = allowing('130.176.0.0/16')({}, { via });
    expect([end, outcome.quality, outcome.min, outcome.max]).toEqual([BLOCKED, 'bounded', 0, 1]);
    expect(outcome.warnings).toEqual([
      `Stack/Acl: rule rule0 has a statement that refers to Set and counts as not matching: the address of ${whose} isn't known.`,
    ]);
  });

  test('is public where a health checker asks', () => {
    const { outcome } = allowing('10.0.0.0/8', 'fc00::/8')({}, { via: 'health-checker' });
    expect([outcome.quality, outcome.warnings]).toEqual(['exact', []]);
  });
});
