// Deploys the reference app and every example to an emulator with the CDK's own command line, and compares what is there with the templates.
import { parseArgs } from 'node:util';
import { runScript } from '../support/script';
import { exampleSteps } from './examples';
import { judge, pretendedRows, type Result, staleRows } from './pretended';
import { referenceAppSteps } from './reference-app';
import { Session } from './session';
import { inOneLine, type Step } from './step';

const { values: options } = parseArgs({
  options: {
    /** The port of the emulator; any free one when left out. */
    port: { type: 'string' },
    /** The hosted zone of the reference app; one is made when left out. */
    zone: { type: 'string' },
  },
});

runScript(main);

async function main(): Promise<void> {
  const session = await Session.start(options.port === undefined ? undefined : Number(options.port));
  console.log(`the emulator answers on ${session.emulator.url}`);
  const rows = pretendedRows();
  const results: Result[] = [];

  function list(): Promise<string> {
    const stale = staleRows([...rows.values, ...rows.behaviours], session.packageFolder);
    const { problems, values, resources, pretended, unreadable } = judge(results, rows.values);
    if (stale.length + problems.length > 0) throw new Error(inOneLine([...stale, ...problems]));
    return Promise.resolve(
      `${values} values of ${resources} resources are as the templates say; ${pretended} values under ${rows.values.length} rows, ` +
        `and ${rows.behaviours.length} behaviours, are lacking or pretended and assert nothing; no API gives back ${unreadable} more`,
    );
  }

  const steps: Step[] = [
    ...referenceAppSteps(session, results, options.zone),
    ...exampleSteps(session, results),
    ['nothing is pretended but what is on the list', list],
  ];
  for (const [name, run] of steps) {
    try {
      console.log(`ok  ${name}: ${await Promise.race([run(), session.emulator.died])}`);
    } catch (error) {
      throw new Error(`${name}: ${(error as Error).message}`);
    }
  }
  console.log(`emulated: ${steps.length} steps passed`);
}
