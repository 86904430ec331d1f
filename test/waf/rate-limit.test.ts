import { CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { RateLimit, WebAcl, WebAclScope } from '../../lib/waf';

function rate(rateLimit: RateLimit, stack = new Stack()): Template {
  new WebAcl(stack, 'Firewall', { webAclScope: WebAclScope.REGIONAL, rateLimit, managedRuleGroups: [] });
  return Template.fromStack(stack);
}

test.each([
  [10, undefined, 300],
  [2_000_000_000, Duration.seconds(60), 60],
  [100, Duration.minutes(2), 120],
  [100, Duration.minutes(5), 300],
  [100, Duration.minutes(10), 600],
])('a limit of %d in %s counts over %d seconds', (limit, window, seconds) => {
  rate(RateLimit.perIp(limit, { window })).hasResourceProperties('AWS::WAFv2::WebACL', {
    Rules: [
      Match.objectLike({
        Name: 'RateLimit',
        Action: { Block: {} },
        Statement: { RateBasedStatement: { AggregateKeyType: 'IP', Limit: limit, EvaluationWindowSec: seconds } },
      }),
    ],
  });
});

test('no limit is no rule', () => {
  rate(RateLimit.none()).hasResourceProperties('AWS::WAFv2::WebACL', { Rules: [] });
});

test('a limit that is known at deploy keeps its reference', () => {
  const stack = new Stack();
  const limit = new CfnParameter(stack, 'Limit', { type: 'Number' }).valueAsNumber;
  expect(JSON.stringify(rate(RateLimit.perIp(limit), stack))).toContain('"Limit":{"Ref":"Limit"}');
});

test.each([9, 0, -10, 10.5, 2_000_000_001, Number.NaN])('fails with a limit of %d', (limit) => {
  expect(() => RateLimit.perIp(limit)).toThrow(
    `HG1002: 'limit' must be an integer from 10 to 2000000000 requests a window from one address, got ${limit}`,
  );
});

test.each([
  [Duration.seconds(30), 30],
  [Duration.minutes(3), 180],
  [Duration.hours(1), 3600],
  [Duration.millis(60_500), 60.5],
])('fails with a window of %s', (window, seconds) => {
  expect(() => RateLimit.perIp(100, { window })).toThrow(
    `HG1002: 'window' must be 60, 120, 300, 600 seconds, got ${seconds}: take the nearest`,
  );
});
