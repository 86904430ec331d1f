import type { Templates } from '../../template';
import type { Element } from '../element';
import { readRecords } from './record';

/** All records that lead somewhere, for coverage and maps. */
export function dnsElements(templates: Templates): readonly Element[] {
  return readRecords(templates).addresses.map(({ resource, cover, name, type, label, policy }) => ({
    kind: 'record',
    key: cover,
    stack: resource.stack.name,
    logicalId: resource.logicalId,
    label: policy.kind === 'simple' ? `${type} ${name}` : `${type} ${name} (${policy.kind}: ${label})`,
  }));
}
