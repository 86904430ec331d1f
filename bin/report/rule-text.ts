import type { AssemblyStack } from './assembly';
import type { Placed, Templates } from './templates';
import { at, list, percent, type Value } from './values';

/** The order in which conditions are said: first where, then what. */
const FIELDS = ['host-header', 'http-request-method', 'path-pattern', 'http-header', 'query-string', 'source-ip'];

const CONFIGS: Readonly<Record<string, string>> = {
  'host-header': 'HostHeaderConfig',
  'path-pattern': 'PathPatternConfig',
  'http-header': 'HttpHeaderConfig',
  'http-request-method': 'HttpRequestMethodConfig',
  'query-string': 'QueryStringConfig',
  'source-ip': 'SourceIpConfig',
};

/** The conditions of a listener rule in words, such as `host shop.example.com, GET /live` or `path /api, /api/*`. */
export function conditionText(templates: Templates, stack: AssemblyStack, conditions: Value): string {
  const sorted = [...list(conditions)].sort((a, b) => rank(a) - rank(b));
  const method = sorted.find((condition) => at(condition, 'Field') === 'http-request-method');
  const path = sorted.find((condition) => at(condition, 'Field') === 'path-pattern');
  // One method and one path read as a request does.
  const request = [method, path].map((condition) => valuesOf(templates, stack, condition));
  const joined = request.every((values) => values.length === 1) ? `${request[0]![0]} ${request[1]![0]}` : undefined;
  return sorted
    .filter((condition) => joined === undefined || condition !== path)
    .map((condition) =>
      joined !== undefined && condition === method ? joined : oneCondition(templates, stack, condition),
    )
    .join(', ');
}

function rank(condition: Value): number {
  const index = FIELDS.indexOf(String(at(condition, 'Field')));
  return index < 0 ? FIELDS.length : index;
}

function oneCondition(templates: Templates, stack: AssemblyStack, condition: Value): string {
  const field = String(at(condition, 'Field'));
  const config = at(condition, CONFIGS[field] ?? '');
  const values = valuesOf(templates, stack, condition).join(', ');
  const subject = {
    'host-header': 'host',
    'path-pattern': 'path',
    'http-header': `header ${templates.text(stack, at(config, 'HttpHeaderName'))}:`,
    'http-request-method': 'method',
    'query-string': 'query',
    'source-ip': 'source',
  }[field];
  return `${subject ?? field} ${values}`;
}

function valuesOf(templates: Templates, stack: AssemblyStack, condition: Value): string[] {
  const config = at(condition, CONFIGS[String(at(condition, 'Field'))] ?? '');
  const literal = [...list(at(config, 'Values')), ...list(at(condition, 'Values'))];
  const regex = [...list(at(config, 'RegexValues')), ...list(at(condition, 'RegexValues'))];
  return [
    ...literal.map((value) => {
      const [key, held] = [at(value, 'Key'), at(value, 'Value')];
      if (held === undefined) return templates.text(stack, value);
      return `${key === undefined ? '' : `${templates.text(stack, key)}=`}${templates.text(stack, held)}`;
    }),
    ...regex.map((value) => `regex ${templates.text(stack, value)}`),
  ];
}

/** What a rule or listener does, such as `Blue 90 %, Green 10 %`, with a login before it. */
export function actionText(templates: Templates, stack: AssemblyStack, actions: Value): string {
  // `Order` is given only where there are several.
  const sorted = [...list(actions)].sort((a, b) => Number(at(a, 'Order') ?? 0) - Number(at(b, 'Order') ?? 0));
  return sorted.map((action) => oneAction(templates, stack, action)).join(', then ');
}

function oneAction(templates: Templates, stack: AssemblyStack, action: Value): string {
  const type = String(at(action, 'Type'));
  if (type === 'forward') return forwardText(templates, stack, action);
  if (type === 'fixed-response') {
    const { StatusCode, MessageBody } = (at(action, 'FixedResponseConfig') ?? {}) as Record<string, Value>;
    const body = MessageBody === undefined ? '' : ` ${templates.text(stack, MessageBody)}`;
    return `${templates.text(stack, StatusCode)}${body}`;
  }
  if (type !== 'redirect') return type;
  const part = (key: string, unchanged: string) =>
    templates.text(stack, at(action, 'RedirectConfig', key) ?? unchanged);
  const url = `${part('Protocol', '#{protocol}').toLowerCase()}://${part('Host', '#{host}')}:${part('Port', '#{port}')}`;
  const rest = `${part('Path', '/#{path}')}?${part('Query', '#{query}')}`;
  return `redirect ${part('StatusCode', '').replace('HTTP_', '')} to ${url}${rest}`;
}

function forwardText(templates: Templates, stack: AssemblyStack, action: Value): string {
  const groups = targetsOf(action);
  const total = groups.reduce((sum, group) => sum + group.weight, 0);
  return groups
    .map(({ arn, weight }) => {
      const group = templates.find(stack, arn);
      const name = group ? templates.name(group) : templates.text(stack, arn);
      return total === 0 ? `${name} weight 0` : `${name} ${percent(weight, total)}`;
    })
    .join(', ');
}

function targetsOf(action: Value): { arn: Value; weight: number }[] {
  const groups = list(at(action, 'ForwardConfig', 'TargetGroups'));
  if (groups.length === 0) return [{ arn: at(action, 'TargetGroupArn'), weight: 1 }];
  // A weight may be left out where there is nothing to share (ALB-20).
  return groups.map((group) => ({ arn: at(group, 'TargetGroupArn'), weight: Number(at(group, 'Weight') ?? 1) }));
}

/** The target groups that a rule, or a listener's default action, forwards to. */
export function targetGroupsOf(templates: Templates, { stack, resource }: Placed): Placed[] {
  return list(resource.Properties?.Actions ?? resource.Properties?.DefaultActions)
    .filter((action) => at(action, 'Type') === 'forward')
    .flatMap(targetsOf)
    .flatMap(({ arn }) => templates.find(stack, arn) ?? []);
}
