/** Something that is done and proves something; what it gives is told. */
export type Step = readonly [name: string, run: () => Promise<string>];

/** Problems in one line, the first of them when they are many. */
export function inOneLine(problems: readonly string[]): string {
  const more = problems.length - 5;
  return [...problems.slice(0, 5), ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}
