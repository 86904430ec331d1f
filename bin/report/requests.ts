import { type Answer, HeadgateError, type Outcome, type Traffic } from 'headgate';
import { type Paint, WIDTH, wrap, wrapTo } from './render';
import type { Templates } from './templates';
import { type AskedNames, optionsOf, servingRegions, type TypicalRequest, typicalRequests } from './typical-requests';
import { at, count, list, percent } from './values';

/** More rows than these are no overview. */
const MAX_REQUESTS = 24;
const GAP = 2;
const INDENT = 4;
/** Of the width, at most this much says what is asked; the rest is shared by the situations. */
const REQUEST_WIDTH = 40;
/** Holds a number and its unit together, until lines are broken. */
const NO_BREAK = '\u00a0';

/** A situation and what it is called. */
interface Situation {
  readonly title: string;
  readonly traffic: Traffic;
}

/**
 * Where typical requests go, with everything healthy and with one Region down, as a table.
 *
 * @param folder the cloud assembly, for the command that says more
 */
export function renderRequests(
  traffic: Traffic,
  templates: Templates,
  road: AskedNames,
  folder: string,
  paint: Paint,
): string {
  const { requests, leftOut } = typicalRequests(templates, road);
  if (requests.length === 0) {
    const command = `npx headgate explain ${folder} --url URL --entry ID`;
    return wrap(`no name in DNS leads anywhere: '${command}' says where a request goes from an entry`, '  ');
  }
  const shown = requests.slice(0, MAX_REQUESTS);
  const [down] = servingRegions(templates);
  const situations: Situation[] = [
    { title: 'healthy', traffic },
    ...(down === undefined ? [] : [{ title: `${down} down`, traffic: traffic.given(`region=${down}`) }]),
  ];
  const assumed = new Set<string>();
  const rows = shown.map((request) => ({
    request,
    cells: situations.map(({ traffic: situation }) => cellOf(situation, request, templates, assumed)),
  }));
  const [first] = shown;
  const example = shown.find(({ host, path }) => host === first!.host && path !== '/') ?? first!;
  return [
    ...draw(
      rows,
      situations.map(({ title }) => title),
      paint,
    ),
    '',
    ...notes(requests.length - shown.length, leftOut, [...assumed]).map((note) => wrap(note, '  ')),
    wrap('The whole road of a request, with reasons:', '  '),
    // In one line, however long, so that it can be copied.
    `    ${explainCommand(folder, example)}`,
  ].join('\n');
}

function notes(more: number, leftOut: readonly string[], assumed: readonly string[]): string[] {
  const others = assumed.filter((warning) => !/rate rules|managed rule groups/.test(warning));
  return [
    ...(more > 0 ? [`And ${count(more, 'request')} more, which the command below explains.`] : []),
    ...(leftOut.length > 0
      ? [`Left out, since no request for them can be made up: ${[...new Set(leftOut)].join(', ')}.`]
      : []),
    ...(assumed.length > others.length
      ? ['Rate limits and managed rule groups count as letting everything pass.']
      : []),
    ...others.map((warning) => `Assumed: ${warning}`),
  ];
}

function explainCommand(folder: string, request: TypicalRequest): string {
  const { url, method, clientRegion } = optionsOf(request);
  return [
    `npx headgate explain ${folder} --url ${url}`,
    ...(method === 'GET' ? [] : [`--method ${method}`]),
    ...(clientRegion === undefined ? [] : [`--client-region ${clientRegion}`]),
  ].join(' ');
}

/** The ends of a request in one cell, and what had to be assumed on its way. */
function cellOf(traffic: Traffic, request: TypicalRequest, templates: Templates, assumed: Set<string>): string {
  try {
    const answer = traffic.request(optionsOf(request));
    for (const warning of answer.warnings) assumed.add(warning);
    return endsOf(answer, templates);
  } catch (error) {
    if (error instanceof HeadgateError) return `not known: ${error.message}`;
    throw error;
  }
}

/** The ends with their shares: a Region is named once, before its groups. */
function endsOf(answer: Answer, templates: Templates): string {
  const ends = new Map<string, Map<string, number>>();
  for (const outcome of answer.outcomes.filter(({ share }) => share > 0)) {
    const [place, end] = endOf(outcome, answer, templates);
    const group = ends.get(place) ?? new Map<string, number>();
    group.set(end, (group.get(end) ?? 0) + outcome.share);
    ends.set(place, group);
  }
  return [...ends]
    .map(([place, group]) => {
      const parts = [...group].map(([end, share]) =>
        share > 1 - 1e-9 ? end : `${end} ${percent(share, 1)}`.replaceAll(' ', NO_BREAK),
      );
      return `${place}${place === '' ? '' : ' '}${parts.join(', ')}`;
    })
    .join('; ');
}

function endOf(outcome: Outcome, answer: Answer, templates: Templates): [place: string, end: string] {
  const { destination, status, location = '' } = outcome;
  switch (destination.type) {
    case 'target-group': {
      const stack = templates.stacks.find(({ stackName }) => stackName === destination.stack);
      const resource = stack?.template.Resources?.[destination.id];
      if (!stack || !resource) return ['', destination.id];
      return [stack.region ?? '', templates.name({ stack, id: destination.id, resource })];
    }
    case 'redirect': {
      // A balancer writes the port of HTTPS into the location.
      const same = location.replace(/^(https:\/\/[^/]+):443/, '$1') === answer.asked.url.replace(/^http:/, 'https:');
      return ['', `${status} to ${same ? 'https' : location}`];
    }
    case 'blocked':
      return ['', `${status ?? ''} refused`.trim()];
    case 'fixed-response':
      return ['', `${status} answered`];
    case 'error':
      return ['', status === null ? 'no connection' : `${status} error`];
    case 'no-answer':
      return ['', 'no address'];
    case 'origin':
      return ['', originName(destination, templates)];
    case 'address':
      return ['', destination.id];
  }
}

interface Row {
  readonly request: TypicalRequest;
  readonly cells: readonly string[];
}

function originName({ id, stack }: Outcome['destination'], templates: Templates): string {
  const origins = templates
    .all('AWS::CloudFront::Distribution')
    .filter(({ stack: { stackName } }) => stackName === stack)
    .flatMap(({ resource }) => list(at(resource.Properties, 'DistributionConfig', 'Origins')));
  const name = at(
    origins.find((origin) => at(origin, 'Id') === id),
    'DomainName',
  );
  return typeof name === 'string' ? name : id;
}

function draw(rows: readonly Row[], titles: readonly string[], paint: Paint): string[] {
  const methods = Math.max(...rows.map(({ request }) => request.method.length));
  const labels = rows.map(({ request }) => labelOf(request, methods));
  const first = Math.min(Math.max(...labels.map((label) => label.length)), REQUEST_WIDTH);
  const room = Math.floor((WIDTH - INDENT - first - titles.length * GAP) / titles.length);
  const broken = rows.map(({ cells }, index) => [
    wrapTo(labels[index]!, first),
    ...cells.map((cell) => wrapTo(cell, room).map((part) => part.replaceAll(NO_BREAK, ' '))),
  ]);
  const widths = ['request', ...titles].map((title, column) =>
    Math.max(title.length, ...broken.flatMap((columns) => columns[column]!.map((part) => part.length))),
  );
  const line = (cells: readonly string[]) =>
    `${' '.repeat(INDENT)}${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(' '.repeat(GAP))}`.trimEnd();
  return [
    paint.dim(line(['request', ...titles])),
    ...rows.flatMap(({ request }, index) => {
      const head = headOf(request);
      const before = rows[index - 1];
      const columns = broken[index]!;
      const height = Math.max(...columns.map((column) => column.length));
      return [
        ...(before && headOf(before.request) === head ? [] : [`  ${head}`]),
        ...Array.from({ length: height }, (_, at) => line(columns.map((column) => column[at] ?? ''))),
      ];
    }),
  ];
}

/** What requests have in common that stand under each other. */
function headOf({ host, near }: TypicalRequest): string {
  return near === undefined ? host : `${host}, asked near ${near}`;
}

/** A request as a row says it, its methods under each other. */
function labelOf({ scheme, method, path }: TypicalRequest, width: number): string {
  return `${method.padEnd(width)} ${path}${scheme === 'http' ? ' by plain HTTP' : ''}`;
}
