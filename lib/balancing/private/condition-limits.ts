import { Token } from 'aws-cdk-lib';
import type { CfnListenerRule } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { ErrorCode } from '../../core/errors';
import { parseCidr, type RawCondition, type ReadCondition, readCondition } from './overlap';

/** What is wrong with a condition. A warning is for what AWS documents in two ways, so that a deployment may or may not refuse it. */
export interface ConditionProblem {
  readonly code: ErrorCode;
  readonly message: string;
  readonly severity: 'error' | 'warning';
}

const MAX_VALUES = 5;
const MAX_VALUES_IN_GUIDE = 3;
const MAX_WILDCARDS = 5;
const MAX_LENGTH = 128;
const MAX_NAME_LENGTH = 40;
const ONCE_A_RULE = ['host-header', 'http-request-method', 'path-pattern', 'source-ip'];
const SPLIT = 'split it into two routes with the same action, or let one pattern stand for several values';

/** What is wrong with the conditions of one rule, each and all together (ALB-2). */
export function ruleProblems(conditions: RawCondition[]): ConditionProblem[] {
  if (conditions.length === 0) {
    return [
      error('HG2221', "'conditions' must have at least one, got none: Conditions.pathUnder('/') takes every request"),
    ];
  }
  const read = conditions.map(readCondition);
  const problems = conditions.flatMap(conditionProblems);
  for (const field of ONCE_A_RULE) {
    const count = read.filter((condition) => condition.field === field).length;
    if (count > 1) {
      const wayOut = 'give one condition all the values, of which any may match';
      problems.push(error('HG2223', `'conditions' must have at most one '${field}', got ${count} (ALB-2): ${wayOut}`));
    }
  }
  const values = read.map((condition) => condition.values.length + condition.regexValues.length);
  const total = values.reduce((sum, count) => sum + count, 0);
  if (total > MAX_VALUES && conditions.length > 1) {
    const parts = read.map(({ field }, index) => `${field ?? 'token'} ${values[index]}`).join(', ');
    const message = `'conditions' must have at most ${MAX_VALUES} values all together, got ${total} (${parts}) (ALB-2): ${SPLIT}`;
    problems.push(error('HG2222', message));
  }
  const wildcards = read.reduce((sum, condition) => sum + wildcardsOf(condition), 0);
  if (wildcards > MAX_WILDCARDS) {
    // One page says 5 and another 6 (ALB-2), so a sixth may pass.
    const message = `'conditions' must have at most ${MAX_WILDCARDS} wildcards ('*' and '?') all together, got ${wildcards} (ALB-2): ${SPLIT}`;
    problems.push(wildcards > MAX_WILDCARDS + 1 ? error('HG2224', message) : warning('HG2225', message));
  }
  return problems;
}

/** What is wrong with one condition by itself. */
export function conditionProblems(raw: RawCondition): ConditionProblem[] {
  const { field, headerName, values, regexValues, partial } = readCondition(raw);
  if (field === undefined) return [];
  const problems: ConditionProblem[] = [];
  const count = values.length + regexValues.length;
  if (count === 0 && !partial) {
    problems.push(
      error('HG2201', `'${field}' must have at least one value, got none: give one, or leave the condition out`),
    );
  } else if (count > MAX_VALUES) {
    problems.push(error('HG2201', `'${field}' must have at most ${MAX_VALUES} values, got ${count} (ALB-2): ${SPLIT}`));
  } else if (count > MAX_VALUES_IN_GUIDE) {
    const message = `'${field}' has ${count} values and AWS's guide allows ${MAX_VALUES_IN_GUIDE} a condition, its API ${MAX_VALUES} (ALB-2): if the deployment fails, ${SPLIT}`;
    problems.push(warning('HG2226', message));
  }
  if (values.length > 0 && regexValues.length > 0) {
    const message = `'${field}' must have either values or regular expressions, got both (ALB-6): write the values as regular expressions`;
    problems.push(error('HG2227', message));
  }
  if (field === 'http-header') problems.push(...headerNameProblems(headerName));
  const checks = field === 'query-string' ? queryProblems(raw) : values.flatMap((value) => valueProblems(field, value));
  return [...problems, ...checks, ...regexValues.flatMap((regex) => regexProblems(field, regex))];
}

/** How many wildcards a condition has. In query conditions `\*` and `\?` are literal (ALB-10), in regular expressions all of them are no wildcards. */
function wildcardsOf({ field, values }: ReadCondition): number {
  if (field === 'http-request-method' || field === 'source-ip') return 0;
  const visible = values.map((value) => (field === 'query-string' ? value.replace(/\\[*?]/g, '') : value));
  return visible.reduce((sum, value) => sum + (value.match(/[*?]/g)?.length ?? 0), 0);
}

function valueProblems(field: string, value: string): ConditionProblem[] {
  if (Token.isUnresolved(value)) return [];
  switch (field) {
    case 'path-pattern':
      return pathProblems(value);
    case 'host-header':
      return hostProblems(value);
    case 'http-request-method':
      return check(
        'HG2208',
        'method',
        value,
        /^[A-Z_-]{1,40}$/,
        "1 to 40 of A-Z, '-' and '_' (ALB-10)",
        'write it in capital letters',
      );
    case 'http-header':
      return check('HG2206', 'header', value, PRINTABLE, VISIBLE, 'match other characters by a wildcard');
    case 'source-ip':
      return cidrProblems(value);
    default:
      return [];
  }
}

// A balancer's rules see visible characters only (Condition types, "Condition basics").
const PRINTABLE = /^[\x20-\x7e]{1,128}$/;
const VISIBLE = `1 to ${MAX_LENGTH} visible ASCII characters`;

function pathProblems(value: string): ConditionProblem[] {
  const way = "match a character that isn't allowed by '?', and the query by Conditions.query()";
  const allowed = `1 to ${MAX_LENGTH} letters, digits and _-.$/~"'@:+&*? (ALB-3, ALB-10)`;
  const problems = check('HG2202', 'path', value, /^[A-Za-z0-9_\-.$/~"'@:+&*?]{1,128}$/, allowed, way);
  if (problems.length > 0 || /^[/*]/.test(value)) return problems;
  return [
    error(
      'HG2202',
      `'path' must begin with '/' or '*', got '${value}': every path begins with '/', so it would match nothing`,
    ),
  ];
}

function hostProblems(value: string): ConditionProblem[] {
  if (value.includes(':')) {
    const message = `'host' must be without a port, got '${value}' (ALB-4): leave the port out, or match it by Conditions.hostRegex()`;
    return [error('HG2204', message)];
  }
  const way = 'match another host by Conditions.hostRegex()';
  const problems = check(
    'HG2204',
    'host',
    value,
    /^[A-Za-z0-9.*?-]{1,128}$/,
    `1 to ${MAX_LENGTH} letters, digits and -.*? (ALB-4)`,
    way,
  );
  // The API reference wants letters alone after the last dot, the guide letters and digits; names such as `xn--p1ai` are in use (ALB-4).
  if (problems.length > 0 || /\.[A-Za-z][A-Za-z0-9-]*$/.test(value)) return problems;
  const message = `'host' must have a dot, and after the last one a letter and no wildcard, got '${value}' (ALB-4): ${way}`;
  return [error('HG2204', message)];
}

function headerNameProblems(name: string | undefined): ConditionProblem[] {
  if (Token.isUnresolved(name)) return [];
  if (name?.toLowerCase() === 'host') {
    return [error('HG2205', "'name' must be another header than Host, got 'Host' (ALB-10): use Conditions.host()")];
  }
  // RFC 7230's characters without `*`, since names take no wildcards (ALB-5).
  const allowed = `1 to ${MAX_NAME_LENGTH} letters, digits and !#$%&'+-.^_\`|~ (ALB-10)`;
  return check('HG2205', 'name', name ?? '', /^[A-Za-z0-9!#$%&'+.^_`|~-]{1,40}$/, allowed, 'names take no wildcards');
}

function queryProblems(raw: RawCondition): ConditionProblem[] {
  const pairs = (raw.queryStringConfig as CfnListenerRule.QueryStringConfigProperty | undefined)?.values;
  if (!Array.isArray(pairs) || Token.isUnresolved(pairs)) return [];
  return (pairs as CfnListenerRule.QueryStringKeyValueProperty[]).flatMap(({ key, value }) =>
    [...(key === undefined ? [] : [key]), value ?? ''].flatMap(queryTextProblems),
  );
}

function queryTextProblems(text: string): ConditionProblem[] {
  if (Token.isUnresolved(text)) return [];
  // What RFC 3986 lets a query have, without the `&` that ends a pair; a backslash only as an escape (ALB-10).
  const characters = /^(?=.{1,128}$)(?:[A-Za-z0-9._~!$'()*+,;=:@/?%-]|\\[*?])+$/;
  const allowed = `1 to ${MAX_LENGTH} characters of a query (RFC 3986), with '\\' in front of a literal '*' or '?' only (ALB-10)`;
  return check(
    'HG2209',
    'query',
    text,
    characters,
    allowed,
    'write others as the client sends them, such as %20 or %26',
  );
}

function cidrProblems(value: string): ConditionProblem[] {
  if (value === '255.255.255.255/32') {
    return [
      error(
        'HG2210',
        "'sourceIp' must be another block than 255.255.255.255/32, which AWS refuses (ALB-10): give one that clients have",
      ),
    ];
  }
  if (parseCidr(value)) return [];
  const message = `'sourceIp' must be an IPv4 or IPv6 block in CIDR notation, got '${value}': write '198.51.100.7/32' for one address`;
  return [error('HG2210', message)];
}

function regexProblems(field: string, regex: string): ConditionProblem[] {
  if (Token.isUnresolved(regex)) return [];
  if (!['host-header', 'http-header', 'path-pattern'].includes(field)) {
    return [
      error('HG2211', `'${field}' must have values, got the regular expression '${regex}' (ALB-6): list the values`),
    ];
  }
  const problems = check('HG2211', 'regex', regex, PRINTABLE, `${VISIBLE} (ALB-6)`, 'split it into several');
  const flaw = problems.length > 0 ? undefined : flawOf(regex);
  if (flaw === undefined) return problems;
  return [
    error(
      'HG2211',
      `'regex' must be one that balancers understand, got '${regex}' with ${flaw} (ALB-6): write it without`,
    ),
  ];
}

/** Groups that balancers don't understand, by how they begin (Listener rules, "Rule basics"). */
const GROUPS: [RegExp, string][] = [
  [/^\(\?(?:[=!]|<[=!])/, 'look-around'],
  [/^\(\?>/, 'an atomic group'],
  [/^\(\?(?:R|&|P>|[+-]?\d)/, 'recursion'],
  [/^\(\?P=/, 'a back-reference'],
];

/** What a balancer would refuse in a regular expression, and undefined if nothing is seen. */
function flawOf(regex: string): string | undefined {
  let depth = 0;
  let inClass = false;
  let quantified = false;
  for (let i = 0; i < regex.length; i++) {
    const rest = regex.slice(i);
    const wasQuantified: boolean = quantified;
    quantified = false;
    if (rest[0] === '\\') {
      if (rest.length === 1) return 'a backslash at its end';
      if (/^.[pP]/.test(rest)) return 'a Unicode class (\\p)';
      if (!inClass && /^.[1-9gk]/.test(rest)) return 'a back-reference';
      i++;
    } else if (inClass) {
      const posix = /^\[:\^?[a-z]+:\]/.exec(rest);
      if (posix) i += posix[0].length - 1;
      else inClass = rest[0] !== ']';
    } else if (rest[0] === '[') {
      inClass = true;
      // A bracket that comes first is literal.
      i += /^\[\^?\]?/.exec(rest)![0].length - 1;
    } else if (rest[0] === '(') {
      const flaw = GROUPS.find(([begin]) => begin.test(rest));
      if (flaw) return flaw[1];
      depth++;
    } else if (rest[0] === ')') {
      if (--depth < 0) return "a ')' without its '('";
    } else if (wasQuantified && rest[0] === '+') {
      return 'a possessive quantifier';
    } else {
      const quantifier = /^(?:[*+?]|\{\d*,?\d*\})/.exec(rest);
      if (quantifier) i += quantifier[0].length - 1;
      quantified = quantifier !== null;
    }
  }
  if (inClass) return "a '[' without its ']'";
  return depth > 0 ? "a '(' without its ')'" : undefined;
}

function check(
  code: ErrorCode,
  prop: string,
  value: string,
  allowed: RegExp,
  rule: string,
  wayOut: string,
): ConditionProblem[] {
  return allowed.test(value) ? [] : [error(code, `'${prop}' must be ${rule}, got '${value}': ${wayOut}`)];
}

function error(code: ErrorCode, message: string): ConditionProblem {
  return { code, message, severity: 'error' };
}

function warning(code: ErrorCode, message: string): ConditionProblem {
  return { code, message, severity: 'warning' };
}
