import type { TemplateStack } from './template-stack';
import { isMap, type Value } from './value';

const READER = 'Custom::CrossRegionExportReader';
const WRITER = 'Custom::CrossRegionExportWriter';

/**
 * The value that the CDK's custom resources carry from one Region to another (`crossRegionReferences`): the reader's attribute is the name
 * under which a writer in some stack exports it. Undefined if the resource is no such reader, or no writer is there.
 */
export function acrossRegions(type: string, name: string, stacks: Iterable<TemplateStack>): Value | undefined {
  if (type !== READER) return undefined;
  for (const stack of stacks) {
    for (const resource of stack.resources.values()) {
      if (resource.type !== WRITER) continue;
      const props = resource.properties.WriterProps;
      const exports = isMap(props) ? props.exports : undefined;
      if (isMap(exports) && Object.hasOwn(exports, name)) return exports[name];
    }
  }
  return undefined;
}
