import { Road } from '../../lib/traffic/hop';
import type { Outcome } from '../../lib/traffic/outcome';

/**
 * A worked example of the documentation: `facts` are the ids in docs/facts.md that it proves, `page` is the page that it stands on and
 * one of the facts' sources there. The suite requires one for every fact with an effect on routing. A road that the example takes has to
 * cite each of them.
 */
export function golden(facts: string, page: string, sentence: string, body: () => void): void {
  if (!page.startsWith('https://')) throw new Error(`${facts}: '${page}' isn't a page`);
  test(`${facts}: ${sentence}`, () => {
    const outcomes = new Set<Outcome>();
    const { end } = Road.prototype;
    const ends = jest.spyOn(Road.prototype, 'end').mockImplementation(function (this: Road, ...how) {
      end.apply(this, how);
      for (const outcome of this.outcomes) outcomes.add(outcome);
    });
    try {
      body();
    } finally {
      ends.mockRestore();
    }
    const cited = new Set([...outcomes].flatMap(({ trace }) => trace.flatMap((entry) => entry.facts)));
    expect([...cited]).toEqual(expect.arrayContaining(facts.split(', ')));
  });
}
