import { type Fields, Symbolic, type Text } from '../../../template';
import type { Hop } from '../../hop';
import { destinationAt } from '../../outcome';
import type { HttpRequest } from '../../request';
import { stepAt } from '../../step';
import type { ActionOwner } from './actions';
import { warningOf } from './unknown';

/** A redirect: what it doesn't change is the request's own (ALB-8). */
export function compileRedirect(action: Fields, owner: ActionOwner): Hop {
  const config = action.object('RedirectConfig');
  const part = (name: string, whole: string) => compileText(config?.text(name) ?? whole);
  const protocol = part('Protocol', '#{protocol}');
  const host = part('Host', '#{host}');
  const port = part('Port', '#{port}');
  const path = part('Path', '/#{path}');
  const query = part('Query', '#{query}');
  const status = config?.string('StatusCode') === 'HTTP_302' ? 302 : 301;
  const destination = destinationAt('redirect', owner.resource);
  const step = stepAt('listener-rule', owner.resource, `it redirects with ${status}`, ['ALB-8'], {
    ...warningOf(action, ['RedirectConfig']),
    ...warningOf(config, ['StatusCode', 'Protocol', 'Port']),
  });
  return {
    pass(passage, road) {
      const { request } = passage;
      const search = query(request);
      // The port always stands in the Location that ALB sends, 443 and 80 too.
      const location =
        `${protocol(request).toLowerCase()}://${host(request)}:${port(request)}${path(request)}` +
        (search === '' ? '' : `?${search}`);
      road.end(passage.note(step), destination, status, location);
    },
  };
}

type Part = (request: HttpRequest) => string;

const PLACEHOLDERS: Readonly<Record<string, Part>> = {
  '#{protocol}': (request) => request.scheme,
  '#{host}': (request) => request.hostname,
  '#{port}': (request) => String(request.port),
  '#{path}': (request) => request.path.slice(1),
  '#{query}': (request) => request.query ?? '',
};

/** A text with placeholders. A symbolic one stands in the location as it reads. */
function compileText(text: Text): Part {
  const pieces = (text instanceof Symbolic ? text.text : text)
    .split(/(#\{(?:protocol|host|port|path|query)\})/)
    .filter((piece) => piece !== '');
  const parts = pieces.map((piece): Part => PLACEHOLDERS[piece] ?? (() => piece));
  if (parts.length === 1) return parts[0]!;
  return (request) => parts.reduce((made, part) => made + part(request), '');
}
