/** Worked examples of the documentation of AWS WAF: what statements about the text of a request match. */

import { blockerOf, byteMatch } from '../support/firewall';
import { golden } from '../support/golden';

const GUIDE = 'https://docs.aws.amazon.com/waf/latest/developerguide';
const API = 'https://docs.aws.amazon.com/waf/latest/APIReference';

golden('WAF-7', `${GUIDE}/waf-rule-statement-fields-list.html`, 'a part that the request lacks matches nothing', () => {
  const inspect = blockerOf(byteMatch({ SingleHeader: { Name: 'User-Agent' } }, 'BadBot', 'CONTAINS'));
  expect(inspect().end).toBe('pass');
  const bad = inspect({ headers: { 'USER-AGENT': 'My BadBot 1' } });
  expect(bad.end).toBe('blocked Acl 403');
  expect(bad.facts).toContain('WAF-7');
});

golden('WAF-7', `${API}/API_Headers.html`, 'headers are looked at by key, value or both, up to 200 of them', () => {
  const headers = (MatchScope: string, OversizeHandling: string) =>
    blockerOf(
      byteMatch({ Headers: { MatchPattern: { All: {} }, MatchScope, OversizeHandling } }, 'x-amzn-waf-', 'STARTS_WITH'),
    );
  expect(headers('KEY', 'MATCH')({ headers: { 'X-Amzn-Waf-Forged': '1' } }).end).toBe('blocked Acl 403');
  expect(headers('VALUE', 'MATCH')({ headers: { 'X-Amzn-Waf-Forged': '1' } }).end).toBe('pass');
  // Host is one of them.
  const counting = (count: number) =>
    Object.fromEntries(Array.from({ length: count - 1 }, (_, index) => [`x-${index}`, '1']));
  expect(headers('KEY', 'MATCH')({ headers: counting(200) }).end).toBe('pass');
  expect(headers('KEY', 'MATCH')({ headers: counting(201) }).end).toBe('blocked Acl 403');
  const forged = (count: number) => ({ ...counting(count - 1), 'x-amzn-waf-a': '1' });
  expect(headers('KEY', 'NO_MATCH')({ headers: forged(200) }).end).toBe('blocked Acl 403');
  expect(headers('KEY', 'NO_MATCH')({ headers: forged(201) }).end).toBe('pass');
  expect(headers('KEY', 'CONTINUE')({ headers: forged(201) }).end).toBe('pass');
});

golden('WAF-7', `${GUIDE}/waf-rule-statement-fields-list.html`, 'query arguments are looked at by name, or all', () => {
  const salesRegion = blockerOf(byteMatch({ SingleQueryArgument: { Name: 'SalesRegion' } }, 'emea'));
  expect(salesRegion({ url: 'https://example.com/?UserName=abc&SalesRegion=emea' }).end).toBe('blocked Acl 403');
  expect(salesRegion({ url: 'https://example.com/?salesregion=emea&UserName=abc' }).facts).toContain('WAF-7');
  expect(salesRegion({ url: 'https://example.com/?UserName=emea&SalesRegion=seattle' }).end).toBe('pass');
  const any = blockerOf(byteMatch({ AllQueryArguments: {} }, 'xyz'));
  expect(any({ url: 'https://example.com/?UserName=abc&SalesRegion=xyz' }).end).toBe('blocked Acl 403');
  expect(any({ url: 'https://example.com/?xyz=abc&SalesRegion=seattle' }).end).toBe('pass');
});

golden(
  'WAF-8',
  `${API}/API_ByteMatchStatement.html`,
  'a word stands alone, as BadBot does in BadBot; and -BadBot;',
  () => {
    const inspect = blockerOf(byteMatch({ SingleHeader: { Name: 'user-agent' } }, 'BadBot', 'CONTAINS_WORD'));
    const ends = ['BadBot', 'BadBot;', ';BadBot', '-BadBot;', 'BadBots', 'my_BadBot', 'BadBots BadBot'].map(
      (agent) => inspect({ headers: { 'user-agent': agent } }).end === 'pass',
    );
    expect(ends).toEqual([false, false, false, false, true, true, false]);
    expect(inspect({ headers: { 'user-agent': 'BadBot' } }).facts).toContain('WAF-8');
  },
);

golden('WAF-7', `${GUIDE}/waf-rule-statement-fields-list.html`, 'the method and the body are looked at', () => {
  const method = blockerOf(byteMatch({ Method: {} }, 'POST'));
  expect(method({ method: 'POST' }).end).toBe('blocked Acl 403');
  expect(method({ method: 'GET' }).facts).not.toContain('WAF-7');
  const body = blockerOf(byteMatch({ Body: { OversizeHandling: 'CONTINUE' } }, 'bad', 'CONTAINS'));
  // A request of GET has none; of another one it isn't known.
  expect(body({ method: 'GET' }).outcome.quality).toBe('exact');
  const unknown = body({ method: 'POST' });
  expect([unknown.end, unknown.outcome.quality, unknown.outcome.min]).toEqual(['pass', 'bounded', 0]);
});

golden('WAF-8', `${API}/API_ByteMatchStatement.html`, 'a string is compared in five ways, with regard to case', () => {
  const blocks = (constraint: string, path: string) =>
    blockerOf(byteMatch({ UriPath: {} }, '/Bad', constraint))({ url: `https://example.com${path}` }).end !== 'pass';
  const matching = (constraint: string) =>
    ['/Bad', '/Bad/a', '/a/Bad', '/a/Bad/b', '/bad', '/a'].filter((path) => blocks(constraint, path));
  expect(matching('EXACTLY')).toEqual(['/Bad']);
  expect(matching('STARTS_WITH')).toEqual(['/Bad', '/Bad/a']);
  expect(matching('ENDS_WITH')).toEqual(['/Bad', '/a/Bad']);
  expect(matching('CONTAINS')).toEqual(['/Bad', '/Bad/a', '/a/Bad', '/a/Bad/b']);
});

golden(
  'WAF-8',
  `${GUIDE}/waf-rule-statement-type-regex-match.html`,
  'a regular expression may match anywhere in the text, with regard to case',
  () => {
    const blocks = (RegexString: string, path: string) => {
      const TextTransformations = [{ Priority: 0, Type: 'NONE' }];
      const statement = { RegexMatchStatement: { RegexString, FieldToMatch: { UriPath: {} }, TextTransformations } };
      return blockerOf(statement)({ url: `https://example.com${path}` }).end !== 'pass';
    };
    expect(blocks('admin\\d', '/my/admin1/x')).toBe(true);
    expect(blocks('admin\\d', '/my/Admin1/x')).toBe(false);
    expect(blocks('^/admin\\d$', '/my/admin1')).toBe(false);
  },
);

golden(
  'WAF-8',
  `${GUIDE}/waf-rule-statement-type-size-constraint-match.html`,
  'a size is that of the text in bytes, after its transformations',
  () => {
    const blocks = (ComparisonOperator: string, Size: number, path: string, Type = 'NONE') => {
      const TextTransformations = [{ Priority: 0, Type }];
      const at = { FieldToMatch: { UriPath: {} }, ComparisonOperator, Size, TextTransformations };
      return blockerOf({ SizeConstraintStatement: at })({ url: `https://example.com${path}` }).end !== 'pass';
    };
    const sizes = (operator: string) => ['/a', '/ab', '/abc'].filter((path) => blocks(operator, 3, path));
    expect(sizes('EQ')).toEqual(['/ab']);
    expect(sizes('NE')).toEqual(['/a', '/abc']);
    expect(sizes('LT')).toEqual(['/a']);
    expect(sizes('LE')).toEqual(['/a', '/ab']);
    expect(sizes('GT')).toEqual(['/abc']);
    expect(sizes('GE')).toEqual(['/ab', '/abc']);
    expect(blocks('EQ', 7, '/%C3%A4')).toBe(true);
    expect(blocks('EQ', 3, '/%C3%A4', 'URL_DECODE')).toBe(true);
  },
);

golden(
  'WAF-9',
  `${API}/API_TextTransformation.html`,
  'each transformation changes the text as its description says',
  () => {
    for (const [type, sent, seen] of [
      ['COMPRESS_WHITE_SPACE', 'a%20%09%20b', 'a b'],
      ['CMD_LINE', 'C^at%20%20"/etc/Passwd"%20(LS)', 'cat/etc/passwd(ls)'],
      ['CMD_LINE', "d'el;b\\x,c", 'del bx c'],
      ['LOWERCASE', 'AbC', 'abc'],
      ['HTML_ENTITY_DECODE', '%26quot;%26lt;%26gt;%26%2365;%26%23x42;', '"<>AB'],
      ['REMOVE_NULLS', 'a%00b', 'ab'],
      ['REPLACE_NULLS', 'a%00b', 'a b'],
      ['REPLACE_COMMENTS', 'a/*b*/c/*d', 'a c '],
      ['HEX_DECODE', '616263', 'abc'],
      ['BASE64_DECODE', 'YWJj', 'abc'],
      ['TRIM_LEFT', '%20a%20', 'a '],
      ['TRIM_RIGHT', '%20a%20', ' a'],
      ['TRIM', '%20a%20', 'a'],
    ] as const) {
      const inspect = blockerOf(byteMatch({ SingleQueryArgument: { Name: 'q' } }, seen, 'EXACTLY', 'URL_DECODE', type));
      const { end, facts } = inspect({ url: `https://example.com/?q=${sent}` });
      expect([type, sent, end]).toEqual([type, sent, 'blocked Acl 403']);
      expect(facts).toContain('WAF-9');
    }
    const plus = blockerOf(byteMatch({ QueryString: {} }, 'a b', 'CONTAINS', 'URL_DECODE'))({
      url: 'https://example.com/?q=a+b',
    });
    expect([plus.end, plus.outcome.quality]).toEqual(['pass', 'undocumented']);
  },
);

golden(
  'WAF-9',
  `${GUIDE}/waf-rule-statement-transformation.html`,
  'transformations change the request, in order of priority',
  () => {
    const inspect = blockerOf(
      byteMatch({ QueryString: {} }, '<script>', 'CONTAINS', 'URL_DECODE', 'HTML_ENTITY_DECODE', 'LOWERCASE'),
    );
    const attack = inspect({ url: 'https://example.com/?q=%26lt;SCRIPT%26gt;' });
    expect(attack.end).toBe('blocked Acl 403');
    expect(attack.facts).toContain('WAF-9');
    const inAnotherOrder = byteMatch(
      { QueryString: {} },
      '<script>',
      'CONTAINS',
      'HTML_ENTITY_DECODE',
      'URL_DECODE',
      'LOWERCASE',
    );
    expect(blockerOf(inAnotherOrder)({ url: 'https://example.com/?q=%26lt;SCRIPT%26gt;' }).end).toBe('pass');
  },
);

golden(
  'WAF-9',
  `${GUIDE}/waf-rule-statement-transformation.html`,
  'a normalized path has no repeated slashes and no references to itself or backwards',
  () => {
    const inspect = blockerOf(byteMatch({ UriPath: {} }, '/admin/users', 'EXACTLY', 'NORMALIZE_PATH'));
    for (const path of ['/admin//users', '/admin/x/../users', '/admin/./users', '/a/../admin/users']) {
      expect([path, inspect({ url: `https://example.com${path}` }).end]).toEqual([path, 'blocked Acl 403']);
    }
    expect(inspect({ url: 'https://example.com/admin/users/' }).end).toBe('pass');
  },
);

golden('WAF-7', `${GUIDE}/waf-rule-statement-fields-list.html`, 'cookies are looked at by key, value or both', () => {
  const cookies = (MatchScope: string, MatchPattern: object = { All: {} }) =>
    blockerOf(byteMatch({ Cookies: { MatchPattern, MatchScope, OversizeHandling: 'CONTINUE' } }, 'abc'));
  const sent = { cookies: { 'session-id': 'abc', abd: 'x' } };
  expect(cookies('VALUE')(sent).end).toBe('blocked Acl 403');
  expect(cookies('KEY')(sent).end).toBe('pass');
  expect(cookies('KEY')({ cookies: { abc: 'x' } }).end).toBe('blocked Acl 403');
  expect(cookies('ALL')(sent).end).toBe('blocked Acl 403');
  expect(cookies('VALUE', { ExcludedCookies: ['session-id'] })(sent).end).toBe('pass');
  expect(cookies('VALUE', { IncludedCookies: ['session-id'] })(sent).end).toBe('blocked Acl 403');
  expect(cookies('VALUE', { IncludedCookies: ['abd'] })(sent).end).toBe('pass');
});
