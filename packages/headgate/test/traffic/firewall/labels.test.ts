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
