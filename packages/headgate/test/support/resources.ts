import { fromObjects, type TemplateObject, type Templates } from '../../lib/template';

/** A template with these Resources. What they refer to and haven't got is a parameter without a value: nobody knows it before a deployment. */
export function templateWith(resources: object): object {
  const Parameters = Object.fromEntries(
    [...refsIn(resources)]
      .filter((id) => !Object.hasOwn(resources, id) && !id.startsWith('AWS::'))
      .map((id) => [id, { Type: 'String' }]),
  );
  return { Parameters, Resources: resources };
}

/** The stack of these Resources, in us-east-1 unless said otherwise. */
export function stackWith(resources: object, options: Partial<TemplateObject> = {}): Templates {
  return fromObjects([{ name: 'Stack', region: 'us-east-1', ...options, template: templateWith(resources) }]);
}

function refsIn(value: unknown): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (at: unknown): void => {
    if (typeof at !== 'object' || at === null) return;
    if ('Ref' in at && typeof at.Ref === 'string') found.add(at.Ref);
    for (const child of Object.values(at)) visit(child);
  };
  visit(value);
  return found;
}
