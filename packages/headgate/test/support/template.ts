import { fromObjects, type ReadOptions, Symbolic, type Templates, type Value } from '../../lib/template';

/** One template with the name Shop, in us-east-1 unless said otherwise. */
export function shop(template: object, options: ReadOptions & { readonly region?: string | null } = {}): Templates {
  const region = options.region === undefined ? 'us-east-1' : options.region;
  const object = { name: 'Shop', template: { Resources: {}, ...template }, ...(region === null ? {} : { region }) };
  return fromObjects([object], options);
}

/** What a value of a property is evaluated to, beside some resources and other sections. */
export function evaluated(
  value: unknown,
  others: object = {},
  options: Parameters<typeof shop>[1] = {},
): Value | undefined {
  const resources = (others as { Resources?: object }).Resources ?? {};
  const template = {
    ...others,
    Resources: { Lb: { Type: 'T::Lb' }, ...resources, It: { Type: 'T', Properties: { value } } },
  };
  return shop(template, options).find('It', ['T']).properties.value;
}

/** A value as plain data: what is symbolic as its key in angle brackets. */
export function plain(value: Value | undefined): unknown {
  return JSON.parse(
    JSON.stringify(value ?? null, function (this: Record<string, unknown>, key, item) {
      const own = this[key];
      return own instanceof Symbolic ? `<${own.key}>` : item;
    }),
  );
}
