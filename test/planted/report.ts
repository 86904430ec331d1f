import type { Row } from './table';

/** The part of jest's JSON report that is read here; suites by their paths from the root. */
export interface JestReport {
  readonly numRuntimeErrorTestSuites: number;
  readonly testResults: {
    readonly name: string;
    readonly message: string;
    readonly assertionResults: {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: string[];
    }[];
  }[];
}

/** Errors of a program that is broken, and not of a promise that is. */
const CRASH = /^(?:\S*: )?(?:TypeError|ReferenceError|SyntaxError)\b(?!: expect\()/;

/** Why a row can't say anything: its test isn't there, or fails before anything is planted. Undefined when all is well. */
export function baselineProblem(row: Row, report: JestReport): string | undefined {
  const suite = report.testResults.find(({ name }) => name === row.file);
  const tests = testsOf(row, report);
  if (tests.length === 0) {
    const why = suite?.message ? `${row.file} does not load: ${firstLine(suite.message)}` : '';
    return why || `no test of ${row.file} is called '${row.name}'`;
  }
  const failed = tests.find(({ status }) => status === 'failed');
  return failed && `'${failed.fullName}' fails without the fault`;
}

/** Why a planted fault was missed; undefined when the row's test caught it. */
export function miss(row: Row, report: JestReport): string | undefined {
  if (report.numRuntimeErrorTestSuites > 0) {
    const [suite] = report.testResults;
    return `${row.file} does not load with the fault: ${firstLine(suite?.message ?? '')}`;
  }
  const tests = testsOf(row, report);
  const failed = tests.filter(({ status }) => status === 'failed');
  if (tests.length === 0) return `no test of ${row.file} is called '${row.name}' with the fault`;
  if (failed.length === 0) return `'${tests[0]!.fullName}' passes with the fault`;
  const messages = failed.map(({ failureMessages }) => firstLine(failureMessages.join('\n')));
  return messages.every((message) => CRASH.test(message)) ? `the fault crashes the test: ${messages[0]}` : undefined;
}

/** The row's tests that ran. */
function testsOf(row: Row, report: JestReport) {
  return report.testResults
    .filter(({ name }) => name === row.file)
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ fullName, status }) => fullName.includes(row.name) && ['passed', 'failed'].includes(status));
}

function firstLine(text: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.find((line) => line !== '' && !line.startsWith('●')) ?? 'no message';
}
