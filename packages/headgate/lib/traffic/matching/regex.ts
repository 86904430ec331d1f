import { RE2JS } from 're2js';
import { HeadgateError } from '../../errors';

/** The longest expression that any service takes (ALB-7). */
const MAX_LENGTH = 1024;
/** What all expressions of a situation may take together, in instructions of the engine: some 20 for one as people write them. */
const MAX_INSTRUCTIONS = 250_000;

/** A regular expression that runs in time proportional to the text, whatever the expression is. */
export interface LinearRegex {
  /** Whether it is found anywhere in a text. */
  finds(text: string): boolean;
  /** Whether it matches a text from its first to its last character. */
  matchesWhole(text: string): boolean;
  /** The text with the first match replaced; `$1` stands for a group; undefined if there is no match. */
  replaceFirst(text: string, replacement: string): string | undefined;
}

/** The regular expressions of all templates. A short one can ask for much work, `(a{0,50}){0,20}`, so what all take together is bounded. */
export class Regexes {
  private left = MAX_INSTRUCTIONS;

  /**
   * Compiles an expression; undefined if the engine doesn't take it, or no service.
   *
   * @param at where it stands, for messages
   * @throws HeadgateError HM1004 if all take too much together.
   */
  compile(source: string, at: string, options: { readonly ignoreCase?: boolean } = {}): LinearRegex | undefined {
    if (source.length > MAX_LENGTH) return undefined;
    let compiled: RE2JS;
    try {
      compiled = RE2JS.compile(source, options.ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
    } catch {
      return undefined;
    }
    this.left -= compiled.programSize();
    if (this.left < 0) {
      throw new HeadgateError('HM1004', `${at}: the regular expressions up to here are too large together.`);
    }
    return linear(compiled);
  }
}

function linear(compiled: RE2JS): LinearRegex {
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
