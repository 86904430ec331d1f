import { aclWith, firewallOf, pathIs } from '../../support/firewall';

const labeled = (Key: unknown, Scope = 'LABEL') =>
  firewallOf({
    Acl: aclWith([
      { RuleLabels: [{ Name: 'ns:seen' }], Statement: pathIs('/a'), Action: { Count: {} } },
      { Statement: { LabelMatchStatement: { Scope, Key } }, Action: { Block: {} } },
      { RuleLabels: [{ Name: 'late' }], Statement: pathIs('/a'), Action: { Count: {} } },
    ]),
  })({ url: 'https://example.com/a' }).end;

test.each([
  ['ns:seen', 'LABEL', 'blocked Acl 403'],
  ['seen', 'LABEL', 'blocked Acl 403'],
  ['NS:seen', 'LABEL', 'pass'],
  ['ns', 'LABEL', 'pass'],
  ['een', 'LABEL', 'pass'],
  ['ns:', 'NAMESPACE', 'blocked Acl 403'],
  ['seen:', 'NAMESPACE', 'pass'],
  ['late', 'LABEL', 'pass'],
  ['awswaf:111122223333:webacl:testWebACL:ns:seen', 'LABEL', 'blocked Acl 403'],
  ['awswaf:111122223333:webacl:testWebACL:seen', 'LABEL', 'pass'],
  ['awswaf:111122223333:webacl:other:ns:seen', 'LABEL', 'pass'],
  ['awswaf:111122223333:webacl:testWebACL:', 'NAMESPACE', 'blocked Acl 403'],
])('%s as %s', (key, scope, expected) => expect(labeled(key, scope)).toBe(expected));

test('a prefix may be written with intrinsic functions', () => {
  const account = { 'Fn::Join': ['', ['awswaf:', { Ref: 'AWS::AccountId' }, ':webacl:testWebACL:ns:seen']] };
  expect(labeled(account)).toBe('blocked Acl 403');
  const namespace = { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Acl', 'LabelNamespace'] }, 'ns:seen']] };
  expect(labeled(namespace)).toBe('blocked Acl 403');
});

test('a rule that blocks labels the request too, which shows where its group only counts', () => {
  const inspect = firewallOf({
    Acl: aclWith([
      {
        OverrideAction: { Count: {} },
        Statement: { RuleGroupReferenceStatement: { Arn: { 'Fn::GetAtt': ['Group', 'Arn'] } } },
      },
      {
        Statement: { LabelMatchStatement: { Scope: 'LABEL', Key: 'awswaf:111122223333:rulegroup:bots:bad' } },
        Action: { Block: { CustomResponse: { ResponseCode: 429 } } },
      },
    ]),
    Group: {
      Type: 'AWS::WAFv2::RuleGroup',
      Properties: {
        Name: 'bots',
        Rules: [
          {
            Name: 'bad',
            Priority: 0,
            RuleLabels: [{ Name: 'bad' }],
            Statement: pathIs('/a'),
            Action: { Block: {} },
          },
        ],
      },
    },
  });
  expect(inspect({ url: 'https://example.com/a' }).end).toBe('blocked Acl 429');
  expect(inspect({ url: 'https://example.com/b' }).end).toBe('pass');
});

test('which region of a country the client is in is never given', () => {
  const inspect = firewallOf({
    Acl: aclWith([
      { Statement: { GeoMatchStatement: { CountryCodes: ['US'] } }, Action: { Count: {} } },
      {
        Statement: { LabelMatchStatement: { Scope: 'LABEL', Key: 'awswaf:clientip:geo:region:US-CA' } },
        Action: { Block: {} },
      },
    ]),
  });
  const { end, outcome } = inspect({ url: 'https://example.com/a', clientCountry: 'US' });
  expect([end, outcome.quality, outcome.min]).toEqual(['pass', 'bounded', 0]);
});

test('labels of requests that a rule does not match are not there', () => {
  const inspect = firewallOf({
    Acl: aclWith([
      { RuleLabels: [{ Name: 'seen' }], Statement: pathIs('/a'), Action: { Count: {} } },
      {
        Statement: { NotStatement: { Statement: { LabelMatchStatement: { Scope: 'LABEL', Key: 'seen' } } } },
        Action: { Block: {} },
      },
    ]),
  });
  expect(inspect({ url: 'https://example.com/a' }).end).toBe('pass');
  expect(inspect({ url: 'https://example.com/b' }).end).toBe('blocked Acl 403');
});
