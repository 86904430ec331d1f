import { type Finding, type Findings, stops, VALIDATION_REPORT } from './findings';
import { table, wrap } from './render';
import { count, whole } from './values';

/** What the validators said when all is well: how much was accepted, and why. */
export function renderFindings({ validators, open, acknowledged }: Findings): string {
  if (validators.length === 0) return '  no validator found anything';
  const rows = validators.map((validator) => [
    `  ${validator}`,
    whole(open.filter((finding) => finding.validator === validator).length),
    whole(acknowledged.filter((finding) => finding.validator === validator).length),
    whole(new Set(acknowledged.filter((finding) => finding.validator === validator).map(({ rule }) => rule)).size),
  ]);
  const unreported = acknowledged.filter((finding) => finding.unreported).length;
  const reasons = distinct(acknowledged, ({ reason }) => reason!);
  return [
    ...table([['  validator', 'open', 'acknowledged', 'rules'], ...rows], [1, 2, 3]),
    `  ${count(acknowledged.length, 'finding')} acknowledged for ${count(reasons.size, 'distinct reason')}`,
    ...(unreported > 0
      ? [
          wrap(
            `${unreported} of them on the resources alone: ${VALIDATION_REPORT} has no form for an id that holds '::' itself`,
            '  ',
          ),
        ]
      : []),
    ...open.map((finding) => wrap(`${finding.severity}: ${finding.description} (${finding.path})`, '     ', '  ')),
    ...[...reasons].map(([reason, findings], index) => {
      const families = [...new Set(findings.map(({ rule }) => rule))].sort().join(', ');
      const resources = new Set(findings.map(({ path }) => path)).size;
      const number = `  ${String(index + 1).padStart(String(reasons.size).length)}. `;
      const indent = ' '.repeat(number.length);
      return `${wrap(reason, indent, number)}\n${wrap(`${families} on ${count(resources, 'resource')}`, indent)}`;
    }),
  ].join('\n');
}

/** What is wrong, each rule once with the resources that it complains about; empty when nothing is. */
export function renderProblems({ open, failures }: Findings): string {
  const rules = distinct(open.filter(stops), ({ validator, rule, severity, description }) =>
    JSON.stringify([validator, rule, severity, description]),
  );
  return [
    ...failures.map((failure) => wrap(failure, '    ', '  ')),
    ...[...rules.values()].map((findings) => {
      const [{ validator, rule, severity, description }] = findings as [Finding];
      const paths = [...new Set(findings.map(({ path }) => path))].filter((path) => path);
      return [
        wrap(`${severity}: ${description} (${validator}, ${rule})`, '    ', '  '),
        ...paths.map((path) => `      ${path}`),
      ].join('\n');
    }),
  ].join('\n');
}

function distinct(findings: readonly Finding[], keyOf: (finding: Finding) => string): Map<string, Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) groups.set(keyOf(finding), [...(groups.get(keyOf(finding)) ?? []), finding]);
  return groups;
}
