import { asText, type Scope } from './scope';
import { isList, Joined, type Text, Unresolved, type Value } from './value';

const START = '{{resolve:';
/** `{{resolve:service:reference}}`; neither part holds braces. */
const REFERENCE = /(\{\{resolve:[a-z-]+:[^{}]+\}\})/;
/** One to the Parameter Store without a version. */
const STORED = /^\{\{resolve:ssm:([^:]+)\}\}$/;

/**
 * A text with its dynamic references taken for what they are: values that CloudFormation reads at deployment, from the Parameter Store or
 * from Secrets Manager. What a stack of the templates writes into the store is known, unless a version is asked for.
 */
export function withDynamicReferences(text: string, scope: Scope): Text {
  if (!text.includes(START)) return text;
  const parts = text
    .split(REFERENCE)
    .filter((part) => part !== '')
    .map((part) => (REFERENCE.test(part) ? resolved(part, scope) : part))
    .flatMap((part) => (part instanceof Joined ? part.parts : [part]));
  if (parts.every((part) => typeof part === 'string')) return parts.join('');
  return parts.length === 1 ? parts[0]! : new Joined(parts);
}

/** The same for what may be a list of texts. */
export function withDynamicReferencesIn(value: Value, scope: Scope): Value {
  if (typeof value === 'string') return withDynamicReferences(value, scope);
  return isList(value) ? value.map((item) => withDynamicReferencesIn(item, scope)) : value;
}

function resolved(reference: string, scope: Scope): Text {
  const name = STORED.exec(reference)?.[1];
  const stored = name === undefined ? undefined : asText(scope.stack.storedParameter(name));
  // A secret of one name is taken for the same in all Regions: it may have replicas.
  return stored ?? new Unresolved(reference);
}
