import { printable } from '../printable';
import type { Destination, Outcome } from '../traffic';
import type { ErrorPage } from '../traffic/outcome';
import type { Style } from './style';

/** How the end of a road is drawn. */
export interface End {
  readonly glyph: string;
  readonly text: string;
  readonly colour: 'green' | 'red' | 'yellow' | 'magenta';
}

/** An outcome's end: `→ target group BlueTargets in Shop-us-east-1`, `✗ error 503 at Lb`, `↪ redirect 301 to https://…`. */
export function endOf(outcome: Outcome): End {
  const { page } = outcome;
  const { destination, status, location } = outcome;
  if (page === undefined) return endAt({ destination, status, location });
  const { glyph, text, colour } = endAt({ destination, status: page.insteadOf, location });
  return { glyph, text: `${text}, answered with ${pageText(page, status)}`, colour };
}

function pageText({ path, from, isServed }: ErrorPage, status: number | null): string {
  const page = `page ${printable(path)} of ${printable(from)}`;
  return isServed ? `${page} as ${status}` : `${status ?? 'nothing'}, as ${page} can't be had`;
}

/** How a request ends, before a page takes the place of an error. */
interface Ended {
  readonly destination: Destination;
  readonly status: number | null;
  readonly location: string | undefined;
}

function endAt({ destination, status, location }: Ended): End {
  const { type } = destination;
  const id = printable(destination.id);
  const at = destination.stack === undefined ? id : `${id} in ${printable(destination.stack)}`;
  const code = status === null ? '' : ` ${status}`;
  switch (type) {
    case 'target-group':
      return { glyph: '→', text: `target group ${at}`, colour: 'green' };
    case 'origin':
      return { glyph: '→', text: `origin ${at}`, colour: 'green' };
    case 'address':
      return { glyph: '→', text: `address ${at}`, colour: 'green' };
    case 'fixed-response':
      return { glyph: '→', text: `fixed response${code} of ${at}`, colour: 'yellow' };
    case 'redirect': {
      const to = location === undefined ? '' : ` to ${printable(location)}`;
      return { glyph: '↪', text: `redirect${code}${to} by ${at}`, colour: 'yellow' };
    }
    case 'blocked':
      return { glyph: '⛔', text: `blocked${code} by ${at}`, colour: 'magenta' };
    case 'no-answer':
      return { glyph: '✗', text: `no answer from DNS for ${at}`, colour: 'red' };
    case 'error':
      return { glyph: '✗', text: `error${code} at ${at}`, colour: 'red' };
  }
}

/** An end with its colour. */
export function drawn(end: End, style: Style): string {
  return style.paint[end.colour](end.text);
}
