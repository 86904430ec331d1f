import { PERHAPS, UNTOLD } from '../../../lib/traffic/untold';
import { aclWith, blockerOf, byteMatch, firewallOf, pathIs } from '../../support/firewall';

const NONE = [{ Priority: 0, Type: 'NONE' }];
const BLOCKED = 'blocked Acl 403';

test.each([
  ['EXACTLY', '/app', '/app', true],
  ['EXACTLY', '/app', '/App', false],
  ['STARTS_WITH', '/app', '/app/x', true],
  ['STARTS_WITH', '/app', '/x/app', false],
  ['ENDS_WITH', '.php', '/a.php', true],
  ['CONTAINS', 'admin', '/x/admin/y', true],
  ['CONTAINS_WORD', 'admin', '/x/admin-y', true],
  ['CONTAINS_WORD', 'admin', '/x/admins', false],
])('%s %s on path %s: %s', (constraint, search, path, expected) => {
  const { end } = blockerOf(pathIs(search, constraint))({ url: `https://example.com${path}` });
  expect(end).toBe(expected ? BLOCKED : 'pass');
});

test.each([
  [{ Method: {} }, 'POST', { method: 'POST' }],
  [{ QueryString: {} }, 'a=1', { url: 'https://example.com/?a=1' }],
  [{ SingleQueryArgument: { Name: 'USER' } }, 'x', { url: 'https://example.com/?b=x&user=x' }],
  [{ AllQueryArguments: {} }, 'x', { url: 'https://example.com/?a=1&b=x' }],
  [{ SingleHeader: { Name: 'Host' } }, 'example.com', {}],
  [{ Cookies: { MatchPattern: { IncludedCookies: ['id'] }, MatchScope: 'VALUE' } }, 'x', { cookies: { id: 'x' } }],
  [{ Headers: { MatchPattern: { ExcludedHeaders: ['B'] }, MatchScope: 'ALL' } }, 'x', { headers: { a: 'x' } }],
])('%j equals %s', (field, search, request) => {
  const inspect = blockerOf(byteMatch(field, search));
  expect(inspect(request).end).toBe(BLOCKED);
  expect(inspect({ url: 'https://other.example.com/?b=y', headers: { b: 'x' }, cookies: { other: 'x' } }).end).toBe(
    'pass',
  );
});

test('a search string in Base64 is compared by its bytes, and so is text beyond ASCII', () => {
  const base64 = {
    ByteMatchStatement: {
      FieldToMatch: { UriPath: {} },
      SearchStringBase64: Buffer.from('/é').toString('base64'),
      PositionalConstraint: 'EXACTLY',
      TextTransformations: [{ Priority: 0, Type: 'URL_DECODE' }],
    },
  };
  expect(blockerOf(base64)({ url: 'https://example.com/%C3%A9' }).end).toBe(BLOCKED);
  expect(
    blockerOf(byteMatch({ UriPath: {} }, '/é', 'EXACTLY', 'URL_DECODE'))({ url: 'https://example.com/é' }).end,
  ).toBe(BLOCKED);
});

describe('a header that CloudFront adds', () => {
  const all = (MatchScope: string) => ({ Headers: { MatchPattern: { All: {} }, MatchScope } });

  test.each([
    [{ SingleHeader: { Name: 'Via' } }, 'via', UNTOLD, 'pass', 'bounded'],
    [{ SingleHeader: { Name: 'Via' } }, 'via', 'x', BLOCKED, 'exact'],
    [{ SingleHeader: { Name: 'X-Mine' } }, 'via', UNTOLD, 'pass', 'exact'],
    [all('VALUE'), 'via', UNTOLD, 'pass', 'bounded'],
    [all('KEY'), 'via', UNTOLD, 'pass', 'exact'],
    [all('KEY'), 'x', UNTOLD, BLOCKED, 'exact'],
    [all('KEY'), 'x', PERHAPS, 'pass', 'bounded'],
  ])('is compared as far as its value is known: %j, with %s', (field, name, value, end, quality) => {
    const { end: ended, outcome } = blockerOf(byteMatch(field, 'x'))({}, { headers: new Map([[name, value]]) });
    expect([ended, outcome.quality]).toEqual([end, quality]);
    if (quality === 'bounded')
      expect(outcome.warnings[0]).toMatch("a header that CloudFront adds, whose value isn't known");
  });
});

describe('a secret', () => {
  const secret = '{{resolve:secretsmanager:Origin:SecretString:::}}';
  const inspect = blockerOf({
    NotStatement: { Statement: byteMatch({ SingleHeader: { Name: 'x-verify' } }, secret, 'EXACTLY', 'LOWERCASE') },
  });

  test('equals the same reference, whatever the transformations', () => {
    expect(inspect({ headers: { 'x-verify': secret } }).end).toBe('pass');
  });

  test('is taken for different from everything else, which is not certain', () => {
    for (const value of [secret.toLowerCase(), 'guess', '{{resolve:secretsmanager:Other:SecretString:::}}']) {
      const { end, outcome } = inspect({ headers: { 'x-verify': value } });
      expect([end, outcome.quality]).toEqual([BLOCKED, 'bounded']);
    }
    const { end, outcome } = inspect();
    expect([end, outcome.quality]).toEqual([BLOCKED, 'exact']);
  });
});

test('a symbolic search string equals its own text, and of others nothing is known', () => {
  const inspect = blockerOf(byteMatch({ SingleHeader: { Name: 'x-verify' } }, { Ref: 'Secret' }));
  expect(inspect({ headers: { 'x-verify': '${Secret}' } }).end).toBe(BLOCKED);
  const { end, outcome } = inspect({ headers: { 'x-verify': 'guess' } });
  expect([end, outcome.quality]).toEqual(['pass', 'bounded']);
  expect(outcome.warnings).toEqual([
    "Stack/Acl: rule rule0 has a statement that compares with ${Secret}, which isn't known, and counts as not matching.",
  ]);
  expect(inspect().outcome.quality).toBe('exact');
});

test('regular expressions match anywhere, of a set any', () => {
  const match = { FieldToMatch: { UriPath: {} }, TextTransformations: NONE };
  const regex = blockerOf({ RegexMatchStatement: { RegexString: '^/(a|b)/\\d+$', ...match } });
  expect(regex({ url: 'https://example.com/b/12' }).end).toBe(BLOCKED);
  expect(regex({ url: 'https://example.com/b/x' }).end).toBe('pass');
  const set = blockerOf(
    { RegexPatternSetReferenceStatement: { Arn: { 'Fn::GetAtt': ['Set', 'Arn'] }, ...match } },
    { Set: { Type: 'AWS::WAFv2::RegexPatternSet', Properties: { RegularExpressionList: ['\\.php$', '(?i)admin'] } } },
  );
  expect(set({ url: 'https://example.com/x/ADMIN' }).end).toBe(BLOCKED);
  expect(set({ url: 'https://example.com/x' }).outcome.quality).toBe('exact');
});

test('an expression that the engine does not take counts as not matching, with a warning', () => {
  const { end, outcome } = blockerOf({
    RegexMatchStatement: { RegexString: '(?=x)', FieldToMatch: { UriPath: {} }, TextTransformations: NONE },
  })();
  expect([end, outcome.quality]).toEqual(['pass', 'undocumented']);
  expect(outcome.warnings[0]).toMatch("(?=x), which can't be evaluated");
});

test.each([
  ['EQ', 4, true],
  ['NE', 4, false],
  ['LE', 4, true],
  ['LT', 4, false],
  ['GE', 5, false],
  ['GT', 3, true],
])('a path of 4 bytes is %s %d: %s', (ComparisonOperator, Size, expected) => {
  const statement = { FieldToMatch: { UriPath: {} }, ComparisonOperator, Size, TextTransformations: NONE };
  const { end } = blockerOf({ SizeConstraintStatement: statement })({ url: 'https://example.com/abc' });
  expect(end).toBe(expected ? BLOCKED : 'pass');
});

test('a body is never given: exact for GET, bounded for POST', () => {
  const inspect = blockerOf(byteMatch({ Body: { OversizeHandling: 'CONTINUE' } }, 'x', 'CONTAINS'));
  expect(inspect().outcome.quality).toBe('exact');
  const posted = inspect({ method: 'POST' });
  expect([posted.end, posted.outcome.quality, posted.outcome.min]).toEqual(['pass', 'bounded', 0]);
  expect(posted.outcome.warnings[0]).toMatch("looks at the body, which isn't given");
});

test('fingerprints and detectors of attacks count as not matching', () => {
  const fingerprint = blockerOf(byteMatch({ JA3Fingerprint: { FallbackBehavior: 'NO_MATCH' } }, 'x'))();
  expect([fingerprint.end, fingerprint.outcome.quality]).toEqual(['pass', 'bounded']);
  const attack = blockerOf({ SqliMatchStatement: { FieldToMatch: { QueryString: {} }, TextTransformations: NONE } })();
  expect([attack.end, attack.outcome.quality]).toEqual(['pass', 'undocumented']);
  const asn = blockerOf({ AsnMatchStatement: { AsnList: [64496] } })();
  expect([asn.end, asn.outcome.quality]).toEqual(['pass', 'bounded']);
});

test.each([
  [
    'text transformations with the Priority ${Place}',
    {
      TextTransformations: [
        { Priority: { Ref: 'Place' }, Type: 'LOWERCASE' },
        { Priority: 1, Type: 'UPPERCASE' },
      ],
    },
  ],
  ['text transformations with the Type ${Kind}', { TextTransformations: [{ Priority: 0, Type: { Ref: 'Kind' } }] }],
  ['text transformations with the TextTransformations ${All}', { TextTransformations: { Ref: 'All' } }],
  ['text transformations with the TextTransformations ${One}', { TextTransformations: [{ Ref: 'One' }] }],
  ['SearchStringBase64 ${Text}', { SearchString: undefined, SearchStringBase64: { Ref: 'Text' } }],
  ['Headers with the MatchScope ${Part}', headersWith({ MatchScope: { Ref: 'Part' } })],
  ['Headers with the IncludedHeaders ${Names}', headersWith({ MatchPattern: { IncludedHeaders: { Ref: 'Names' } } })],
  ['Headers with the OversizeHandling ${Rest}', headersWith({ OversizeHandling: { Ref: 'Rest' } })],
])('a statement of which something is not known counts as not matching: %s', (what, changes) => {
  const { ByteMatchStatement } = byteMatch({ UriPath: {} }, '/') as { readonly ByteMatchStatement: object };
  const { end, outcome } = blockerOf({ ByteMatchStatement: { ...ByteMatchStatement, ...changes } })();
  expect([end, outcome.quality]).toEqual(['pass', 'bounded']);
  expect(outcome.warnings.join()).toContain(`${what}, which isn't known, and counts as not matching.`);
});

test('of a single transformation the priority does not matter', () => {
  const { ByteMatchStatement } = byteMatch({ UriPath: {} }, '/') as { readonly ByteMatchStatement: object };
  const TextTransformations = [{ Priority: { Ref: 'Place' }, Type: 'LOWERCASE' }];
  const { end, outcome } = blockerOf({ ByteMatchStatement: { ...ByteMatchStatement, TextTransformations } })();
  expect([end, outcome.quality]).toEqual([BLOCKED, 'exact']);
});

/** A statement's look at headers, with something else than usual. */
function headersWith(changes: object): object {
  const Headers = { MatchScope: 'ALL', MatchPattern: { All: {} }, OversizeHandling: 'CONTINUE', ...changes };
  return { FieldToMatch: { Headers } };
}

test('a transformation that is not documented counts as not matching', () => {
  const unknown = blockerOf(byteMatch({ UriPath: {} }, '/', 'EXACTLY', 'ROT13'))();
  expect([unknown.end, unknown.outcome.quality]).toEqual(['pass', 'undocumented']);
  const inspect = blockerOf(byteMatch({ QueryString: {} }, 'a b', 'EXACTLY', 'URL_DECODE'));
  expect(inspect({ url: 'https://example.com/?a%20b' }).end).toBe(BLOCKED);
  expect(inspect({ url: 'https://example.com/?a+b' }).outcome.quality).toBe('undocumented');
});

test.each([
  [
    { ByteMatchStatement: { FieldToMatch: { UriPath: {} }, SearchString: 'x', PositionalConstraint: 'NEAR' } },
    'PositionalConstraint',
  ],
  [{ ByteMatchStatement: { FieldToMatch: { UriPath: {} }, PositionalConstraint: 'EXACTLY' } }, 'SearchString'],
  [
    { SizeConstraintStatement: { FieldToMatch: { UriPath: {} }, ComparisonOperator: 'BIG', Size: 1 } },
    'ComparisonOperator',
  ],
  [{ RegexMatchStatement: { FieldToMatch: { UriPath: {} } } }, 'RegexString'],
  ['text', 'Statement'],
])('fails for %j, naming %s', (statement, property) => {
  const compile = () => firewallOf({ Acl: aclWith([{ Statement: statement, Action: { Block: {} } }]) });
  expect(compile).toThrow(new RegExp(`Stack/Acl \\(AWS::WAFv2::WebACL\\): Rules\\[0\\].*${property} must be`));
});
