import { constants } from 'node:os';
import { EnvironmentProblem } from '../python/environment';

/**
 * Runs a script to its end: what goes wrong is told in one line, and a signal ends it by the way of its exit handlers, which remove what it
 * left.
 *
 * @param main may give the exit code
 */
export function runScript(main: () => Promise<unknown>): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => process.exit(128 + constants.signals[signal]));
  }
  main().then(
    (code) => process.exit(typeof code === 'number' ? code : 0),
    (error: Error) => {
      const line = error.message.replace(/\s*\n\s*/g, ' ');
      console.error(error instanceof EnvironmentProblem ? line : `failed: ${line}`);
      process.exit(1);
    },
  );
}
