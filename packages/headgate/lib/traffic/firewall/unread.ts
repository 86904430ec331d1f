import { type Fields, isList, isMap, Symbolic, type Value } from '../../template';

/**
 * The first property that only a deployment knows among some of a mapping and all below them, such as `Position ${Place}`; undefined if
 * there is none.
 *
 * @param except properties that may be unknown
 */
export function unreadIn(fields: Fields, names: readonly string[], except: readonly string[] = []): string | undefined {
  return firstUnread(
    names.map((name) => [name, fields.raw(name)]),
    except,
  );
}

function firstUnread(
  values: readonly (readonly [name: string, value: Value | undefined])[],
  except: readonly string[],
): string | undefined {
  for (const [name, value] of values) {
    if (except.includes(name)) continue;
    if (value instanceof Symbolic) return `${name} ${value}`;
    const inside = isList(value)
      ? value.map((item): [string, Value] => [name, item])
      : isMap(value)
        ? Object.entries(value)
        : [];
    const found = firstUnread(inside, except);
    if (found !== undefined) return found;
  }
  return undefined;
}
