import { didYouMean } from '../near';
import { isList, isMap, type Resource, resourceKey, type Templates, type Value } from '../template';
import type { Answer, DestinationType } from '../traffic';
import { nameKey } from '../traffic/dns/names';
import {
  ACCELERATOR,
  ACCELERATOR_LISTENER,
  CONTINUOUS_DEPLOYMENT_POLICY,
  DISTRIBUTION,
  EDGE_FUNCTION,
  ELASTIC_IP,
  ENDPOINT_GROUP,
  INSTANCE,
  LISTENER,
  LISTENER_RULE,
  LOAD_BALANCER,
  RECORD_SET,
  RECORD_SET_GROUP,
  TARGET_GROUP,
  WEB_ACL,
} from '../traffic/resource-types';

type Types = readonly DestinationType[];

const OF_RULES: Types = ['fixed-response', 'redirect', 'blocked', 'error'];

/** As what roads end at resources, by the resources' types. */
const RESOURCES: Readonly<Record<string, Types>> = {
  [TARGET_GROUP]: ['target-group', 'error'],
  [LISTENER]: OF_RULES,
  [LISTENER_RULE]: OF_RULES,
  [LOAD_BALANCER]: ['error'],
  [DISTRIBUTION]: ['redirect', 'blocked', 'error'],
  [EDGE_FUNCTION]: ['redirect'],
  [WEB_ACL]: ['blocked'],
  [ACCELERATOR]: ['error'],
  [ACCELERATOR_LISTENER]: ['error'],
  [ELASTIC_IP]: ['address'],
  [INSTANCE]: ['address'],
};

const ALL = 'target groups, origins, addresses, and what answers a request itself, such as listener rules and web ACLs';

const OF_ADDRESSES: Types = ['address', 'no-answer', 'error'];
const OF_ORIGINS: Types = ['origin', 'error'];
const OF_GROUPS: Types = ['target-group'];

/** The paths of properties whose texts are ids of destinations, and as what roads end there. */
const TEXTS: Readonly<Record<string, Readonly<Record<string, Types>>>> = {
  [RECORD_SET]: { 'AliasTarget.DNSName': OF_ADDRESSES, ResourceRecords: OF_ADDRESSES },
  [RECORD_SET_GROUP]: {
    'RecordSets.AliasTarget.DNSName': OF_ADDRESSES,
    'RecordSets.ResourceRecords': OF_ADDRESSES,
  },
  [ENDPOINT_GROUP]: { 'EndpointConfigurations.EndpointId': ['address'] },
  [CONTINUOUS_DEPLOYMENT_POLICY]: {
    'ContinuousDeploymentPolicyConfig.StagingDistributionDnsNames': ['address'],
  },
  [DISTRIBUTION]: { 'DistributionConfig.Origins.Id': OF_ORIGINS },
  [LISTENER]: {
    'DefaultActions.TargetGroupArn': OF_GROUPS,
    'DefaultActions.ForwardConfig.TargetGroups.TargetGroupArn': OF_GROUPS,
  },
  [LISTENER_RULE]: {
    'Actions.TargetGroupArn': OF_GROUPS,
    'Actions.ForwardConfig.TargetGroups.TargetGroupArn': OF_GROUPS,
  },
};

/** The names of records, for which DNS may have no answer. */
const NAMES: Readonly<Record<string, string>> = { [RECORD_SET]: 'Name', [RECORD_SET_GROUP]: 'RecordSets.Name' };

/** What the one origin of a distribution is called that is written in the old way, without `Origins`. */
const OLD_ORIGINS = ['DefaultCacheBehavior.TargetOriginId', 'CacheBehaviors.TargetOriginId'];

/** All ids of templates at which a road may end, and as what. */
class Destinations {
  private readonly types = new Map<string, Set<DestinationType>>();
  private readonly byDomain = new Map<string, string>();

  constructor(private readonly templates: Templates) {
    for (const stack of templates.stacks) for (const resource of stack.resources.values()) this.read(resource);
  }

  /** As what roads end at an id; undefined if none can. */
  typesOf(id: string): ReadonlySet<DestinationType> | undefined {
    return this.types.get(id);
  }

  /** The ids at which roads end as one type, or as any. */
  idsOf(type: DestinationType | undefined): readonly string[] {
    return [...this.types].flatMap(([id, types]) => (type === undefined || types.has(type) ? id : []));
  }

  /** The Id of the origin that has a domain name. */
  originAt(domain: string): string | undefined {
    return this.byDomain.get(domain);
  }

  /** The resource with an id, whether a road can end at it or not. */
  resourceAt(id: string): Resource | undefined {
    for (const { name, resources } of this.templates.stacks) {
      const resource =
        resources.get(id) ?? (id.startsWith(`${name}/`) ? resources.get(id.slice(name.length + 1)) : undefined);
      if (resource) return resource;
    }
    return undefined;
  }

  private read(resource: Resource): void {
    const { type, logicalId, properties, stack } = resource;
    const types = own(RESOURCES, type);
    if (types !== undefined) {
      this.add(logicalId, types);
      this.add(resourceKey(resource), types);
    }
    for (const [path, ofPath] of Object.entries(own(TEXTS, type) ?? {})) {
      for (const text of textsAt(properties, path)) this.add(text, ofPath);
    }
    const name = own(NAMES, type);
    if (name !== undefined) for (const text of textsAt(properties, name)) this.add(nameKey(text), ['no-answer']);
    if (type === DISTRIBUTION) this.readOrigins(properties, stack.name);
  }

  private readOrigins(properties: Value, stack: string): void {
    const config = valuesAt(properties, ['DistributionConfig'])[0];
    const isOld = valuesAt(config, ['Origins']).length === 0;
    if (isOld) for (const path of OLD_ORIGINS) for (const id of textsAt(config, path)) this.add(id, OF_ORIGINS);
    for (const id of textsAt(config, 'Origins.Id')) this.add(`${stack}/${id}`, OF_ORIGINS);
    for (const origin of valuesAt(config, ['Origins'])) {
      const [id, domain] = [textsAt(origin, 'Id')[0], textsAt(origin, 'DomainName')[0]];
      if (id !== undefined && domain !== undefined && domain !== id) this.byDomain.set(domain, id);
    }
  }

  private add(id: string, types: Types): void {
    const before = this.types.get(id);
    if (before) for (const type of types) before.add(type);
    else this.types.set(id, new Set(types));
  }
}

/** What a table has for a type of resources, which can have any name. */
function own<T>(table: Readonly<Record<string, T>>, type: string): T | undefined {
  return Object.hasOwn(table, type) ? table[type] : undefined;
}

/** The values at a path of properties, lists opened. What has another form than it should is left out: it is an error for who asks of it. */
function valuesAt(value: Value | undefined, path: readonly string[]): readonly Value[] {
  if (isList(value)) return value.flatMap((item) => valuesAt(item, path));
  const [key, ...rest] = path;
  if (key === undefined) return value === undefined || value === null ? [] : [value];
  return isMap(value) ? valuesAt(value[key], rest) : [];
}

function textsAt(value: Value | undefined, path: string): readonly string[] {
  return valuesAt(value, path.split('.')).flatMap((found) =>
    typeof found === 'string' || typeof found === 'number' ? String(found) : [],
  );
}

const read = new WeakMap<Templates, Destinations>();

function destinationsOf(templates: Templates): Destinations {
  let destinations = read.get(templates);
  if (!destinations) {
    destinations = new Destinations(templates);
    read.set(templates, destinations);
  }
  return destinations;
}

/** What only a deployment or another account knows: nobody can tell whether it is misspelt. */
const UNKNOWABLE = /\$\{|\{\{resolve:|^arn:/;

/**
 * Why no road can ever end at an id, or not as a type: a clause; undefined if one can. A misspelt id would make "nothing goes there"
 * hold forever.
 */
export function whyNever(
  id: string,
  type: DestinationType | undefined,
  { templates, request }: Pick<Answer, 'templates' | 'request'>,
): string | undefined {
  if (UNKNOWABLE.test(id)) return undefined;
  const destinations = destinationsOf(templates);
  const known = destinations.typesOf(id);
  // For whatever name is asked for, DNS may have no answer.
  const types: Types = [...(known ?? []), ...(id === request.hostname ? (['no-answer'] as const) : [])];
  if (types.length > 0) {
    if (type === undefined || types.includes(type)) return undefined;
    return `${id} can only be ${[...new Set(types)].join(', ')}`;
  }
  const resource = destinations.resourceAt(id);
  if (resource) return `${id} is an ${resource.type}, where no request ends: destinations are ${ALL}`;
  const origin = destinations.originAt(id);
  if (origin !== undefined) return `that is the domain name of an origin, whose id is ${origin}`;
  return `nothing in the templates has that id${didYouMean(id, destinations.idsOf(type))}`;
}
