import {
  Fields,
  isList,
  isMap,
  Joined,
  Reference,
  type Resource,
  resourceIn,
  Symbolic,
  type Templates,
  type Text,
  type Value,
} from '../../template';
import {
  AUTO_SCALING_GROUP,
  CAPACITY_PROVIDER,
  ECS_SERVICE,
  INSTANCE,
  SCALABLE_TARGET,
  SCALING_PLAN,
  SCALING_POLICY,
  SCHEDULED_ACTION,
} from '../resource-types';
import { type ZoneName, zoneNamed, zoneOfSubnet } from '../zone';

/** Something in the templates that registers targets with a group. */
export interface Registrant {
  /** Why it never registers any: `Web can't grow above 0`; undefined if it can. */
  readonly none?: string | undefined;
  /** Whether that is only where it starts: somebody outside of the templates may change it. */
  readonly isStart?: boolean | undefined;
  /** The facts that this rests on. */
  readonly facts?: readonly string[] | undefined;
  /** Why it may not have registered any yet: `Web starts with no server, and Busy is taken to have scaled it out`. */
  readonly doubt?: string | undefined;
  /** The zones that its targets stand in; undefined if that isn't known. */
  readonly zones: readonly ZoneName[] | undefined;
}

/**
 * What in the templates registers targets with a group: the group itself, Auto Scaling groups, ECS services. None means that others
 * do it at run time (a controller of Kubernetes, CodeDeploy, a script), which no template shows.
 */
export function registrantsOf(group: Resource, templates: Templates): readonly Registrant[] {
  return [...listed(group), ...autoScalingGroups(group, templates), ...services(group, templates)];
}

function listed(group: Resource): readonly Registrant[] {
  const fields = Fields.of(group);
  const isOpen = fields.isSymbolic('Targets') || fields.list('Targets').some((target) => target instanceof Symbolic);
  const known = fields.objects('Targets').map((target) => {
    const zone = target.text('AvailabilityZone');
    if (zone !== undefined && zone !== 'all') return { zones: [zoneNamed(zone)] };
    const id = target.text('Id');
    const isInstance = id instanceof Reference && id.resource.type === INSTANCE;
    return { zones: isInstance ? zonesOfInstance(id.resource) : undefined };
  });
  return isOpen ? [...known, { zones: undefined }] : known;
}

function zonesOfInstance(instance: Resource): readonly ZoneName[] | undefined {
  const fields = Fields.of(instance);
  const zone = fields.text('AvailabilityZone');
  if (zone !== undefined) return [zoneNamed(zone)];
  const subnet = fields.text('SubnetId');
  return subnet === undefined ? undefined : [zoneOfSubnet(subnet)];
}

function autoScalingGroups(group: Resource, templates: Templates): readonly Registrant[] {
  return templates.ofType(AUTO_SCALING_GROUP).flatMap((scaling) => {
    const fields = Fields.of(scaling);
    const sources = fields.objects('TrafficSources').map((source) => source.text('Identifier'));
    if (![...fields.list('TargetGroupARNs'), ...sources].some((arn) => refersTo(arn, group))) return [];
    return [{ ...sizeOf(scaling, templates), zones: zonesOf(fields.texts('VPCZoneIdentifier')) ?? namedZones(fields) }];
  });
}

/** What can make an Auto Scaling group larger than it starts. */
const SCALERS = [SCALING_POLICY, SCHEDULED_ACTION, SCALING_PLAN, CAPACITY_PROVIDER];

/** Whether an Auto Scaling group has servers: without a desired capacity it starts with its minimum (ASG-6). */
function sizeOf(scaling: Resource, templates: Templates): Omit<Registrant, 'zones'> {
  const { logicalId } = scaling;
  const fields = Fields.of(scaling);
  if (fields.number('MaxSize') === 0) return { none: `${logicalId} can't grow above 0` };
  const isDesired = fields.has('DesiredCapacity') && fields.number('DesiredCapacity') !== 0;
  if (fields.number('MinSize') !== 0 || isDesired) return {};
  const scaler = SCALERS.flatMap((type) => templates.ofType(type)).find((one) => mayScale(one, scaling));
  if (scaler === undefined) {
    return {
      none: `${logicalId} starts with no server, and nothing in the templates scales it`,
      isStart: true,
      facts: ['ASG-6'],
    };
  }
  return { doubt: `${logicalId} starts with no server, and ${scaler.logicalId} is taken to have scaled it out` };
}

/** Whether something scales an Auto Scaling group: it refers to it, has its name, or one that isn't known. */
function mayScale(scaler: Resource, scaling: Resource): boolean {
  if (refersTo(scaler.properties, scaling)) return true;
  const name = Fields.of(scaler).text('AutoScalingGroupName');
  if (name instanceof Symbolic) return resourceIn(name) === undefined;
  return name !== undefined && name === Fields.of(scaling).string('AutoScalingGroupName');
}

function services(group: Resource, templates: Templates): readonly Registrant[] {
  return templates.ofType(ECS_SERVICE).flatMap((service) => {
    const fields = Fields.of(service);
    const uses = fields
      .objects('LoadBalancers')
      .some(
        (one) =>
          refersTo(one.text('TargetGroupArn'), group) ||
          refersTo(one.object('AdvancedConfiguration')?.text('AlternateTargetGroupArn'), group),
      );
    if (!uses) return [];
    const isStopped = fields.number('DesiredCount') === 0 && !isExternal(fields);
    const scaler = isStopped ? scalerOf(service, templates) : undefined;
    const isKept = scaler !== undefined && (Fields.of(scaler).number('MinCapacity') ?? 0) > 0;
    const network = fields.object('NetworkConfiguration')?.object('AwsvpcConfiguration');
    return [
      {
        none: isStopped && scaler === undefined ? `${service.logicalId} runs no task` : undefined,
        doubt:
          scaler === undefined || isKept
            ? undefined
            : `${service.logicalId} starts with no task, and ${scaler.logicalId} is taken to have scaled it out`,
        zones: zonesOf(network?.texts('Subnets') ?? []),
      },
    ];
  });
}

/** By what Application Auto Scaling can raise the number of tasks. */
function scalerOf(service: Resource, templates: Templates): Resource | undefined {
  return templates.ofType(SCALABLE_TARGET).find((target) => refersTo(target.properties.ResourceId, service));
}

/** Whether task sets, which something else makes, run the tasks. */
function isExternal(service: Fields): boolean {
  const controller = service.object('DeploymentController')?.string('Type');
  return controller === 'EXTERNAL' || controller === 'CODE_DEPLOY';
}

function zonesOf(subnets: readonly Text[]): readonly ZoneName[] | undefined {
  return subnets.length === 0 ? undefined : subnets.map(zoneOfSubnet);
}

function namedZones(scaling: Fields): readonly ZoneName[] | undefined {
  const zones = scaling.texts('AvailabilityZones');
  return zones.length === 0 ? undefined : zones.map(zoneNamed);
}

/** Whether a value refers to a resource anywhere inside. */
function refersTo(value: Value | undefined, resource: Resource): boolean {
  if (value === undefined || value === null) return false;
  if (value instanceof Reference) return value.resource === resource;
  if (value instanceof Joined) return value.parts.some((part) => refersTo(part, resource));
  if (value instanceof Symbolic) return false;
  if (isList(value)) return value.some((item) => refersTo(item, resource));
  return isMap(value) && Object.values(value).some((item) => refersTo(item, resource));
}
