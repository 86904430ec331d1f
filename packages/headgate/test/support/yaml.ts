const SHORT = new Map([
  ['Ref', '!Ref'],
  ['Fn::GetAtt', '!GetAtt'],
  ['Fn::Sub', '!Sub'],
  ['Fn::Join', '!Join'],
  ['Fn::Base64', '!Base64'],
]);

/** A template as YAML in blocks, with the short forms of functions. */
export function toYaml(value: unknown, indent = ''): string {
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    return value.map((item) => `\n${indent}- ${toYaml(item, `${indent}  `)}`).join('');
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value);
  if (entries.length === 0) return '{}';
  const short = entries.length === 1 ? SHORT.get(entries[0]![0]) : undefined;
  if (short) return `${short} ${toYaml(entries[0]![1], `${indent}  `)}`;
  return entries.map(([key, item]) => `\n${indent}${JSON.stringify(key)}: ${toYaml(item, `${indent}  `)}`).join('');
}
