import { printableJson } from '../printable';
import { drawCheck } from '../render/check';
import { readTemplates } from '../template';
import { Traffic } from '../traffic';
import { Coverage } from '../traffic/coverage';
import { elementsOf } from '../traffic/elements';
import { type Command, usage } from './command';
import { styleOf } from './io';
import { pathFrom, readParameters, readPaths, readPercent, TEMPLATE_OPTIONS } from './values';

/** Judges the cases of a file, and says what they reach. */
export const check: Command = {
  name: 'check',
  summary: 'whether requests go where a case file says, and what the cases reach',
  usage: 'headgate check PATH… --cases FILE [OPTIONS]',
  options: {
    cases: { value: 'FILE', text: 'the case file, YAML or JSON; docs/cases.md says what is in it' },
    'min-coverage': { value: 'PERCENT', text: 'fail if the cases reach less of all rules, behaviors and records' },
    ...TEMPLATE_OPTIONS,
    json: { text: 'print JSON, as schema/check.schema.json has it' },
  },
  notes: [
    'PATH is a cloud assembly, such as cdk.out, or a template.',
    'The exit code is 1 if a case fails, or if the coverage is less than asked for.',
  ],
  async run(args, io) {
    const paths = readPaths(args, 'check', io);
    const file = args.one('cases');
    if (file === undefined) throw usage('--cases is missing: write --cases traffic.yaml');
    const least = readPercent(args.one('min-coverage') ?? '0', '--min-coverage');
    const { judgeCases, readCases } = await import('../cases');
    const path = pathFrom(file, io);
    const cases = readCases(path);
    const templates = readTemplates(paths, { parameters: readParameters(args) });
    const coverage = new Coverage(elementsOf(templates));
    const verdicts = [...judgeCases(cases, new Traffic(templates), path)];
    for (const { answer } of verdicts) coverage.add(answer);
    const report = coverage.report();
    if (args.has('json')) {
      const { checkJson } = await import('./json/check');
      io.out(`${printableJson(checkJson(verdicts, report))}\n`);
    } else {
      io.out(drawCheck(verdicts, report, styleOf(io)));
    }
    const isCovered = report.percent >= least;
    if (!isCovered) io.err(`headgate: coverage is ${report.percent} %, less than the ${least} % asked for\n`);
    return isCovered && verdicts.every(({ passed }) => passed) ? 0 : 1;
  },
};
