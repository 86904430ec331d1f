import type { Templates } from '../../template';
import type { Element } from '../element';
import { Delegations } from './delegations';
import { readRecords } from './record';

/** All records that lead somewhere, for coverage and maps. */
export function dnsElements(templates: Templates): readonly Element[] {
  const { addresses, names } = readRecords(templates);
  const delegations = new Delegations(names);
  return addresses.map((record) => {
    const { resource, cover, name, type, label, policy } = record;
    const hiding = delegations.hiding(record);
    return {
      kind: 'record',
      key: cover,
      stack: resource.stack.name,
      logicalId: resource.logicalId,
      label: policy.kind === 'simple' ? `${type} ${name}` : `${type} ${name} (${policy.kind}: ${label})`,
      ...(hiding === undefined ? {} : { shadowedBy: `${hiding} has name servers of its own` }),
    };
  });
}
