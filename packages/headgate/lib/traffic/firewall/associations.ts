import { Fields, type Resource, resourceKey, type Templates } from '../../template';
import { WEB_ACL, WEB_ACL_ASSOCIATION } from '../resource-types';
import { straysOf, strayWarning } from '../strays';
import { requireType } from './references';

/**
 * The web ACL that is associated with a balancer, in any of the stacks. If it stands outside of the templates, the association itself,
 * which compiles to one that lets everything pass with a warning.
 *
 * @throws HeadgateError HM1006 if the association names something that isn't a web ACL.
 */
export function webAclOf(resource: Resource, templates: Templates): Resource | undefined {
  const key = resourceKey(resource);
  for (const association of templates.ofType(WEB_ACL_ASSOCIATION)) {
    const fields = Fields.of(association);
    const protectedResource = fields.reference('ResourceArn');
    if (protectedResource === undefined || resourceKey(protectedResource) !== key) continue;
    const acl = fields.reference('WebACLArn');
    if (!acl) return association;
    requireType(acl, WEB_ACL, fields.at('WebACLArn'));
    return acl;
  }
  return undefined;
}

/** A warning about associations of which isn't known what they protect; undefined if there are none. */
export function strayAssociations(templates: Templates): string | undefined {
  const property = 'ResourceArn';
  return strayWarning(straysOf(WEB_ACL_ASSOCIATION, property, 'elasticloadbalancing', templates), property);
}
