import stringWidth from 'string-width';
import { printable } from '../printable';
import type { HopKind, Outcome, Quality, TraceEntry } from '../traffic';
import { drawn, endOf } from './destination';
import { type Share, shareText, together } from './share';
import type { Style } from './style';
import { type Branch, treeOf } from './tree';
import { unbroken, wrapped } from './wrap';

const WORDS: Readonly<Record<HopKind, string>> = {
  'dns-record': 'DNS record',
  accelerator: 'accelerator',
  'endpoint-group': 'endpoint group',
  distribution: 'distribution',
  function: 'function',
  behavior: 'behavior',
  cache: 'cache',
  'origin-group': 'origin group',
  origin: 'origin',
  'web-acl': 'web ACL',
  'web-acl-rule': 'web ACL rule',
  'load-balancer': 'load balancer',
  listener: 'listener',
  'listener-rule': 'listener rule',
  transform: 'transform',
  proxy: 'proxy',
  'target-group': 'target group',
};

/** Where a line of the tree stands: what is before it, and before the lines that come after it. */
interface Place {
  readonly first: string;
  readonly rest: string;
}

/** Draws the roads of outcomes as one tree, a line a hop, with the share wherever the road parts. */
export function drawRoad(outcomes: readonly Outcome[], style: Style): readonly string[] {
  if (outcomes.length === 0) return [];
  const lines: string[] = [];
  drawBranch(treeOf(outcomes), { first: '', rest: '' }, {}, style, lines);
  return lines;
}

/** What the lines before have said already, so that it isn't said again. */
interface Said {
  readonly stack?: string | undefined;
  readonly quality?: Quality | undefined;
}

function drawBranch(branch: Branch, { first, rest }: Place, said: Said, style: Style, lines: string[], share?: Share) {
  const { paint } = style;
  let { stack } = said;
  let lead = first;
  let label = share === undefined ? '' : `${paint.bold(shareText(share, said.quality))} `;
  const put = (glyph: string, text: string, goesOn: boolean) => {
    const guide = `${rest}${goesOn ? '│' : ' '}${' '.repeat(stringWidth(glyph))}`;
    for (const line of wrapped(`${label}${text}`, `${lead}${glyph} `, guide, style.width)) lines.push(line);
    lead = rest;
    label = '';
  };
  const hops = joined(branch.hops);
  const end = branch.branches.length === 0 ? branch.outcomes[0]! : undefined;
  for (const [index, hop] of hops.entries()) {
    const isEnd = end !== undefined && index === hops.length - 1 && endsAt(hop, end);
    const glyph = isEnd ? paint.green('→') : '●';
    put(glyph, hopText(hop, hop.stack === stack ? undefined : hop.stack, style), !isEnd);
    if (isEnd) return;
    stack = hop.stack ?? stack;
  }
  if (end !== undefined) {
    const { glyph, colour, ...text } = endOf(end);
    put(paint[colour](glyph), drawn({ glyph, colour, ...text }, style), false);
    return;
  }
  for (const [index, next] of branch.branches.entries()) {
    const isLast = index === branch.branches.length - 1;
    const place = { first: `${rest}${isLast ? '└─' : '├─'}`, rest: `${rest}${isLast ? '  ' : '│ '}` };
    drawBranch(next, place, { stack, quality: share?.quality }, style, lines, together(next.outcomes));
  }
}

/** Whether the last hop of a road is what takes the request, so that its end needs no line of its own. */
function endsAt({ hop, id, stack }: TraceEntry, { destination, status, page }: Outcome): boolean {
  const isTaken = hop === destination.type && (hop === 'target-group' || hop === 'origin');
  return isTaken && status === null && page === undefined && id === destination.id && stack === destination.stack;
}

/** Steps of one hop that follow each other are one line: the group, its weight, how its targets take turns. */
function joined(hops: readonly TraceEntry[]): readonly TraceEntry[] {
  const lines: TraceEntry[] = [];
  for (const hop of hops) {
    const last = lines.at(-1);
    if (last?.hop === hop.hop && last.id === hop.id && last.stack === hop.stack) {
      const facts = [...new Set([...last.facts, ...hop.facts])];
      lines[lines.length - 1] = { ...last, because: `${last.because}; ${hop.because}`, facts };
    } else lines.push(hop);
  }
  return lines;
}

/** `listener rule ApiRule in Shop-us-east-1: priority 10 matched path /api/*  ALB-1, ALB-3`. */
function hopText(hop: TraceEntry, stack: string | undefined, { paint }: Style): string {
  const where = stack === undefined ? '' : ` in ${paint.cyan(printable(stack))}`;
  const facts = hop.facts.length === 0 ? '' : `  ${paint.dim(unbroken(printable(hop.facts.join(', '))))}`;
  const word = WORDS[hop.hop];
  const id = paint.bold(printable(hop.id));
  // What is named like its kind, such as `behavior 0`, needs no other word.
  const name = hop.id.startsWith(`${word} `) ? id : `${word} ${id}`;
  return `${name}${where}: ${printable(hop.because)}${facts}`;
}
