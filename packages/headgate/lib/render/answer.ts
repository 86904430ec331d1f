import { printable } from '../printable';
import type { Answer, Outcome } from '../traffic';
import { drawn, endOf } from './destination';
import { drawFilters } from './filters';
import { drawRoad } from './road';
import { shareText, together } from './share';
import type { Style } from './style';
import { wrapped } from './wrap';

/** Draws an answer: the request and where it goes in total, then the road, then what had to be assumed. */
export function drawAnswer(answer: Answer, style: Style): string {
  const { asked } = answer;
  const request = style.paint.bold(`${printable(asked.method ?? 'GET')} ${printable(asked.url)}`);
  return [
    ...wrapped(request, '', '  ', style.width),
    ...drawTotals(answer.outcomes, style),
    ...drawFilters(answer.outcomes, style),
    '',
    ...drawRoad(answer.outcomes, style),
    ...drawWarnings(answer.warnings, style),
    '',
  ].join('\n');
}

/** Where requests go in total, the largest share first. */
function drawTotals(outcomes: readonly Outcome[], style: Style): readonly string[] {
  const byEnd = new Map<string, Outcome[]>();
  for (const outcome of outcomes) {
    const { text } = endOf(outcome);
    byEnd.set(text, [...(byEnd.get(text) ?? []), outcome]);
  }
  const totals = [...byEnd.values()]
    .map((group) => ({ end: endOf(group[0]!), total: together(group) }))
    .sort((one, other) => other.total.share - one.total.share);
  const columns = totals.map(({ total }) => /^(.*? %)(.*)$/.exec(shareText(total))!.slice(1) as [string, string]);
  const left = Math.max(...columns.map(([share]) => share.length));
  const right = Math.max(...columns.map(([, range]) => range.length));
  return totals.flatMap(({ end }, index) => {
    const [share, range] = columns[index]!;
    const known = style.paint.bold(`${share.padStart(left)}${range.padEnd(right)}`);
    const first = `  ${known} ${style.paint[end.colour](end.glyph)} `;
    return wrapped(drawn(end, style), first, ' '.repeat(left + right + 5), style.width);
  });
}

/** What had to be assumed, each once. */
export function drawWarnings(warnings: readonly string[], style: Style): readonly string[] {
  if (warnings.length === 0) return [];
  const lines = [...new Set(warnings)].flatMap((warning) =>
    wrapped(printable(warning), `${style.paint.yellow('!')} `, '  ', style.width),
  );
  return ['', ...lines];
}
