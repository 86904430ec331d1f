import type { Verdict } from '../cases';
import { printable } from '../printable';
import type { CoverageReport, KindCoverage } from '../traffic/coverage';
import { drawWarnings } from './answer';
import { drawFilters } from './filters';
import { drawRoad } from './road';
import type { Style } from './style';
import { wrapped } from './wrap';

const INDENT = '    ';

/** Draws verdicts, a line for each that passed, and what they reached. */
export function drawCheck(verdicts: readonly Verdict[], coverage: CoverageReport, style: Style): string {
  return [
    ...verdicts.flatMap((verdict) => drawVerdict(verdict, style)),
    '',
    drawCount(verdicts, style),
    ...drawCoverage(coverage, style),
    ...drawWarnings(
      verdicts.flatMap(({ answer }) => answer.warnings),
      style,
    ),
    '',
  ].join('\n');
}

function drawVerdict({ name, passed, failures, answer }: Verdict, style: Style): readonly string[] {
  const { paint, width } = style;
  if (passed) return wrapped(printable(name), `${paint.green('✓')} `, '  ', width);
  const inner = { ...style, width: width - INDENT.length };
  const road = [...drawFilters(answer.outcomes, inner), ...drawRoad(answer.outcomes, inner)];
  return [
    ...wrapped(paint.bold(printable(name)), `${paint.red('✗')} `, '  ', width),
    ...failures.flatMap((failure) => wrapped(paint.red(printable(failure)), INDENT, `${INDENT}  `, width)),
    ...road.map((line) => `${INDENT}${line}`),
  ];
}

function drawCount(verdicts: readonly Verdict[], { paint }: Style): string {
  const passed = verdicts.filter((verdict) => verdict.passed).length;
  const text = `${passed} of ${verdicts.length} ${verdicts.length === 1 ? 'case' : 'cases'} passed`;
  return passed === verdicts.length ? paint.green(text) : paint.red(text);
}

function drawCoverage({ rules, behaviors, records, percent }: CoverageReport, style: Style): readonly string[] {
  const count = ({ reached, total }: KindCoverage) => `${reached} of ${total}`;
  const text = `coverage ${percent} %: rules ${count(rules)}, behaviors ${count(behaviors)}, records ${count(records)}`;
  const unreached = [
    ...rules.unreached.map((element) => ({ word: 'rule', element })),
    ...behaviors.unreached.map((element) => ({ word: 'behavior', element })),
    ...records.unreached.map((element) => ({ word: 'record', element })),
  ];
  const outOfReach = [...rules.outOfReach, ...behaviors.outOfReach, ...records.outOfReach];
  return [
    ...wrapped(text, '', '  ', style.width),
    ...unreached.flatMap(({ word, element: { logicalId, label, stack } }) => {
      const line = `${word} ${printable(logicalId)} in ${printable(stack)}: ${printable(label)}`;
      return wrapped(line, `  ${style.paint.yellow('not reached')} `, INDENT, style.width);
    }),
    ...outOfReach.flatMap(({ label, logicalId, stack, shadowedBy }) => {
      const line = `out of reach: ${label} of ${logicalId} in ${stack} (${shadowedBy})`;
      return wrapped(printable(line), '  ', INDENT, style.width);
    }),
  ];
}
