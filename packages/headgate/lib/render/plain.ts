import { createColors } from 'picocolors';
import type { Answer } from '../traffic';
import { drawAnswer } from './answer';

const PLAIN = { width: 100, paint: createColors(false) };

/** The text of an answer as `headgate explain` prints it into a file: its totals, its road and its warnings, 100 columns wide, without colours. */
export function printRoad(answer: Answer): string {
  return drawAnswer(answer, PLAIN);
}
