import { createColors } from 'picocolors';
import type { Style } from '../render/style';

/** What the command line reads and writes by, so that it can run anywhere. */
export interface Io {
  /** Writes to standard output. */
  out(text: string): void;
  /** Writes to standard error. */
  err(text: string): void;
  /** Whether standard output is a terminal. */
  readonly isTerminal: boolean;
  /** The width of the terminal; undefined if it isn't known. */
  readonly columns: number | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder that relative paths start from. */
  readonly cwd: string;
}

const DEFAULT_WIDTH = 100;
const LEAST_WIDTH = 40;
/** The least that COLUMNS can ask for. */
const LEAST_COLUMNS = 20;

/** The style that suits where the output goes. NO_COLOR goes before FORCE_COLOR. */
export function styleOf(io: Io): Style {
  const { NO_COLOR, FORCE_COLOR, TERM } = io.env;
  const isForced = FORCE_COLOR !== undefined && FORCE_COLOR !== '';
  const wanted = isForced ? !['0', 'false'].includes(FORCE_COLOR) : io.isTerminal && TERM !== 'dumb';
  return { paint: createColors(wanted && !NO_COLOR), width: widthOf(io) };
}

/** The terminal's width, else what COLUMNS asks for. */
function widthOf({ isTerminal, columns, env }: Io): number {
  // A terminal that doesn't know its width says 0.
  if (isTerminal && columns) return Math.max(LEAST_WIDTH, columns);
  const asked = /^\d{1,6}$/.test(env.COLUMNS ?? '') ? Number(env.COLUMNS) : 0;
  return asked >= LEAST_COLUMNS ? asked : DEFAULT_WIDTH;
}
