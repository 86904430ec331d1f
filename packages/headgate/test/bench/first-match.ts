import type { RequestOptions } from '../../lib/traffic';
import type { RuleConditions } from './rule-set';

/** A request that is cut up already. */
export interface CutRequest {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A rule as regular expressions, one a condition. */
export interface LoopRule {
  readonly place: number;
  readonly path: RegExp | undefined;
  readonly host: RegExp | undefined;
  readonly method: RegExp | undefined;
  readonly header: { readonly name: string; readonly regex: RegExp } | undefined;
}

/** What anybody would write first, and what the model is measured against: the first rule whose regular expressions all match. */
export function firstMatch(rules: readonly LoopRule[], request: CutRequest): LoopRule | undefined {
  for (const rule of rules) {
    if (rule.path !== undefined && !rule.path.test(request.path)) continue;
    if (rule.host !== undefined && !rule.host.test(request.host)) continue;
    if (rule.method !== undefined && !rule.method.test(request.method)) continue;
    if (rule.header !== undefined) {
      const value = request.headers[rule.header.name];
      if (value === undefined || !rule.header.regex.test(value)) continue;
    }
    return rule;
  }
  return undefined;
}

export function compileLoop(rules: readonly RuleConditions[]): readonly LoopRule[] {
  return rules.map(({ paths, hosts, methods, header }, place) => ({
    place,
    path: paths && regexOf(paths, ''),
    host: hosts && regexOf(hosts, 'i'),
    method: methods && regexOf(methods, ''),
    header: header && { name: header.name.toLowerCase(), regex: regexOf(header.values, 'i') },
  }));
}

export function cut({ url, method = 'GET', headers = {} }: RequestOptions): CutRequest {
  const { host, pathname } = new URL(url);
  const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  return { method, host, path: pathname, headers: Object.fromEntries(lower) };
}

function regexOf(globs: readonly string[], flags: string): RegExp {
  const sources = globs.map((glob) =>
    glob
      .replace(/[.+^${}()|[\]\\/-]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.'),
  );
  return new RegExp(`^(?:${sources.join('|')})$`, flags);
}
