import { aclWith, firewallOf, pathIs } from '../../support/firewall';

const BLOCK = { Block: {} };
const RATE = { RateBasedStatement: { Limit: 100, AggregateKeyType: 'IP' } };
const MANAGED = { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'AWSManagedRulesBotControlRuleSet' } };
const NONE = { None: {} };

test('without rules the default action stands alone', () => {
  const { end, because } = firewallOf({ Acl: aclWith([]) })();
  expect([end, because]).toEqual(['pass', ['default action Allow']]);
});

test('several rate rules and managed groups put the share in doubt once', () => {
  const { outcome } = firewallOf({
    Acl: aclWith([
      { Statement: RATE, Action: BLOCK },
      { Statement: RATE, Action: BLOCK },
      { Statement: MANAGED, OverrideAction: NONE },
    ]),
  })();
  expect([outcome.share, outcome.min, outcome.max, outcome.quality]).toEqual([1, 0, 1, 'undocumented']);
  expect(outcome.warnings).toEqual([
    "Stack/Acl: rate rules count as not reached: rule0, rule1; managed rule groups, whose rules aren't public, " +
      'count as letting everything pass: rule2 (AWSManagedRulesBotControlRuleSet).',
  ]);
});

test('a rate rule that would block does not matter to a request that is blocked anyway', () => {
  const rules = [
    { Statement: RATE, Action: BLOCK },
    { Statement: pathIs('/admin'), Action: BLOCK },
  ];
  const blocked = firewallOf({ Acl: aclWith(rules) })({ url: 'https://example.com/admin' });
  expect([blocked.end, blocked.outcome.quality, blocked.outcome.warnings]).toEqual(['blocked Acl 403', 'exact', []]);
});

test('a rate rule that would block with another status does matter', () => {
  const rules = [
    { Statement: RATE, Action: { Block: { CustomResponse: { ResponseCode: 429 } } } },
    { Statement: pathIs('/admin'), Action: BLOCK },
  ];
  const blocked = firewallOf({ Acl: aclWith(rules) })({ url: 'https://example.com/admin' });
  expect([blocked.end, blocked.outcome.quality, blocked.outcome.min]).toEqual(['blocked Acl 403', 'bounded', 0]);
});

test('what only counts does not matter', () => {
  const { outcome } = firewallOf({
    Acl: aclWith([
      { Statement: RATE, Action: { Count: {} } },
      { Statement: MANAGED, OverrideAction: { Count: {} } },
    ]),
  })();
  expect([outcome.quality, outcome.min, outcome.warnings]).toEqual(['exact', 1, []]);
});

test('labels of a managed group are not known where it looked', () => {
  const scoped = {
    ManagedRuleGroupStatement: { ...MANAGED.ManagedRuleGroupStatement, ScopeDownStatement: pathIs('/a') },
  };
  const inspect = firewallOf({
    Acl: aclWith([
      { Statement: scoped, OverrideAction: { Count: {} } },
      {
        Statement: { LabelMatchStatement: { Scope: 'NAMESPACE', Key: 'awswaf:managed:aws:bot-control:' } },
        Action: BLOCK,
      },
    ]),
  });
  expect(inspect({ url: 'https://example.com/a' }).outcome.quality).toBe('undocumented');
  expect(inspect({ url: 'https://example.com/b' }).outcome.quality).toBe('exact');
});

test('statements that settle the answer make what is unknown beside them irrelevant', () => {
  const country = { GeoMatchStatement: { CountryCodes: ['DE'] } };
  const both = (kind: string) =>
    firewallOf({
      Acl: aclWith([{ Statement: { [kind]: { Statements: [country, pathIs('/admin')] } }, Action: BLOCK }]),
    });
  expect(both('AndStatement')({ url: 'https://example.com/x' }).outcome.quality).toBe('exact');
  expect(both('AndStatement')({ url: 'https://example.com/admin' }).outcome.quality).toBe('bounded');
  expect(both('OrStatement')({ url: 'https://example.com/admin' }).outcome).toMatchObject({
    quality: 'exact',
    warnings: [],
  });
  expect(both('OrStatement')({ url: 'https://example.com/x' }).outcome.quality).toBe('bounded');
});

test('only what the answer depends on is warned about', () => {
  const country = { GeoMatchStatement: { CountryCodes: ['DE'] } };
  const network = { AsnMatchStatement: { AsnList: [64496] } };
  const never = { AndStatement: { Statements: [country, pathIs('/admin')] } };
  const Statement = { OrStatement: { Statements: [never, network] } };
  const { warnings } = firewallOf({ Acl: aclWith([{ Statement, Action: BLOCK }]) })().outcome;
  expect(warnings.join()).toMatch('autonomous systems');
  expect(warnings.join()).not.toMatch('countries');
});

test('rules in an unsorted list are tried by priority', () => {
  const rule = (Name: string, Priority: number) => ({ Name, Priority, Statement: pathIs('/'), Action: BLOCK });
  expect(firewallOf({ Acl: aclWith([rule('later', 9), rule('sooner', 1)]) })().because).toEqual([
    'priority 1 matched: Block',
  ]);
});

test('symbolic parts give warnings', () => {
  const warnings = (rules: readonly object[], more: object = {}) =>
    firewallOf({ Acl: aclWith(rules, more) })({ url: 'https://example.com/x' }).outcome.warnings.join();
  expect(warnings([], { Rules: { Ref: 'Rules' } })).toMatch("Stack/Acl: has Rules that aren't known");
  expect(warnings([], { DefaultAction: { Ref: 'Default' } })).toMatch("has a DefaultAction that isn't known");
  expect(warnings([{ Statement: pathIs('/'), Action: BLOCK, Priority: { Ref: 'P' } }])).toMatch(
    'without a known Priority',
  );
  expect(warnings([{ Statement: pathIs('/'), Action: { Ref: 'A' } }])).toMatch('the Action ${A}');
  expect(warnings([{ Statement: { Ref: 'S' }, Action: BLOCK }])).toMatch('rule rule0 has a statement that is ${S}');
});

describe('of a rule group in the templates', () => {
  const Group = {
    Type: 'AWS::WAFv2::RuleGroup',
    Properties: { Rules: [{ Name: 'all', Priority: 0, Statement: pathIs('/rg'), Action: BLOCK }] },
  };
  const inspecting = (rule: object, more: object = {}) =>
    firewallOf({
      Acl: aclWith([
        {
          Statement: { RuleGroupReferenceStatement: { Arn: { 'Fn::GetAtt': ['Group', 'Arn'] }, ...more } },
          OverrideAction: NONE,
          ...rule,
        },
      ]),
      Group,
    });

  test('an OverrideAction that is not known matters where the group ends a request', () => {
    const inspect = inspecting({ OverrideAction: { Ref: 'Mode' } });
    const { end, outcome } = inspect({ url: 'https://example.com/rg' });
    expect([end, outcome.quality, outcome.min, outcome.warnings]).toEqual([
      'blocked Acl 403',
      'bounded',
      0,
      ["Stack/Acl: rule rule0 has the OverrideAction ${Mode}, which isn't known; it counts as None."],
    ]);
    expect(inspect({ url: 'https://example.com/x' }).outcome).toMatchObject({ quality: 'exact', warnings: [] });
  });

  test.each([
    ['RuleActionOverrides ${X}', { RuleActionOverrides: { Ref: 'X' } }],
    ['ActionToUse ${X}', { RuleActionOverrides: [{ Name: 'all', ActionToUse: { Ref: 'X' } }] }],
    ['ExcludedRules ${X}', { ExcludedRules: { Ref: 'X' } }],
  ])('an override that is not known counts as left out: %s', (what, more) => {
    const { end, outcome } = inspecting({}, more)({ url: 'https://example.com/rg' });
    expect([end, outcome.quality, outcome.warnings]).toEqual([
      'blocked Acl 403',
      'bounded',
      [`Stack/Acl: has rule rule0 with the ${what}, which isn't known; it counts as left out.`],
    ]);
  });
});

test('a custom response that is not known leaves the status open', () => {
  const Action = { Block: { CustomResponse: { Ref: 'Response' } } };
  const { end, outcome } = firewallOf({ Acl: aclWith([{ Statement: pathIs('/'), Action }]) })();
  expect([end, outcome.quality]).toEqual(['blocked Acl', 'exact']);
});

test('headers and labels that are not known count as left out', () => {
  const inspected = (rule: object) =>
    firewallOf({
      Acl: aclWith([
        { Statement: pathIs('/'), Action: { Count: {} }, ...rule },
        { Statement: { LabelMatchStatement: { Scope: 'LABEL', Key: 'a' } }, Action: BLOCK },
      ]),
    })().outcome;
  const headers = { Action: { Count: { CustomRequestHandling: { InsertHeaders: { Ref: 'Headers' } } } } };
  for (const [rule, what] of [
    [headers, 'InsertHeaders ${Headers}'],
    [{ RuleLabels: { Ref: 'Labels' } }, 'RuleLabels ${Labels}'],
  ] as const) {
    const { quality, warnings } = inspected(rule);
    expect(quality).toBe('bounded');
    expect(warnings).toEqual([`Stack/Acl: has rule rule0 with the ${what}, which isn't known; it counts as left out.`]);
  }
  const scope = { LabelMatchStatement: { Scope: { Ref: 'Scope' }, Key: 'a' } };
  const { quality, warnings } = inspected({ Statement: scope, Action: BLOCK });
  expect(quality).toBe('bounded');
  expect(warnings.join()).toContain('has the Scope ${Scope}');
});

test('a limit over a time that is not known is not taken to spare health checkers', () => {
  const limited = (more: object) =>
    firewallOf({ Acl: aclWith([{ Statement: { RateBasedStatement: { Limit: 2000, ...more } }, Action: BLOCK }]) })(
      {},
      { via: 'health-checker' },
    ).outcome.quality;
  expect(limited({ AggregateKeyType: 'IP' })).toBe('exact');
  expect(limited({ AggregateKeyType: { Ref: 'Key' } })).toBe('bounded');
  expect(limited({ AggregateKeyType: 'IP', EvaluationWindowSec: { Ref: 'Time' } })).toBe('bounded');
});

test.each([
  [
    [{ Statement: pathIs('/') }],
    {},
    'Rules[0].Action must be one of Allow, Block, Count, Captcha, Challenge, got null.',
  ],
  [[], { DefaultAction: { Count: {} } }, 'DefaultAction must be Allow or Block, got "Count".'],
  [[], { Rules: 'x' }, 'Rules must be a list, got "x".'],
])('fails for %j with %j', (rules, more, message) => {
  expect(() => firewallOf({ Acl: aclWith(rules, more) })).toThrow(`Stack/Acl (AWS::WAFv2::WebACL): ${message}`);
});

test('fails for a resource that is no web ACL', () => {
  expect(() => firewallOf({ Acl: { Type: 'AWS::S3::Bucket' } })).toThrow(
    'A web ACL must be a resource of type AWS::WAFv2::WebACL, got Stack/Acl (AWS::S3::Bucket).',
  );
});

test('a web ACL that is only associated lets everything pass, with a warning', () => {
  const Acl = { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { WebACLArn: 'arn:aws:wafv2:x', ResourceArn: 'y' } };
  const { end, outcome } = firewallOf({ Acl })();
  expect([end, outcome.quality, outcome.min]).toEqual(['pass', 'bounded', 0]);
  expect(outcome.warnings).toHaveLength(1);
});

test('a rule group outside of the templates counts as not matching', () => {
  const Statement = { RuleGroupReferenceStatement: { Arn: 'arn:aws:wafv2:us-east-1:1:regional/rulegroup/x/1' } };
  const { end, outcome } = firewallOf({ Acl: aclWith([{ Statement, OverrideAction: NONE }]) })();
  expect([end, outcome.quality]).toEqual(['pass', 'bounded']);
});

test('a rule group that refers to itself is not followed', () => {
  const Statement = { RuleGroupReferenceStatement: { Arn: { 'Fn::GetAtt': ['Group', 'Arn'] } } };
  const rules = [{ Name: 'self', Priority: 0, Statement, OverrideAction: NONE, Action: BLOCK }];
  const Group = { Type: 'AWS::WAFv2::RuleGroup', Properties: { Rules: rules } };
  const { end, outcome } = firewallOf({ Acl: aclWith([{ Statement, OverrideAction: NONE }]), Group })();
  expect([end, outcome.quality]).toEqual(['pass', 'undocumented']);
});
