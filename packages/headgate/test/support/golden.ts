/**
 * A worked example of the documentation: `facts` are the ids in docs/facts.md that it proves, `page` is the page that it stands on and
 * one of the facts' sources there. The suite requires one for every fact with an effect on routing.
 */
export function golden(facts: string, page: string, sentence: string, body: () => void): void {
  if (!page.startsWith('https://')) throw new Error(`${facts}: '${page}' isn't a page`);
  test(`${facts}: ${sentence}`, body);
}
