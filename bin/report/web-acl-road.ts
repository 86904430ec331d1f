import type { AssemblyStack } from './assembly';
import type { TreeNode } from './render';
import type { Placed, Templates } from './templates';
import { at, isObject, list, type Value, whole } from './values';

/** A web ACL and its rules in the order in which they are tried; a bare name when it isn't one of the assembly's. */
export function webAclNode(templates: Templates, stack: AssemblyStack, reference: Value): TreeNode {
  const acl = templates.find(stack, reference);
  if (acl?.resource.Type !== 'AWS::WAFv2::WebACL') {
    return { label: `web ACL ${templates.text(stack, reference)}`, children: [] };
  }
  const rules = [...list(acl.resource.Properties?.Rules)].sort(
    (a, b) => Number(at(a, 'Priority')) - Number(at(b, 'Priority')),
  );
  const otherwise = actionOf(at(acl.resource.Properties, 'DefaultAction'));
  return {
    label: `web ACL ${acl.id}`,
    children: [
      ...rules.map((rule) => ({
        label: `${String(at(rule, 'Priority'))} ${ruleText(templates, acl, rule)}`,
        children: [],
      })),
      { label: `otherwise ${otherwise}`, children: [] },
    ],
  };
}

/** Whether a web ACL blocks whoever doesn't send a secret header. */
export function demandsSecret(acl: Placed): boolean {
  return list(acl.resource.Properties?.Rules).some((rule) => {
    const unless = JSON.stringify(at(rule, 'Statement', 'NotStatement') ?? '');
    return at(rule, 'Action', 'Block') !== undefined && /"SingleHeader".*\{\{resolve:secretsmanager:/.test(unless);
  });
}

function ruleText(templates: Templates, { stack }: Placed, rule: Value): string {
  const name = templates.text(stack, at(rule, 'Name'));
  const statement = at(rule, 'Statement');
  const group = at(statement, 'ManagedRuleGroupStatement') ?? at(statement, 'RuleGroupReferenceStatement');
  if (group !== undefined) {
    const version = at(group, 'Version');
    const counts = at(rule, 'OverrideAction', 'Count') === undefined ? '' : ', which only counts';
    return `${name}: rule group${version === undefined ? '' : ` ${String(version)}`}${counts}`;
  }
  const condition = statementText(templates, stack, statement);
  return `${name}: ${actionOf(at(rule, 'Action'))} ${condition.startsWith('unless ') ? condition : `if ${condition}`}`;
}

function actionOf(action: Value): string {
  return (isObject(action) ? Object.keys(action)[0] : undefined)?.toLowerCase() ?? 'unknown';
}

/** A condition in words; a kind of statement that has none here is named as the API names it. */
function statementText(templates: Templates, stack: AssemblyStack, statement: Value): string {
  const text = (inner: Value) => statementText(templates, stack, inner);
  const inner = (kind: string) => list(at(statement, kind, 'Statements')).map(text);
  const [kind = 'unknown'] = Object.keys(isObject(statement) ? statement : {});
  const body = at(statement, kind);
  switch (kind) {
    case 'AndStatement':
      return inner(kind).join(' and ');
    case 'OrStatement':
      return anyOf(inner(kind));
    case 'NotStatement':
      return `unless ${text(at(body, 'Statement'))}`;
    case 'ByteMatchStatement':
      return `${fieldText(at(body, 'FieldToMatch'))} ${constraint(at(body, 'PositionalConstraint'))} ${searched(templates.text(stack, at(body, 'SearchString')))}`;
    case 'GeoMatchStatement':
      return `the country is ${list(at(body, 'CountryCodes')).join(', ')}`;
    case 'IPSetReferenceStatement':
      return `the address is in ${templates.text(stack, at(body, 'Arn'))}`;
    case 'RateBasedStatement': {
      const scope = at(body, 'ScopeDownStatement');
      const seconds = Number(at(body, 'EvaluationWindowSec') ?? 300);
      const by = String(at(body, 'AggregateKeyType')) === 'IP' ? 'address' : String(at(body, 'AggregateKeyType'));
      const limit = `over ${whole(Number(at(body, 'Limit')))} requests an ${by} in ${seconds} s`;
      return scope === undefined ? limit : `${limit} with ${text(scope)}`;
    }
    default:
      return kind;
  }
}

/** `a is 1 or a is 2` as `a is 1 or 2`. */
function anyOf(texts: string[]): string {
  const subject = texts[0]?.replace(/\S+$/, '') ?? '';
  const same = texts.every((text) => text.startsWith(subject) && !text.slice(subject.length).includes(' '));
  return same ? subject + texts.map((text) => text.slice(subject.length)).join(' or ') : texts.join(' or ');
}

function fieldText(field: Value): string {
  const [kind = 'unknown'] = Object.keys(isObject(field) ? field : {});
  const name = at(field, kind, 'Name');
  if (kind === 'SingleHeader') return `header ${String(name)}`;
  return { Method: 'method', UriPath: 'path', QueryString: 'query', Body: 'body' }[kind] ?? kind;
}

function constraint(value: Value): string {
  return { EXACTLY: 'is', STARTS_WITH: 'starts with', ENDS_WITH: 'ends with' }[String(value)] ?? 'contains';
}

/** A secret is shown by its name, which is all that a template holds of it. */
function searched(text: string): string {
  return text.replace(/\{\{resolve:secretsmanager:([^:}]*)[^}]*\}\}/g, 'secret:$1');
}
