import { emptyMap, isRawMap, type Raw } from '../raw';
import { asText, type Scope } from '../scope';
import type { Text } from '../value';
import type { Intrinsic } from './intrinsic';
import { attributeOf } from './reference';
import { concatenate } from './text';

/** `Fn::Sub` in both forms: a text, or a list of a text and its variables. */
export const sub: Intrinsic = (raw, scope) => {
  const [template, variables] = Array.isArray(raw) ? scope.args(raw, 'Fn::Sub', 1, 2) : [raw, undefined];
  if (typeof template !== 'string') throw scope.unusable('Fn::Sub takes a text, or a list of a text and a mapping');
  const own = variables ?? emptyMap<Raw>();
  if (!isRawMap(own)) throw scope.unusable('the second value of Fn::Sub must be a mapping');
  return concatenate(
    placeholders(template, scope).map((part) => (typeof part === 'string' ? part : variable(part.name, own, scope))),
    scope,
  );
};

function variable(name: string, own: { readonly [key: string]: Raw }, scope: Scope): Text {
  if (Object.hasOwn(own, name)) return scope.text(own[name], `the variable '${name}' of Fn::Sub`);
  const value = name.includes('.') ? attributeOf(name, scope) : scope.stack.ref(name, scope);
  const text = asText(value);
  if (text === undefined) throw scope.unusable(`\${${name}} in Fn::Sub must be a text`);
  return text;
}

/** The text cut at its placeholders: `${Name}` is one, `${!Name}` is the text `${Name}`. */
function placeholders(template: string, scope: Scope): readonly (string | { readonly name: string })[] {
  const parts: (string | { readonly name: string })[] = [];
  let from = 0;
  for (let at = template.indexOf('${'); at >= 0; at = template.indexOf('${', from)) {
    const end = template.indexOf('}', at);
    if (end < 0) throw scope.unusable(`Fn::Sub has a \${ without } in '${template.slice(at, at + 40)}'`);
    parts.push(template.slice(from, at));
    const name = template.slice(at + 2, end);
    parts.push(name.startsWith('!') ? `\${${name.slice(1)}}` : { name: name.trim() });
    from = end + 1;
  }
  parts.push(template.slice(from));
  return parts;
}
