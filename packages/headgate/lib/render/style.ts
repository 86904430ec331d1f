import type { createColors } from 'picocolors';

/** How text is drawn: its colours and its width. */
export interface Style {
  readonly paint: ReturnType<typeof createColors>;
  readonly width: number;
}
