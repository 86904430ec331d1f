import { RE2JS } from 're2js';

/** A regular expression that runs in time proportional to the text, whatever the expression is. */
export interface LinearRegex {
  /** Whether it is found anywhere in a text. */
  finds(text: string): boolean;
  /** Whether it matches a text from its first to its last character. */
  matchesWhole(text: string): boolean;
  /** The text with the first match replaced; `$1` stands for a group; undefined if there is no match. */
  replaceFirst(text: string, replacement: string): string | undefined;
}

/** Compiles an expression; undefined if the engine doesn't take it. */
export function compileRegex(source: string, options: { readonly ignoreCase?: boolean } = {}): LinearRegex | undefined {
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(source, options.ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
  } catch {
    return undefined;
  }
  return {
    finds: (text) => compiled.matcher(text).find(),
    matchesWhole: (text) => compiled.matches(text),
    replaceFirst: (text, replacement) => {
      const matcher = compiled.matcher(text);
      if (!matcher.find()) return undefined;
      const group = (index: number) => (index <= matcher.groupCount() ? (matcher.group(index) ?? '') : '');
      const replaced = replacement.replace(/\$(\d)/g, (_, digit: string) => group(Number(digit)));
      return text.slice(0, matcher.start()) + replaced + text.slice(matcher.end());
    },
  };
}
