import type { Fields, Resource } from '../../../template';
import type { Hop } from '../../hop';
import type { Regexes } from '../../matching/regex';
import { destinationAt } from '../../outcome';
import type { HttpRequest } from '../../request';
import { stepAt } from '../../step';

/** Puts what a rule rewrites before the hop that takes the request: the routing decision stays (ALB-7). */
export type Transforms = (onward: Hop) => Hop;

/** The transforms of a rule, in the template's order. */
export function compileTransforms(fields: Fields, rule: Resource, regexes: Regexes): Transforms {
  const transforms = fields.objects('Transforms').flatMap((transform) => {
    const type = transform.string('Type');
    if (type === 'url-rewrite') return rewritesOf(transform, 'UrlRewriteConfig', { rule, part: 'url', regexes });
    return type === 'host-header-rewrite'
      ? rewritesOf(transform, 'HostHeaderRewriteConfig', { rule, part: 'host', regexes })
      : [];
  });
  return (onward) => transforms.reduceRight((next, transform) => transform(next), onward);
}

type Part = 'url' | 'host';

interface RewriteContext {
  readonly rule: Resource;
  readonly part: Part;
  readonly regexes: Regexes;
}

function rewritesOf(transform: Fields, config: string, { rule, part, regexes }: RewriteContext): readonly Transforms[] {
  const rewrites = transform.object(config)?.objects('Rewrites') ?? [];
  return rewrites.map((rewrite) => {
    const regex = rewrite.string('Regex');
    const replacement = rewrite.string('Replace');
    const compiled = regex === undefined ? undefined : regexes.compile(regex, rewrite.at('Regex'));
    if (compiled === undefined || replacement === undefined) return unusable(rewrite, rule, part);
    const failed = destinationAt('error', rule);
    const because = (request: HttpRequest) =>
      part === 'url' ? `${regex} rewrote the URL to ${request.target}` : `${regex} rewrote the host to ${request.host}`;
    const step = stepAt('transform', rule, because, ['ALB-7']);
    const failure = stepAt('transform', rule, `${regex} made something that is no ${part} of '${replacement}'`, [
      'ALB-7',
      'ALB-34',
    ]);
    return (onward) => ({
      pass(passage, road) {
        const { request } = passage;
        const text = compiled.replaceFirst(part === 'url' ? request.target : request.host, replacement);
        if (text === undefined) return onward.pass(passage, road);
        const rewritten = part === 'url' ? withTarget(request, text) : withHost(request, text);
        if (rewritten === undefined) return road.end(passage.atBest('undocumented').note(failure), failed, 500);
        onward.pass(passage.as(rewritten).note(step), road);
      },
    });
  });
}

function withTarget(request: HttpRequest, target: string): HttpRequest | undefined {
  if (!target.startsWith('/')) return undefined;
  const question = target.indexOf('?');
  if (question < 0) return request.with({ path: target, query: undefined });
  return request.with({ path: target.slice(0, question), query: target.slice(question + 1) });
}

function withHost(request: HttpRequest, host: string): HttpRequest | undefined {
  return host === '' || /[\s/?#]/.test(host) ? undefined : request.with({ host: host.toLowerCase() });
}

/** A rewrite that can't be tried: the request goes on as it came, and the caller is told. */
function unusable(rewrite: Fields, rule: Resource, part: Part): Transforms {
  const warning = `${rewrite.where} can't be tried here, so the ${part} stays as it came.`;
  const step = stepAt('transform', rule, `the ${part} may be rewritten`, ['ALB-7'], { warning });
  return (onward) => ({ pass: (passage, road) => onward.pass(passage.atBest('undocumented').note(step), road) });
}
