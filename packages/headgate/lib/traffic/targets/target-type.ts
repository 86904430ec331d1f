import { Fields, Reference, type Resource } from '../../template';
import { LOAD_BALANCER } from '../resource-types';

/**
 * The type of a group's targets: `instance` if none is given. One that isn't known shows in the rest of the group: its target is a balancer,
 * or it has no protocol, as functions alone have none. Instances and addresses make no difference here.
 */
export function targetTypeOf(group: Resource): string {
  const fields = Fields.of(group);
  if (!fields.isSymbolic('TargetType')) return fields.string('TargetType') ?? 'instance';
  const id = fields.objects('Targets')[0]?.raw('Id');
  if (id instanceof Reference && id.resource.type === LOAD_BALANCER) return 'alb';
  return fields.has('Protocol') ? 'instance' : 'lambda';
}
