import { Stack } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import type { Construct } from 'constructs';
import { HeadgateError, problem } from '../../core/errors';
import type { CacheRule } from '../cache-rule';

const MAX_BEHAVIORS = 75;
const READING_METHODS = ['GET', 'HEAD', 'OPTIONS'];

/** The part of a distribution's configuration that the late check reads. */
interface Behavior {
  readonly pathPattern?: string;
  readonly targetOriginId: string;
  readonly allowedMethods?: string[];
}

/** Fails on rules that CloudFront would refuse, or never reach. */
export function checkRules(rules: CacheRule[], scope: Construct): void {
  if (rules.length >= MAX_BEHAVIORS) {
    throw new HeadgateError(
      'HG6003',
      `'behaviors' must hold at most ${MAX_BEHAVIORS - 1} rules beside the default behavior, got ${rules.length} (CF-11): join patterns with a wildcard`,
      scope,
    );
  }
  checkShadows(
    rules.map(({ _config }) => _config.pathPattern),
    scope,
  );
  for (const { _config } of rules) {
    const { behavior, readOnly, origin, pathPattern } = _config;
    const writes = behavior ? writing(behavior.allowedMethods?.methods) : !readOnly;
    if (origin instanceof origins.OriginGroup && writes) throw new HeadgateError('HG6005', refusal(pathPattern), scope);
  }
}

/** Behaviors of the finished distribution, whoever added them, that allow writing methods on an origin group of any class. */
export function writesOnGroups(distribution: cloudfront.Distribution): string[] {
  const resource = distribution.node.defaultChild;
  if (!(resource instanceof cloudfront.CfnDistribution)) return [];
  const config = Stack.of(distribution).resolve(resource.distributionConfig);
  const groups: string[] = (config.originGroups?.items ?? []).map(({ id }: { id: string }) => id);
  const behaviors: Behavior[] = [...(config.cacheBehaviors ?? []), config.defaultCacheBehavior];
  return behaviors
    .filter(({ targetOriginId, allowedMethods }) => groups.includes(targetOriginId) && writing(allowedMethods))
    .map(({ pathPattern }) => problem('HG6005', refusal(pathPattern ?? '*')));
}

function writing(methods: string[] = []): boolean {
  return methods.some((method) => !READING_METHODS.includes(method));
}

function refusal(pathPattern: string): string {
  return `'behaviors' must not allow writing methods on an origin group, which CloudFront refuses at deploy (CF-3), got '${pathPattern}': use GET, HEAD and OPTIONS there, or an origin that is no group`;
}

function checkShadows(given: string[], scope: Construct): void {
  // CloudFront treats a pattern alike with and without its leading slash.
  const patterns = given.map((pattern) => pattern.replace(/^\//, ''));
  const twice = patterns.findIndex((pattern, index) => patterns.indexOf(pattern) !== index);
  if (twice >= 0) {
    throw new HeadgateError(
      'HG6004',
      `'behaviors' names '${given[twice]}' twice, and only the first would ever match (CF-1): name each pattern once`,
      scope,
    );
  }
  const all = patterns.indexOf('*');
  if (all >= 0 && all < patterns.length - 1) {
    throw new HeadgateError(
      'HG6004',
      `'behaviors' names '${given[all]}' before '${given[all + 1]}', which would never match (CF-1): name '${given[all]}' last, by addBehavior() if others are added so`,
      scope,
    );
  }
}
