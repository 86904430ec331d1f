import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import { ServiceDomain } from '../../lib/core';
import { CacheRule, EdgeDistribution } from '../../lib/edge';

const domain = ServiceDomain.fromHostedZoneAttributes({ hostedZoneId: 'Z0123456789EXAMPLE', zoneName: 'example.com' });

function edgeWith(behaviors: CacheRule[]): EdgeDistribution {
  return new EdgeDistribution(new Stack(new App(), 'Stack'), 'Edge', { domain, behaviors });
}

const synthesize = (edge: EdgeDistribution) => Template.fromStack(Stack.of(edge));
const dynamics = (...patterns: string[]) => patterns.map((pattern) => CacheRule.dynamic(pattern));

describe('the number of behaviors', () => {
  const rules = (count: number) => dynamics(...Array.from({ length: count }, (_, index) => `/${index}`));

  test('is at most 74 beside the default', () => {
    expect(() => synthesize(edgeWith(rules(74)))).not.toThrow();
  });

  test('fails with 75', () => {
    expect(() => edgeWith(rules(75))).toThrow(
      "HG6003: 'behaviors' must hold at most 74 rules beside the default behavior, got 75 (CF-11): join patterns with a wildcard [at Stack/Edge]",
    );
  });
});

describe('shadows', () => {
  test.each([
    [['/a', '/b', '/a'], '/a'],
    [['/static/*', 'static/*'], 'static/*'],
    [['static/*', '/static/*'], '/static/*'],
  ])('fails with a pattern twice: %j', (patterns, twice) => {
    expect(() => edgeWith(dynamics(...patterns))).toThrow(
      `HG6004: 'behaviors' names '${twice}' twice, and only the first would ever match (CF-1): name each pattern once [at Stack/Edge]`,
    );
  });

  test.each([[['/*', '/api/*']], [['/a', '/*', '/api/*', '/b']]])(
    'fails with a pattern after one that matches everything: %j',
    (patterns) => {
      expect(() => edgeWith(dynamics(...patterns))).toThrow(
        "HG6004: 'behaviors' names '/*' before '/api/*', which would never match (CF-1): name '/*' last, by addBehavior() if others are added so [at Stack/Edge]",
      );
    },
  );

  test.each([[['/api/*', '/*']], [['/a', '/A']], [['/a', '/a/', '/a/*']]])('passes with %j', (patterns) => {
    expect(() => synthesize(edgeWith(dynamics(...patterns)))).not.toThrow();
  });
});

describe('writing methods on an origin group', () => {
  const message = (pattern: string) =>
    `HG6005: 'behaviors' must not allow writing methods on an origin group, which CloudFront refuses at deploy (CF-3), got '${pattern}': use GET, HEAD and OPTIONS there, or an origin that is no group`;
  const group = () =>
    new origins.OriginGroup({
      primaryOrigin: new origins.HttpOrigin('one.example.com'),
      fallbackOrigin: new origins.HttpOrigin('two.example.com'),
    });

  /** An origin of no known class that turns out to be a group when it is bound. */
  class Resilient implements cloudfront.IOrigin {
    private readonly inner = group();

    public bind(...args: Parameters<cloudfront.IOrigin['bind']>): cloudfront.OriginBindConfig {
      return this.inner.bind(...args);
    }
  }

  const { ALLOW_ALL, ALLOW_GET_HEAD, ALLOW_GET_HEAD_OPTIONS } = cloudfront.AllowedMethods;

  test('fails at once with dynamic()', () => {
    expect(() => edgeWith([CacheRule.dynamic('/api/*', { origin: group() })])).toThrow(
      `${message('/api/*')} [at Stack/Edge]`,
    );
  });

  test('fails at once with a behavior of the L2', () => {
    const behavior = { origin: group(), allowedMethods: ALLOW_ALL };
    expect(() => edgeWith([CacheRule.of('/api/*', behavior)])).toThrow(`${message('/api/*')} [at Stack/Edge]`);
  });

  test.each([
    ['dynamic()', (origin: cloudfront.IOrigin) => CacheRule.dynamic('/api/*', { origin })],
    ['an L2 behavior', (origin: cloudfront.IOrigin) => CacheRule.of('/api/*', { origin, allowedMethods: ALLOW_ALL })],
  ])('fails at synthesis with %s when an origin of another class turns out to be a group', (_, ruleOf) => {
    const edge = edgeWith([ruleOf(new Resilient())]);
    expect(() => synthesize(edge)).toThrow(message('/api/*'));
  });

  test('fails at synthesis when one rule reads from such an origin and another writes to it', () => {
    const origin = new Resilient();
    const edge = edgeWith([CacheRule.readOnly('/read/*', { origin }), CacheRule.dynamic('/write/*', { origin })]);
    expect(() => synthesize(edge)).toThrow(message('/write/*'));
    expect(edge.node.validate()).toEqual([message('/write/*')]);
  });

  test('fails at synthesis when somebody adds it to the distribution', () => {
    const edge = edgeWith([]);
    edge.distribution.addBehavior('/later/*', group(), { allowedMethods: ALLOW_ALL });
    expect(() => synthesize(edge)).toThrow(message('/later/*'));
  });

  test.each([undefined, ALLOW_GET_HEAD, ALLOW_GET_HEAD_OPTIONS])('passes with reading methods alone', (methods) => {
    for (const origin of [group(), new Resilient()]) {
      const edge = edgeWith([CacheRule.of('/files/*', { origin, allowedMethods: methods })]);
      expect(() => synthesize(edge)).not.toThrow();
      expect(edge.node.validate()).toEqual([]);
    }
  });
});
