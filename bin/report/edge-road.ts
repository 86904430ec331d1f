import type { AssemblyStack } from './assembly';
import type { TreeNode } from './render';
import type { Placed, Templates } from './templates';
import { at, list, type Value } from './values';
import { webAclNode } from './web-acl-road';

/** The cache policies that CloudFront manages and that change what a behavior is: the others are shown by their ids. */
const MANAGED_CACHE_POLICIES: Readonly<Record<string, string>> = {
  '4135ea2d-6df8-44a3-9df3-4b5a84be39ad': 'not cached',
  '658327ea-f89d-4fab-a63d-7e88639e58f6': 'cached for 1 day',
};

const HTTP_VERSIONS: Readonly<Record<string, string>> = {
  'http1.1': 'HTTP/1.1',
  http2: 'HTTP/1.1, 2',
  http3: 'HTTP/1.1, 3',
  http2and3: 'HTTP/1.1, 2, 3',
};

const ALL_METHODS = 7;

/** A distribution: what it speaks, its firewall, and its behaviors in the order in which they are tried. */
export function distributionNode(templates: Templates, distribution: Placed, after: readonly TreeNode[]): TreeNode {
  const { stack } = distribution;
  const config = configOf(distribution);
  // CloudFront's own certificate goes with TLS 1 as the minimum, HTTP/1.1 with no version given.
  const minimum = at(config, 'ViewerCertificate', 'MinimumProtocolVersion') ?? 'TLSv1';
  const version = String(at(config, 'HttpVersion') ?? 'http1.1');
  const acl = at(config, 'WebACLId');
  const behaviors = [...list(at(config, 'CacheBehaviors')), at(config, 'DefaultCacheBehavior')];
  return {
    label: `CloudFront distribution ${distribution.id}`,
    note: `(${HTTP_VERSIONS[version] ?? version}; TLS from ${templates.text(stack, minimum)})`,
    children: [
      ...(acl === undefined ? [] : [webAclNode(templates, stack, acl)]),
      {
        label: 'behaviors, the first that matches',
        children: behaviors.map((behavior) => ({
          label: behaviorText(templates, stack, config, behavior),
          children: [],
        })),
      },
      ...after,
    ],
  };
}

/** The names of a distribution's origins, each once; the ids of those that are resources. */
export function originNames(templates: Templates, distribution: Placed): string[] {
  const origins = list(at(configOf(distribution), 'Origins'));
  return [...new Set(origins.map((origin) => templates.text(distribution.stack, at(origin, 'DomainName'))))];
}

/** The names by which viewers ask for a distribution. */
export function viewerNames(templates: Templates, distribution: Placed): string[] {
  return list(at(configOf(distribution), 'Aliases')).map((alias) => templates.text(distribution.stack, alias));
}

function configOf(distribution: Placed): Value {
  return at(distribution.resource.Properties, 'DistributionConfig');
}

function behaviorText(templates: Templates, stack: AssemblyStack, config: Value, behavior: Value): string {
  const pattern = at(behavior, 'PathPattern');
  const methods = list(at(behavior, 'AllowedMethods'));
  const allowed = methods.length === ALL_METHODS ? 'all methods' : methods.join(', ') || 'GET, HEAD';
  const requests = `${pattern === undefined ? 'default' : templates.text(stack, pattern)}: ${allowed}`;
  const origin = originText(templates, stack, config, at(behavior, 'TargetOriginId'));
  return `${requests}, ${cacheText(templates, stack, behavior)} → ${origin}`;
}

function cacheText(templates: Templates, stack: AssemblyStack, behavior: Value): string {
  const id = at(behavior, 'CachePolicyId');
  if (id === undefined) return 'cached by settings of its own';
  const policy = templates.find(stack, id);
  const ttl = at(policy?.resource.Properties, 'CachePolicyConfig', 'DefaultTTL');
  if (policy === undefined || ttl === undefined) {
    const name = templates.text(stack, id);
    return MANAGED_CACHE_POLICIES[name] ?? `cache policy ${name}`;
  }
  return Number(at(policy.resource.Properties, 'CachePolicyConfig', 'MaxTTL')) === 0
    ? 'not cached'
    : `cached for ${duration(Number(ttl))}`;
}

function duration(seconds: number): string {
  for (const [unit, size] of [
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
  ] as const) {
    if (seconds >= size && seconds % size === 0) return `${seconds / size} ${unit}${seconds === size ? '' : 's'}`;
  }
  return `${seconds} s`;
}

function originText(templates: Templates, stack: AssemblyStack, config: Value, target: Value): string {
  const group = list(at(config, 'OriginGroups', 'Items')).find((item) => at(item, 'Id') === target);
  if (group === undefined) return oneOrigin(templates, stack, config, target);
  const [first, second] = list(at(group, 'Members', 'Items')).map((member) =>
    oneOrigin(templates, stack, config, at(member, 'OriginId')),
  );
  const codes = list(at(group, 'FailoverCriteria', 'StatusCodes', 'Items')).join(', ');
  return `${first}, and on ${codes} ${second}`;
}

function oneOrigin(templates: Templates, stack: AssemblyStack, config: Value, id: Value): string {
  const origin = list(at(config, 'Origins')).find((candidate) => at(candidate, 'Id') === id);
  return templates.text(stack, at(origin, 'DomainName') ?? id);
}
