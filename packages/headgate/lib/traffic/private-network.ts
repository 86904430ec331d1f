import ipaddr from 'ipaddr.js';
import { Fields, Reference, type Resource, resourceIn, type Value } from '../template';
import { INSTANCE, LOAD_BALANCER } from './resource-types';

const PRIVATE_ATTRIBUTES: readonly (string | undefined)[] = ['PrivateIp', 'PrivateDnsName'];
const PRIVATE_RANGES: readonly string[] = ['private', 'carrierGradeNat', 'loopback', 'linkLocal', 'uniqueLocal'];

/** Whether a name or an address is of a private network: an internal balancer's, a server's private one, or one of a private range. */
export function isPrivate(target: Value | undefined): boolean {
  if (typeof target === 'string') {
    return ipaddr.isValid(target) && PRIVATE_RANGES.includes(ipaddr.process(target).range());
  }
  const resource = resourceIn(target);
  if (resource === undefined) return false;
  if (resource.type !== INSTANCE) return isInternal(resource);
  return target instanceof Reference && PRIVATE_ATTRIBUTES.includes(target.attribute);
}

/** Whether a resource is a balancer that has private addresses alone. */
function isInternal(resource: Resource): boolean {
  return resource.type === LOAD_BALANCER && Fields.of(resource).string('Scheme') === 'internal';
}
