import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { LiveCheck, RegionCheck } from '../../lib/health';

const checksIn = (stack: Stack, count: number) =>
  Array.from({ length: count }, (_, index) =>
    route53.HealthCheck.fromHealthCheckId(stack, `Check${index}`, `check-${index}`),
  );

test('is calculated, and healthy when its live check is', () => {
  const stack = new Stack();
  const live = new LiveCheck(stack, 'Live', { host: 'us-east-1.origin.shop.example.com' });
  new RegionCheck(stack, 'Region', { children: [live] });
  const checks = Template.fromStack(stack).findResources('AWS::Route53::HealthCheck');
  const [config] = Object.values(checks)
    .map(({ Properties }) => Properties.HealthCheckConfig)
    .filter(({ Type }) => Type === 'CALCULATED');
  expect(config).toEqual({
    Type: 'CALCULATED',
    ChildHealthChecks: [stack.resolve(live.healthCheckId)],
    HealthThreshold: 1,
    Inverted: false,
  });
});

test.each([2, 255])('needs all of its %d children', (count) => {
  const stack = new Stack();
  new RegionCheck(stack, 'Region', { children: checksIn(stack, count) });
  Template.fromStack(stack).hasResourceProperties('AWS::Route53::HealthCheck', {
    HealthCheckConfig: {
      ChildHealthChecks: Array.from({ length: count }, (_, index) => `check-${index}`),
      HealthThreshold: count,
    },
  });
});

test.each([0, 256])('fails with %d children', (count) => {
  const stack = new Stack(undefined, 'Stack');
  expect(() => new RegionCheck(stack, 'Region', { children: checksIn(stack, count) })).toThrow(
    `HG7051: 'children' must hold 1 to 255 health checks, got ${count} (R53-10): give at least the Region's live check [at Stack]`,
  );
});

test('fails with a calculated child, of our class or of the L2', () => {
  const stack = new Stack(undefined, 'Stack');
  const [leaf] = checksIn(stack, 1);
  const ours = new RegionCheck(stack, 'Ours', { children: [leaf!] });
  const theirs = new route53.HealthCheck(stack, 'Theirs', {
    type: route53.HealthCheckType.CALCULATED,
    childHealthChecks: [leaf!],
  });
  for (const [calculated, path] of [
    [ours, 'Stack/Ours'],
    [theirs, 'Stack/Theirs'],
  ] as const) {
    expect(() => new RegionCheck(stack, `Over-${path}`, { children: [leaf!, calculated] })).toThrow(
      `HG7052: 'children' must not be calculated checks, got '${path}', which Route 53 refuses (R53-10): give that one's own children in its place`,
    );
  }
});
