import { App, SecretValue, Stack, Stage } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AccessRule, ManagedRuleGroup, RateLimit, WebAcl, type WebAclProps, WebAclScope } from '../../lib/waf';

const REGIONAL = { webAclScope: WebAclScope.REGIONAL };
const CLOUDFRONT = { webAclScope: WebAclScope.CLOUDFRONT };

function synthesize(props: WebAclProps, stack = new Stack()) {
  const webAcl = new WebAcl(stack, 'Firewall', props);
  return { stack, webAcl, template: Template.fromStack(stack) };
}

function ruleNames(template: Template): string[] {
  const [webAcl] = Object.values(template.findResources('AWS::WAFv2::WebACL'));
  return webAcl?.Properties.Rules.map((rule: { Name: string }) => rule.Name);
}

describe('defaults', () => {
  test.each([
    ['CLOUDFRONT', CLOUDFRONT],
    ['REGIONAL', REGIONAL],
  ])('a web ACL of scope %s limits clients and uses three managed groups', (scope, props) => {
    const { template } = synthesize(props);
    template.hasResourceProperties('AWS::WAFv2::WebACL', {
      Scope: scope,
      DefaultAction: { Allow: {} },
      Rules: [
        {
          Name: 'RateLimit',
          Priority: 0,
          Action: { Block: {} },
          Statement: { RateBasedStatement: { AggregateKeyType: 'IP', Limit: 2000, EvaluationWindowSec: 300 } },
          VisibilityConfig: { MetricName: 'RateLimit', CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true },
        },
        {
          Name: 'AWSManagedRulesAmazonIpReputationList',
          Priority: 1,
          OverrideAction: { None: {} },
          Statement: {
            ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'AWSManagedRulesAmazonIpReputationList' },
          },
        },
        { Name: 'AWSManagedRulesCommonRuleSet', Priority: 2 },
        { Name: 'AWSManagedRulesKnownBadInputsRuleSet', Priority: 3 },
      ].map((rule) => Match.objectLike(rule)),
    });
  });

  test('a web ACL behind an edge judges no addresses', () => {
    const { template } = synthesize({ ...REGIONAL, behindEdge: true });
    expect(ruleNames(template)).toEqual(['AWSManagedRulesKnownBadInputsRuleSet']);
  });

  test('what was chosen for the user stands in the metadata', () => {
    const entries = (props: WebAclProps) =>
      synthesize(props).webAcl.node.metadata.filter((entry) => entry.type === 'cdk-headgate:default');
    expect(entries(REGIONAL).map((entry) => entry.data.prop)).toEqual(['managedRuleGroups', 'rateLimit']);
    expect(entries({ ...REGIONAL, managedRuleGroups: [], rateLimit: RateLimit.none() })).toEqual([]);
  });

  test('the credentials of clients are hidden from logs and samples', () => {
    synthesize(REGIONAL).template.hasResourceProperties('AWS::WAFv2::WebACL', {
      DataProtectionConfig: {
        DataProtections: [
          Match.objectLike({ Field: { FieldType: 'SINGLE_HEADER', FieldKeys: ['authorization', 'cookie'] } }),
        ],
      },
    });
  });
});

describe('rules', () => {
  test('access rules come first, as given, then the rate limit, then managed groups', () => {
    const { template } = synthesize({
      ...CLOUDFRONT,
      managedRuleGroups: [ManagedRuleGroup.linux(), ManagedRuleGroup.sqlInjection()],
      rateLimit: RateLimit.perIp(100),
      accessRules: [
        AccessRule.blockCountries(['KP']),
        AccessRule.allowAddresses(['203.0.113.0/24']),
        AccessRule.blockAddresses(['198.51.100.0/24']),
        AccessRule.blockAddresses(['192.0.2.0/24']),
      ],
    });
    expect(ruleNames(template)).toEqual([
      'BlockCountries',
      'AllowAddresses',
      'BlockAddresses',
      'BlockAddresses2',
      'RateLimit',
      'AWSManagedRulesLinuxRuleSet',
      'AWSManagedRulesSQLiRuleSet',
    ]);
  });

  test('a rule of another kind in front renames none and moves no address set', () => {
    const block = AccessRule.blockAddresses(['198.51.100.0/24']);
    const sets = (accessRules: AccessRule[]) =>
      Object.keys(synthesize({ ...REGIONAL, accessRules }).template.findResources('AWS::WAFv2::IPSet'));
    expect(sets([block])).toHaveLength(1);
    expect(sets([AccessRule.blockCountries(['KP']), block])).toEqual(sets([block]));
  });

  test('headers with secrets are hidden from logs and samples, each once, in lower case', () => {
    const rule = (name: string) => AccessRule.requireHeader({ name, values: [SecretValue.secretsManager('a')] });
    const { template } = synthesize({
      ...REGIONAL,
      accessRules: [rule('X-Origin-Secret'), rule('x-origin-secret'), rule('X-Other')],
    });
    template.hasResourceProperties('AWS::WAFv2::WebACL', {
      DataProtectionConfig: {
        DataProtections: [
          {
            Field: { FieldType: 'SINGLE_HEADER', FieldKeys: ['authorization', 'cookie', 'x-origin-secret', 'x-other'] },
            Action: 'SUBSTITUTION',
            ExcludeRateBasedDetails: false,
            ExcludeRuleMatchDetails: false,
          },
        ],
      },
    });
  });
});

describe('refusals', () => {
  const behind = { ...REGIONAL, behindEdge: true };
  const secret = AccessRule.requireHeader({ name: 'x-origin-secret', values: [SecretValue.secretsManager('a')] });
  const probe = (path: string) => AccessRule.probe({ host: 'origin.example.com', path });
  const probes = (count: number) => Array.from({ length: count }, (_, index) => probe(`/live${index}`));
  const elsewhere = 'put it on the web ACL with WebAclScope.CLOUDFRONT';

  test.each<[string, WebAclProps, string[]]>([
    [
      'an address list behind an edge',
      { ...behind, managedRuleGroups: [ManagedRuleGroup.ipReputation()] },
      ["HG1007: 'managedRuleGroups'", 'AWSManagedRulesAmazonIpReputationList', elsewhere],
    ],
    [
      'a rate limit behind an edge',
      { ...behind, rateLimit: RateLimit.perIp(100) },
      ["HG1007: 'rateLimit'", 'RateLimit.perIp()', elsewhere],
    ],
    [
      'blocked countries behind an edge',
      { ...behind, accessRules: [AccessRule.blockCountries(['KP'])] },
      ["HG1007: 'accessRules'", 'AccessRule.blockCountries()', elsewhere],
    ],
    [
      'blocked addresses behind an edge',
      { ...behind, accessRules: [AccessRule.blockAddresses(['192.0.2.0/24'])] },
      ['HG1007', 'AccessRule.blockAddresses()', elsewhere],
    ],
    [
      'allowed addresses behind an edge',
      { ...behind, accessRules: [secret, AccessRule.allowAddresses(['192.0.2.0/24'])] },
      ['HG1007', 'AccessRule.allowAddresses()', elsewhere],
    ],
    [
      'an edge behind an edge',
      { ...CLOUDFRONT, behindEdge: true },
      ["HG1008: 'behindEdge'", 'got true', 'give it to the regional one'],
    ],
    [
      'ten probes and the default rate limit',
      { ...REGIONAL, accessRules: probes(10) },
      ['HG1009', 'at most 10', 'got 11'],
    ],
    ['eleven probes', { ...behind, accessRules: probes(11) }, ['HG1009', 'got 11']],
    [
      'a group twice',
      { ...REGIONAL, managedRuleGroups: [ManagedRuleGroup.linux(), ManagedRuleGroup.linux()] },
      ["HG1010: 'managedRuleGroups'", "'AWSManagedRulesLinuxRuleSet' twice"],
    ],
    [
      'a probe after the secret',
      { ...REGIONAL, accessRules: [secret, probe('/live')] },
      ["HG1011: 'accessRules'", 'move the probe up'],
    ],
  ])('fails with %s', (_name, props, parts) => {
    for (const part of [...parts, '[at Default/Firewall]']) expect(() => synthesize(props)).toThrow(part);
  });

  test('ten rate rules are let through, and so is a rate limit of none behind an edge', () => {
    expect(ruleNames(synthesize({ ...REGIONAL, accessRules: probes(9) }).template)).toContain('Probe9Limit');
    synthesize({ ...behind, rateLimit: RateLimit.none(), accessRules: probes(10) });
  });

  test.each([
    ['eu-west-1', true],
    ['us-east-1', false],
    [undefined, false],
  ])('a web ACL for distributions in %s: refused is %s', (region, refused) => {
    const build = () => synthesize(CLOUDFRONT, new Stack(new App(), 'Edge', { env: { region } }));
    if (refused)
      expect(build).toThrow(
        'HG0203: a web ACL with WebAclScope.CLOUDFRONT must be in us-east-1, got a stack in eu-west-1',
      );
    else expect(build).not.toThrow();
  });
});

test('a web ACL built elsewhere is known by its ARN', () => {
  const arn = 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/firewall/0a1b';
  const imported = WebAcl.fromWebAclArn(new Stack(), 'Firewall', arn);
  expect(imported.webAclArn).toBe(arn);
  expect(imported.env).toEqual({ account: '111122223333', region: 'eu-west-1' });
});

describe('metrics', () => {
  const inStage = (id: string, region: string) => new Stack(new Stage(new App(), 'Prod'), id, { env: { region } });

  test.each([
    ['metricBlockedRequests', 'BlockedRequests'],
    ['metricAllowedRequests', 'AllowedRequests'],
  ] as const)('%s is found by the metric name of the web ACL and the Region', (method, metricName) => {
    const { stack, webAcl, template } = synthesize(REGIONAL, inStage('Site', 'eu-west-1'));
    const metric = webAcl[method]();
    const [resource] = Object.values(template.findResources('AWS::WAFv2::WebACL'));
    expect(resource?.Properties.VisibilityConfig.MetricName).toMatch(/^Prod-Site-.*Firewall-[0-9A-F]{8}$/);
    expect(stack.resolve(metric.dimensions)).toEqual({
      WebACL: resource?.Properties.VisibilityConfig.MetricName,
      Rule: 'ALL',
      Region: 'eu-west-1',
    });
    expect(metric).toMatchObject({ namespace: 'AWS/WAFV2', metricName, statistic: 'Sum', region: 'eu-west-1' });
  });

  test('a web ACL for distributions has no Region dimension', () => {
    const { webAcl } = synthesize(CLOUDFRONT, inStage('Edge', 'us-east-1'));
    const metric = webAcl.metricBlockedRequests({ statistic: 'Maximum' });
    expect(Object.keys(metric.dimensions ?? {})).toEqual(['WebACL', 'Rule']);
    expect(metric).toMatchObject({ region: 'us-east-1', statistic: 'Maximum' });
  });
});
