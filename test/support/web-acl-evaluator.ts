/** A request as a web ACL sees it. The path is raw and may carry a query; header names are in any case. */
export interface WebRequest {
  readonly method: string;
  readonly path: string;
  readonly host: string;
  readonly headers?: Record<string, string>;
}

/** What a web ACL does with a request, and by which rule; `Default_Action` when none decided. */
export interface Verdict {
  readonly action: 'ALLOW' | 'BLOCK';
  readonly rule: string;
}

/** A piece of a synthesized template. */
// biome-ignore lint/suspicious/noExplicitAny: templates are untyped JSON
type Json = any;

/**
 * Runs a request through a synthesized AWS::WAFv2::WebACL as WAF does: rules by priority, the first one that matches and allows or
 * blocks decides. Nobody is over a rate limit, and managed groups match nothing. A statement that it doesn't know is an error, so that
 * no test passes by what isn't evaluated.
 */
export function evaluateWebAcl(webAcl: Json, request: WebRequest): Verdict {
  const { Rules, DefaultAction } = webAcl.Properties;
  const rules = [...Rules].sort((a: Json, b: Json) => a.Priority - b.Priority);
  if (new Set(rules.map((rule: Json) => rule.Priority)).size !== rules.length)
    throw new Error('two rules of one priority');
  for (const rule of rules) {
    if (rule.OverrideAction || !matches(rule.Statement, request)) continue;
    return { action: actionOf(rule.Action), rule: rule.Name };
  }
  return { action: actionOf(DefaultAction), rule: 'Default_Action' };
}

function actionOf(action: Json): 'ALLOW' | 'BLOCK' {
  const [name] = Object.keys(action);
  if (name !== 'Allow' && name !== 'Block') throw new Error(`unknown action ${name}`);
  return name === 'Allow' ? 'ALLOW' : 'BLOCK';
}

function matches(statement: Json, request: WebRequest): boolean {
  const [kind, ...more] = Object.keys(statement);
  if (more.length > 0) throw new Error('a statement of two kinds');
  const body = statement[kind!];
  switch (kind) {
    case 'ByteMatchStatement':
      return byteMatches(body, request);
    case 'NotStatement':
      return !matches(body.Statement, request);
    case 'AndStatement':
      return nested(body).every((inner) => matches(inner, request));
    case 'OrStatement':
      return nested(body).some((inner) => matches(inner, request));
    case 'RateBasedStatement':
      if (body.ScopeDownStatement) matches(body.ScopeDownStatement, request);
      return false;
    case 'ManagedRuleGroupStatement':
      return false;
    default:
      throw new Error(`unknown statement ${kind}`);
  }
}

/** WAF refuses an And or an Or of fewer than two. */
function nested(body: Json): Json[] {
  if (body.Statements.length < 2) throw new Error('And and Or need two statements');
  return body.Statements;
}

/** A request without the component doesn't match. */
function byteMatches(body: Json, request: WebRequest): boolean {
  if (body.PositionalConstraint !== 'EXACTLY') throw new Error(`unknown constraint ${body.PositionalConstraint}`);
  const component = componentOf(body.FieldToMatch, request);
  if (component === undefined) return false;
  const transformations = [...body.TextTransformations].sort((a: Json, b: Json) => a.Priority - b.Priority);
  return transformations.reduce(transform, component) === body.SearchString;
}

function transform(text: string, { Type }: Json): string {
  if (Type === 'NONE') return text;
  if (Type === 'LOWERCASE') return text.toLowerCase();
  throw new Error(`unknown transformation ${Type}`);
}

function componentOf(field: Json, request: WebRequest): string | undefined {
  if (field.Method) return request.method;
  if (field.UriPath) return request.path.split('?')[0];
  if (field.SingleHeader) {
    const name = field.SingleHeader.Name.toLowerCase();
    const headers = Object.entries({ ...request.headers, host: request.host });
    return headers.find(([key]) => key.toLowerCase() === name)?.[1];
  }
  throw new Error(`unknown field ${JSON.stringify(field)}`);
}
