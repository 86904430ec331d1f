import { CfnParameter, SecretValue, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AccessRule, ManagedRuleGroup, RateLimit, WebAcl, WebAclScope } from '../../lib/waf';

function render(rule: AccessRule, webAclScope = WebAclScope.REGIONAL, stack = new Stack()) {
  new WebAcl(stack, 'Firewall', {
    webAclScope,
    accessRules: [rule],
    managedRuleGroups: [ManagedRuleGroup.linux()],
    rateLimit: RateLimit.none(),
  });
  const template = Template.fromStack(stack);
  const [webAcl] = Object.values(template.findResources('AWS::WAFv2::WebACL'));
  return { template, rules: webAcl?.Properties.Rules.slice(0, -1) };
}

const bytes = (field: object, value: unknown, type = 'NONE') => ({
  ByteMatchStatement: {
    FieldToMatch: field,
    PositionalConstraint: 'EXACTLY',
    SearchString: value,
    TextTransformations: [{ Priority: 0, Type: type }],
  },
});
const secretHeader = { SingleHeader: { Name: 'x-origin-secret' } };

test('countries are blocked', () => {
  expect(render(AccessRule.blockCountries(['KP', 'XK'])).rules).toMatchObject([
    { Action: { Block: {} }, Statement: { GeoMatchStatement: { CountryCodes: ['KP', 'XK'] } } },
  ]);
});

test('addresses of one IP version make one set, of the scope of the web ACL', () => {
  const { template, rules } = render(AccessRule.allowAddresses(['203.0.113.7/32']), WebAclScope.CLOUDFRONT);
  const [id] = Object.keys(template.findResources('AWS::WAFv2::IPSet'));
  template.hasResourceProperties('AWS::WAFv2::IPSet', {
    Addresses: ['203.0.113.7/32'],
    IPAddressVersion: 'IPV4',
    Scope: 'CLOUDFRONT',
  });
  expect(rules).toMatchObject([
    { Action: { Allow: {} }, Statement: { IPSetReferenceStatement: { Arn: { 'Fn::GetAtt': [id, 'Arn'] } } } },
  ]);
});

test('addresses of both IP versions make two sets and one rule', () => {
  const { template, rules } = render(AccessRule.blockAddresses(['2001:db8::/32', '203.0.113.0/24', '192.0.2.0/24']));
  template.resourceCountIs('AWS::WAFv2::IPSet', 2);
  template.hasResourceProperties('AWS::WAFv2::IPSet', {
    Addresses: ['203.0.113.0/24', '192.0.2.0/24'],
    IPAddressVersion: 'IPV4',
    Scope: 'REGIONAL',
  });
  template.hasResourceProperties('AWS::WAFv2::IPSet', { Addresses: ['2001:db8::/32'], IPAddressVersion: 'IPV6' });
  expect(rules).toHaveLength(1);
  expect(rules[0]).toMatchObject({ Name: 'BlockAddresses', Action: { Block: {} } });
  expect(rules[0].Statement.OrStatement.Statements).toHaveLength(2);
});

test('a probe is one request: method and path as they are, host in lower case', () => {
  const { rules } = render(AccessRule.probe({ host: 'US.Origin.example.com:8443', path: '/Live', limit: 10 }));
  const request = {
    AndStatement: {
      Statements: [
        bytes({ Method: {} }, 'GET'),
        bytes({ SingleHeader: { Name: 'host' } }, 'us.origin.example.com:8443', 'LOWERCASE'),
        bytes({ UriPath: {} }, '/Live'),
      ],
    },
  };
  expect(rules).toMatchObject([
    { Action: { Block: {} }, Statement: { RateBasedStatement: { Limit: 10, ScopeDownStatement: request } } },
    { Action: { Allow: {} }, Statement: request },
  ]);
});

test('a host that is known at deploy keeps its reference', () => {
  const stack = new Stack();
  const host = new CfnParameter(stack, 'ProbeHost').valueAsString;
  const { rules } = render(AccessRule.probe({ host, path: '/live' }), WebAclScope.REGIONAL, stack);
  expect(JSON.stringify(rules[1])).toContain('"SearchString":{"Ref":"ProbeHost"}');
});

test('one secret is a plain Not', () => {
  const values = [SecretValue.secretsManager('origin/1')];
  const { rules } = render(AccessRule.requireHeader({ name: 'X-Origin-Secret', values }));
  const reference = '{{resolve:secretsmanager:origin/1:SecretString:::}}';
  expect(rules).toMatchObject([
    { Action: { Block: {} }, Statement: { NotStatement: { Statement: bytes(secretHeader, reference) } } },
  ]);
});

test('two secrets are a Not of an Or', () => {
  const values = ['origin/2', 'origin/1'].map((name) => SecretValue.secretsManager(name));
  const { rules } = render(AccessRule.requireHeader({ name: 'x-origin-secret', values }));
  expect(rules[0].Statement.NotStatement.Statement.OrStatement.Statements).toEqual([
    bytes(secretHeader, '{{resolve:secretsmanager:origin/2:SecretString:::}}'),
    bytes(secretHeader, '{{resolve:secretsmanager:origin/1:SecretString:::}}'),
  ]);
});

describe('refusals', () => {
  const host = 'origin.example.com';
  const plain = (value: string) => [SecretValue.unsafePlainText(value)];
  const token = () => new CfnParameter(new Stack(), 'P').valueAsString;
  const many = Array.from({ length: 10_001 }, (_, index) => `10.${index >> 8}.${index & 255}.0/24`);

  test.each<[string, () => AccessRule, string]>([
    ['no country', () => AccessRule.blockCountries([]), "HG1003: 'codes' must name at least one country, got none"],
    ['UK', () => AccessRule.blockCountries(['DE', 'UK']), "got 'UK': use for instance 'DE', or 'GB'"],
    [
      'a country in small letters',
      () => AccessRule.blockCountries(['de']),
      "HG1003: 'codes' must be two-letter ISO 3166 codes in capitals, got 'de'",
    ],
    [
      'no addresses',
      () => AccessRule.allowAddresses([]),
      "HG1004: 'cidrs' must name at least one address range, got none",
    ],
    [
      'everybody',
      () => AccessRule.allowAddresses(['0.0.0.0/0']),
      "HG1004: 'cidrs' must be ranges of /1 to /32 (IPv4) or /128 (IPv6), got '0.0.0.0/0'",
    ],
    ['everybody in IPv6', () => AccessRule.allowAddresses(['::/0']), "got '::/0'"],
    [
      'an address without a prefix',
      () => AccessRule.blockAddresses(['203.0.113.7']),
      "got '203.0.113.7': write '203.0.113.0/24', or '203.0.113.7/32'",
    ],
    ['a prefix over 32', () => AccessRule.blockAddresses(['203.0.113.7/33']), "got '203.0.113.7/33'"],
    ['a prefix over 128', () => AccessRule.blockAddresses(['2001:db8::/129']), "got '2001:db8::/129'"],
    ['two prefixes', () => AccessRule.blockAddresses(['10.0.0.0/8/8']), "got '10.0.0.0/8/8'"],
    ['an IPv6 zone', () => AccessRule.blockAddresses(['fe80::1%eth0/64']), "got 'fe80::1%eth0/64'"],
    [
      'a range known at deploy',
      () => AccessRule.blockAddresses([token()]),
      "HG1004: 'cidrs' must be literals, got a token",
    ],
    [
      'too many ranges',
      () => AccessRule.blockAddresses(many),
      'at most 10000 ranges of one IP version, got 10001 of IPV4',
    ],
    [
      'a URL for a host',
      () => AccessRule.probe({ host: 'https://a.example.com', path: '/live' }),
      "HG1005: 'host' must be a host name",
    ],
    ['a host too long', () => AccessRule.probe({ host: 'a'.repeat(201), path: '/live' }), 'at most 200 characters'],
    [
      'a relative path',
      () => AccessRule.probe({ host, path: 'live' }),
      "HG1005: 'path' must start with '/' and have neither query nor blanks, at most 200 bytes, got 'live'",
    ],
    ['a path with a query', () => AccessRule.probe({ host, path: '/live?a=1' }), "got '/live?a=1'"],
    ['a path too long', () => AccessRule.probe({ host, path: `/${'ä'.repeat(100)}` }), 'at most 200 bytes'],
    [
      'a probe limit under 10',
      () => AccessRule.probe({ host, path: '/live', limit: 9 }),
      "HG1005: 'limit' must be an integer from 10 to 2000000000 requests a window from one address, got 9",
    ],
    [
      'a header with a blank',
      () => AccessRule.requireHeader({ name: 'x secret', values: plain('a') }),
      "HG1006: 'name' must be a literal header name of 1 to 64 characters, got 'x secret'",
    ],
    ['a header name too long', () => AccessRule.requireHeader({ name: 'x'.repeat(65), values: plain('a') }), 'HG1006'],
    [
      'no secret',
      () => AccessRule.requireHeader({ name: 'x-secret', values: [] }),
      "HG1006: 'values' must have at least one secret, got none",
    ],
    [
      'an empty secret',
      () => AccessRule.requireHeader({ name: 'x-secret', values: plain('') }),
      "HG1006: 'values' must be secrets of 1 to 200 bytes",
    ],
    [
      'a secret too long',
      () => AccessRule.requireHeader({ name: 'x-secret', values: plain('a'.repeat(201)) }),
      "HG1006: 'values' must be secrets of 1 to 200 bytes",
    ],
  ])('fails with %s', (_name, build, message) => {
    expect(build).toThrow(message);
  });

  test('a refused secret is not in the message', () => {
    const values = [SecretValue.unsafePlainText(`hunter2${'x'.repeat(200)}`)];
    expect(() => AccessRule.requireHeader({ name: 'x-secret', values })).not.toThrow(/hunter2/);
  });
});
