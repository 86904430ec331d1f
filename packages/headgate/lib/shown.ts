/** A value in few words, however large it is, for messages: `'x'`, `5`, `a list`, `an object`, `a URL object`. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value === 'function') return 'a function';
  if (Array.isArray(value)) return 'a list';
  if (typeof value !== 'object' || value === null) return String(value);
  const kind = Object.prototype.toString.call(value).slice('[object '.length, -1);
  return kind === 'Object' ? 'an object' : `${/^[AEIO]/.test(kind) ? 'an' : 'a'} ${kind} object`;
}

/** Whether a value is an object of names and values. A Map or Headers would count as empty. */
export function isPlain(value: unknown): value is object {
  // Objects of another realm, as in Jest, have another prototype.
  return typeof value === 'object' && Object.prototype.toString.call(value) === '[object Object]';
}
