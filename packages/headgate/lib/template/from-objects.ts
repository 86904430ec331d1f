import { type Resource, type Stack, Templates } from './stack';
import { isList, isMap, Joined, Reference, type Text, Unresolved, type Value, type ValueMap } from './value';

/** A template as an object, with the name and Region of its stack. */
export interface TemplateObject {
  readonly name: string;
  readonly region?: string;
  readonly template: object;
}

/** Reads templates that are in memory already. Skeleton: Ref, GetAtt, Join and Sub only. */
export function fromObjects(objects: readonly TemplateObject[]): Templates {
  return new Templates(objects.map(readStack));
}

function readStack(object: TemplateObject): Stack {
  const resources = new Map<string, Resource>();
  const stack: Stack = {
    name: object.name,
    region: object.region,
    file: object.name,
    resources,
    outputs: new Map(),
  };
  const source = (object.template as { Resources?: Record<string, Record<string, unknown>> }).Resources ?? {};
  for (const [logicalId, raw] of Object.entries(source)) {
    let properties: ValueMap | undefined;
    resources.set(logicalId, {
      stack,
      logicalId,
      type: String(raw.Type),
      get properties() {
        properties ??= evaluate((raw.Properties ?? {}) as Value, stack) as ValueMap;
        return properties;
      },
      metadata: evaluate((raw.Metadata ?? {}) as Value, stack) as ValueMap,
    });
  }
  return stack;
}

function evaluate(value: Value, stack: Stack): Value {
  if (isList(value)) return value.map((item) => evaluate(item, stack));
  if (!isMap(value)) return value;
  if (Object.keys(value).length === 1) {
    if (typeof value.Ref === 'string') return reference(value.Ref, undefined, stack);
    if (isList(value['Fn::GetAtt'])) {
      return reference(String(value['Fn::GetAtt'][0]), String(value['Fn::GetAtt'][1]), stack);
    }
    if (isList(value['Fn::Join'])) {
      const [separator, items] = value['Fn::Join'];
      return join(
        (items as Value[]).map((item) => evaluate(item, stack) as Text),
        String(separator),
      );
    }
  }
  return Object.assign(
    Object.create(null),
    Object.fromEntries(Object.entries(value).map(([key, item]) => [key, evaluate(item, stack)])),
  );
}

function reference(id: string, attribute: string | undefined, stack: Stack): Value {
  if (id === 'AWS::Region' && stack.region) return stack.region;
  const resource = stack.resources.get(id);
  return resource ? new Reference(resource, attribute) : new Unresolved(`\${${id}}`, stack.name);
}

function join(items: readonly Text[], separator: string): Text {
  const parts = items.flatMap((item, index) => (index === 0 ? [item] : [separator, item]));
  return parts.every((part) => typeof part === 'string') ? parts.join('') : new Joined(parts);
}
