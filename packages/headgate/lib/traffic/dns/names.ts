import type { Text } from '../../template';

/**
 * What tells a name from others: in lower case, without the dot at its end, escapes such as `\052` read. A symbolic name is told by its
 * key, whose case counts.
 */
export function nameKey(name: Text): string {
  const text = typeof name === 'string' ? name : name.key;
  const relative = text.endsWith('.') ? text.slice(0, -1) : text;
  if (relative.includes('${')) return relative;
  return readEscapes(relative).toLowerCase();
}

/** The names above a name: `b.c` and `c` for `a.b.c`. */
export function ancestors(name: string): readonly string[] {
  const labels = name.split('.');
  return labels.slice(1).map((_, index) => labels.slice(index + 1).join('.'));
}

/** The Region in the name of an AWS endpoint, such as `web-1.us-east-1.elb.amazonaws.com`. */
export function regionInName(name: string): string | undefined {
  if (!/\.(?:amazonaws\.com(?:\.cn)?|on\.aws|awsapprunner\.com)$/.test(name)) return undefined;
  return /(?:^|[.-])((?:us|eu|ap|sa|ca|me|af|il|mx|cn)(?:-gov)?-[a-z]+-\d)(?=\.)/.exec(name)?.[1];
}

function readEscapes(name: string): string {
  if (!name.includes('\\')) return name;
  return name.replace(/\\([0-7]{3})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 8)));
}
