import { aclWith, blockerOf, firewallOf, pathIs } from '../support/firewall';
import { golden } from '../support/golden';

const GUIDE = 'https://docs.aws.amazon.com/waf/latest/developerguide';
const API = 'https://docs.aws.amazon.com/waf/latest/APIReference';
const BLOCK = { Block: {} };
const COUNT = { Count: {} };

golden(
  'WAF-1',
  `${GUIDE}/waf-rate-based-example-limit-login-page.html`,
  'a rate rule on the login page leaves other pages alone, and may or may not have reached its limit on that page',
  () => {
    const inspect = firewallOf({
      Acl: aclWith([
        {
          Name: 'test-rbr',
          Action: BLOCK,
          Statement: {
            RateBasedStatement: {
              Limit: 1000,
              EvaluationWindowSec: 300,
              AggregateKeyType: 'CONSTANT',
              ScopeDownStatement: pathIs('/login', 'STARTS_WITH'),
            },
          },
        },
      ]),
    });
    const login = inspect({ url: 'https://example.com/login' });
    expect([login.end, login.outcome.quality, login.outcome.share, login.outcome.min]).toEqual([
      'pass',
      'bounded',
      1,
      0,
    ]);
    expect(login.facts).toContain('WAF-1');
    const home = inspect({ url: 'https://example.com/' });
    expect([home.end, home.outcome.quality, home.outcome.min]).toEqual(['pass', 'exact', 1]);
  },
);

golden(
  'WAF-1',
  `${GUIDE}/waf-rate-based-example-limit-missing-header.html`,
  'a rate rule on requests without a user agent leaves those with one alone, an empty one aside',
  () => {
    const SizeConstraintStatement = {
      FieldToMatch: { SingleHeader: { Name: 'user-agent' } },
      ComparisonOperator: 'GT',
      Size: 0,
      TextTransformations: [{ Priority: 0, Type: 'NONE' }],
    };
    const ScopeDownStatement = { NotStatement: { Statement: { SizeConstraintStatement } } };
    const RateBasedStatement = {
      Limit: 1000,
      EvaluationWindowSec: 300,
      AggregateKeyType: 'CONSTANT',
      ScopeDownStatement,
    };
    const inspect = firewallOf({ Acl: aclWith([{ Action: BLOCK, Statement: { RateBasedStatement } }]) });
    expect(inspect().outcome.min).toBe(0);
    expect(inspect({ headers: { 'User-Agent': '' } }).outcome.min).toBe(0);
    expect(inspect({ headers: { 'User-Agent': 'curl/8' } }).outcome.min).toBe(1);
  },
);

const ADDRESSES = { Type: 'AWS::WAFv2::IPSet', Properties: { Addresses: ['203.0.113.0/24'] } };
const LISTED = { IPSetReferenceStatement: { Arn: { 'Fn::GetAtt': ['Addresses', 'Arn'] } } };

golden(
  'WAF-2',
  `${GUIDE}/waf-rule-action.html`,
  'an Allow ends the evaluation, and behind CloudFront an address list sees the edge',
  () => {
    const inspect = firewallOf({
      Acl: aclWith([
        { Name: 'Probe', Statement: pathIs('/live'), Action: { Allow: {} } },
        { Name: 'Bad', Statement: LISTED, Action: BLOCK },
      ]),
      Addresses: ADDRESSES,
    });
    const probe = inspect({ url: 'https://example.com/live', clientIp: '203.0.113.9' });
    expect([probe.end, probe.because]).toEqual(['pass', ['priority 0 matched: Allow']]);
    expect(probe.facts).toContain('WAF-2');
    expect(inspect({ clientIp: '203.0.113.9' }).end).toBe('blocked Acl 403');
    const viaEdge = inspect({ clientIp: '203.0.113.9' }, { via: 'cloudfront', address: undefined });
    expect(viaEdge.end).toBe('pass');
    expect(viaEdge.outcome.quality).toBe('bounded');
    expect(viaEdge.outcome.warnings[0]).toMatch("the address of CloudFront isn't known");
  },
);

golden(
  'WAF-3',
  `${GUIDE}/web-acl-processing-order.html`,
  'rules and the rules of groups are tried by priority: Rule1, RuleA1, RuleA2, Rule2, RuleB1, RuleB2',
  () => {
    const header = (rule: string) => ({
      Count: { CustomRequestHandling: { InsertHeaders: [{ Name: 'last', Value: rule }] } },
    });
    const counting = (name: string, priority: number) => ({
      Name: name,
      Priority: priority,
      Statement: pathIs('/', 'STARTS_WITH'),
      Action: header(name),
    });
    const group = (...rules: readonly object[]) => ({ Type: 'AWS::WAFv2::RuleGroup', Properties: { Rules: rules } });
    const reference = (id: string, priority: number) => ({
      Name: id,
      Priority: priority,
      OverrideAction: { None: {} },
      Statement: { RuleGroupReferenceStatement: { Arn: { 'Fn::GetAtt': [id, 'Arn'] } } },
    });
    const inspect = firewallOf({
      Acl: aclWith([
        counting('Rule2', 200),
        reference('RuleGroupB', 300),
        counting('Rule1', 0),
        reference('RuleGroupA', 100),
      ]),
      RuleGroupA: group(counting('RuleA2', 20_000), counting('RuleA1', 10_000)),
      RuleGroupB: group(counting('RuleB1', 0), counting('RuleB2', 1)),
    });
    const { outcome, facts, request } = inspect();
    const order = outcome.trace.map(({ hop, id, because }) => (hop === 'web-acl-rule' ? id : because));
    expect(order).toEqual([
      ...['Rule1', 'RuleA1', 'RuleA2', 'Rule2', 'RuleB1', 'RuleB2'],
      'no rule decides, default action Allow',
    ]);
    expect(facts).toContain('WAF-3');
    expect(request.header('x-amzn-waf-last')).toBe('RuleB2');
  },
);

golden('WAF-3', `${GUIDE}/web-acl-default-action.html`, 'what no rule ends gets the default action', () => {
  const inspect = firewallOf({
    Acl: aclWith([{ Statement: LISTED, Action: { Allow: {} } }], { DefaultAction: BLOCK }),
    Addresses: ADDRESSES,
  });
  expect(inspect({ clientIp: '203.0.113.9' }).end).toBe('pass');
  const other = inspect({ clientIp: '192.0.2.1' });
  expect([other.end, other.because]).toEqual(['blocked Acl 403', ['no rule decides, default action Block']]);
  expect(other.facts).toContain('WAF-3');
});

golden(
  'WAF-4',
  `${GUIDE}/waf-captcha-and-challenge-actions.html`,
  'CAPTCHA answers 405 and Challenge 202 without a token',
  () => {
    const captcha = firewallOf({ Acl: aclWith([{ Statement: pathIs('/login'), Action: { Captcha: {} } }]) });
    expect(captcha({ url: 'https://example.com/login' }).end).toBe('blocked Acl 405');
    const challenge = firewallOf({ Acl: aclWith([{ Statement: pathIs('/login'), Action: { Challenge: {} } }]) });
    const challenged = challenge({ url: 'https://example.com/login' });
    expect([challenged.end, challenged.outcome.quality]).toEqual(['blocked Acl 202', 'exact']);
    expect(challenged.facts).toContain('WAF-4');
    const withToken = challenge({ url: 'https://example.com/login', cookies: { 'aws-waf-token': 'x' } });
    expect([withToken.end, withToken.outcome.quality]).toEqual(['pass', 'undocumented']);
  },
);

golden(
  'WAF-4',
  `${GUIDE}/customizing-the-response-for-blocked-requests.html`,
  'a block with a custom response answers with its code',
  () => {
    const CustomResponse = {
      ResponseCode: 301,
      ResponseHeaders: [{ Name: 'Location', Value: 'https://example.org/' }],
    };
    const inspect = firewallOf({ Acl: aclWith([{ Statement: pathIs('/'), Action: { Block: { CustomResponse } } }]) });
    const blocked = inspect();
    expect(blocked.end).toBe('blocked Acl 301 https://example.org/');
    expect(blocked.facts).toContain('WAF-4');
  },
);

golden(
  'WAF-5',
  `${GUIDE}/customizing-the-incoming-request.html`,
  'the header sample becomes x-amzn-waf-sample, and a later rule overwrites an earlier one',
  () => {
    const insert = (value: string) => ({
      CustomRequestHandling: { InsertHeaders: [{ Name: 'sample', Value: value }] },
    });
    const inspect = firewallOf({
      Acl: aclWith([
        { Statement: pathIs('/', 'STARTS_WITH'), Action: { Count: insert('first') } },
        { Statement: pathIs('/two'), Action: { Allow: insert('second') } },
        { Statement: pathIs('/three'), Action: BLOCK },
      ]),
    });
    const one = inspect({ url: 'https://example.com/one', headers: { 'x-amzn-waf-sample': 'forged' } });
    expect(one.request.header('x-amzn-waf-sample')).toBe('first');
    expect(one.facts).toContain('WAF-5');
    expect(inspect({ url: 'https://example.com/two' }).request.header('x-amzn-waf-sample')).toBe('second');
    expect(inspect({ url: 'https://example.com/three' }).end).toBe('blocked Acl 403');
  },
);

describe('labels', () => {
  const labeled = (label: string, Scope: string, Key: unknown) =>
    firewallOf({
      Acl: aclWith([
        { RuleLabels: [{ Name: label }], Statement: pathIs('/', 'STARTS_WITH'), Action: COUNT },
        {
          Name: 'testRules',
          OverrideAction: { None: {} },
          Statement: { RuleGroupReferenceStatement: { Arn: { 'Fn::GetAtt': ['Group', 'Arn'] } } },
        },
        { Name: 'match_rule', Statement: { LabelMatchStatement: { Scope, Key } }, Action: BLOCK },
      ]),
      Group: {
        Type: 'AWS::WAFv2::RuleGroup',
        Properties: {
          Name: 'testRules',
          Rules: [
            {
              Name: 'groupRule',
              Priority: 1,
              RuleLabels: [{ Name: 'group:encoding:utf8' }],
              Statement: pathIs('/', 'STARTS_WITH'),
              Action: COUNT,
            },
          ],
        },
      },
    })();
  const page = `${GUIDE}/waf-rule-label-match-examples.html`;

  golden('WAF-6', page, 'a local label matches with any namespaces before it', () => {
    const { end, facts } = labeled('header:encoding:utf8', 'LABEL', 'header:encoding:utf8');
    expect(end).toBe('blocked Acl 403');
    expect(facts).toContain('WAF-6');
    expect(labeled('testNS1:testNS2:header:encoding:utf8', 'LABEL', 'header:encoding:utf8').end).toBe(
      'blocked Acl 403',
    );
    expect(labeled('header:encoding2:utf8', 'LABEL', 'header:encoding:utf8').end).toBe('pass');
  });

  golden('WAF-6', page, 'a label of a rule group is matched with its prefix alone', () => {
    expect(labeled('x', 'LABEL', 'group:encoding:utf8').end).toBe('pass');
    expect(labeled('x', 'LABEL', 'awswaf:111122223333:rulegroup:testRules:group:encoding:utf8').end).toBe(
      'blocked Acl 403',
    );
    expect(labeled('x', 'LABEL', 'awswaf:111122223333:rulegroup:otherRules:group:encoding:utf8').end).toBe('pass');
    expect(labeled('x', 'LABEL', 'awswaf:111122223333:rulegroup:testRules:encoding:utf8').end).toBe('pass');
  });

  golden('WAF-6', page, 'a local namespace matches the labels in it', () => {
    expect(labeled('header:encoding:utf8', 'NAMESPACE', 'header:encoding:').end).toBe('blocked Acl 403');
    expect(labeled('header:encoding2:utf8', 'NAMESPACE', 'header:encoding:').end).toBe('pass');
    expect(labeled('x', 'NAMESPACE', 'awswaf:111122223333:rulegroup:testRules:group:').end).toBe('blocked Acl 403');
  });
});

golden(
  'WAF-10',
  `${API}/API_IPSetForwardedIPConfig.html`,
  'a forwarded address falls back if it is invalid, and leaves the rule out if absent',
  () => {
    const forwarded = (Position: string, FallbackBehavior: string) => ({
      IPSetReferenceStatement: {
        Arn: { 'Fn::GetAtt': ['Addresses', 'Arn'] },
        IPSetForwardedIPConfig: { HeaderName: 'X-Forwarded-For', Position, FallbackBehavior },
      },
    });
    const at = (position: string, value: string | undefined, fallback = 'NO_MATCH') =>
      blockerOf(forwarded(position, fallback), { Addresses: ADDRESSES })(
        value ? { headers: { 'X-Forwarded-For': value } } : {},
      );
    expect(at('FIRST', '203.0.113.1, 192.0.2.1').facts).toContain('WAF-10');
    expect(at('FIRST', '203.0.113.1, 192.0.2.1').end).toBe('blocked Acl 403');
    expect(at('LAST', '203.0.113.1, 192.0.2.1').end).toBe('pass');
    expect(at('ANY', '192.0.2.1, 203.0.113.1, 192.0.2.2').end).toBe('blocked Acl 403');
    expect(at('FIRST', 'unknown', 'MATCH').end).toBe('blocked Acl 403');
    expect(at('FIRST', 'unknown', 'NO_MATCH').end).toBe('pass');
    expect(at('FIRST', undefined, 'MATCH').end).toBe('pass');
    const negated = blockerOf({ NotStatement: { Statement: forwarded('FIRST', 'MATCH') } }, { Addresses: ADDRESSES });
    expect(negated().end).toBe('pass');
  },
);

golden(
  'WAF-10, WAF-13',
  `${GUIDE}/waf-rule-statement-forwarded-ip-address.html`,
  'a country goes by the first address of the header, or by the fallback if that is none',
  () => {
    const at = (value: string | undefined, FallbackBehavior: string) => {
      const ForwardedIPConfig = { HeaderName: 'X-Forwarded-For', FallbackBehavior };
      const statement = { GeoMatchStatement: { CountryCodes: ['DE'], ForwardedIPConfig } };
      const headers: Record<string, string> = value === undefined ? {} : { 'X-Forwarded-For': value };
      return blockerOf(statement)({ clientCountry: 'DE', clientIp: '192.0.2.1', headers });
    };
    expect(at('192.0.2.1, 198.51.100.1', 'NO_MATCH').end).toBe('blocked Acl 403');
    const other = at('198.51.100.1, 192.0.2.1', 'NO_MATCH');
    expect([other.end, other.outcome.quality]).toEqual(['pass', 'bounded']);
    expect(at('unknown, 192.0.2.1', 'NO_MATCH').end).toBe('pass');
    expect(at('unknown, 192.0.2.1', 'MATCH').end).toBe('blocked Acl 403');
    expect(at(undefined, 'MATCH').end).toBe('pass');
  },
);

golden(
  'WAF-11',
  `${API}/API_OverrideAction.html`,
  'the result of a rule group can count only, or the actions of its rules be overridden',
  () => {
    const inspect = (OverrideAction: object, more: object = {}) =>
      firewallOf({
        Acl: aclWith([
          {
            Name: 'group',
            OverrideAction,
            Statement: { RuleGroupReferenceStatement: { Arn: { 'Fn::GetAtt': ['Group', 'Arn'] }, ...more } },
          },
        ]),
        Group: {
          Type: 'AWS::WAFv2::RuleGroup',
          Properties: { Rules: [{ Name: 'admin', Priority: 0, Statement: pathIs('/admin'), Action: BLOCK }] },
        },
      })({ url: 'https://example.com/admin' });
    const blocked = inspect({ None: {} });
    expect([blocked.end, blocked.because]).toEqual(['blocked Acl 403', ['priority 0 of Group matched: Block']]);
    expect(blocked.facts).toContain('WAF-11');
    expect(inspect({ Count: {} }).end).toBe('pass');
    expect(inspect({ None: {} }, { ExcludedRules: [{ Name: 'admin' }] }).end).toBe('pass');
    expect(inspect({ None: {} }, { RuleActionOverrides: [{ Name: 'admin', ActionToUse: { Captcha: {} } }] }).end).toBe(
      'blocked Acl 405',
    );
  },
);

golden(
  'WAF-12',
  `${GUIDE}/aws-managed-rule-groups.html`,
  'a managed group counts as not matching, where its scope-down statement lets it look',
  () => {
    const inspect = firewallOf({
      Acl: aclWith([
        {
          Name: 'AWS-AWSManagedRulesCommonRuleSet',
          OverrideAction: { None: {} },
          Statement: {
            ManagedRuleGroupStatement: {
              VendorName: 'AWS',
              Name: 'AWSManagedRulesCommonRuleSet',
              ScopeDownStatement: { NotStatement: { Statement: pathIs('/static/', 'STARTS_WITH') } },
            },
          },
        },
      ]),
    });
    const page = inspect();
    expect([page.end, page.outcome.quality]).toEqual(['pass', 'undocumented']);
    expect(page.facts).toContain('WAF-12');
    expect(page.outcome.warnings[0]).toMatch('AWSManagedRulesCommonRuleSet');
    expect(inspect({ url: 'https://example.com/static/app.js' }).outcome.quality).toBe('exact');
  },
);

golden(
  'WAF-12',
  `${GUIDE}/aws-managed-rule-groups.html`,
  'only behind a managed group may a request have its label',
  () => {
    const Key = 'awswaf:managed:aws:core-rule-set:NoUserAgent_Header';
    const matching = { Statement: { LabelMatchStatement: { Scope: 'LABEL', Key } }, Action: BLOCK };
    const managed = {
      OverrideAction: { Count: {} },
      Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'AWSManagedRulesCommonRuleSet' } },
    };
    const behind = firewallOf({ Acl: aclWith([managed, matching]) })();
    expect([behind.end, behind.outcome.quality]).toEqual(['pass', 'undocumented']);
    expect(behind.outcome.warnings.join()).toContain(Key);
    expect(behind.facts).toContain('WAF-12');
    const before = firewallOf({ Acl: aclWith([matching, managed]) })();
    expect(before.end).toBe('pass');
    expect(before.outcome.warnings.join()).not.toContain(Key);
  },
);

golden(
  'WAF-13',
  `${GUIDE}/waf-rule-statement-type-geo-match.html`,
  'countries are blocked, except for addresses of an IP set',
  () => {
    const inspect = blockerOf(
      {
        AndStatement: {
          Statements: [{ GeoMatchStatement: { CountryCodes: ['CN', 'RU'] } }, { NotStatement: { Statement: LISTED } }],
        },
      },
      { Addresses: ADDRESSES },
    );
    const abroad = inspect({ clientCountry: 'CN', clientIp: '192.0.2.1' });
    expect(abroad.end).toBe('blocked Acl 403');
    expect(abroad.facts).toContain('WAF-13');
    expect(inspect({ clientCountry: 'CN', clientIp: '203.0.113.1' }).end).toBe('pass');
    expect(inspect({ clientCountry: 'DE', clientIp: '192.0.2.1' }).end).toBe('pass');
    const unknown = inspect({ clientIp: '192.0.2.1' });
    expect([unknown.end, unknown.outcome.quality]).toEqual(['pass', 'bounded']);
    expect(unknown.outcome.warnings[0]).toMatch('--client-country');
  },
);

golden(
  'WAF-13',
  `${GUIDE}/waf-rule-statement-type-geo-match.html`,
  'a geographic statement labels the request with its country',
  () => {
    const inspect = firewallOf({
      Acl: aclWith([
        { Statement: { GeoMatchStatement: { CountryCodes: ['US'] } }, Action: COUNT },
        {
          Statement: { LabelMatchStatement: { Scope: 'LABEL', Key: 'awswaf:clientip:geo:country:DE' } },
          Action: BLOCK,
        },
      ]),
    });
    const labeled = inspect({ clientCountry: 'DE' });
    expect(labeled.end).toBe('blocked Acl 403');
    expect(labeled.facts).toContain('WAF-13');
    expect(inspect({ clientCountry: 'FR' }).end).toBe('pass');
  },
);
