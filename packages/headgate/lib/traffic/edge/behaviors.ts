import { type Fields, type Resource, Symbolic } from '../../template';
import type { Hop, Road } from '../hop';
import type { Glob } from '../matching/glob';
import type { Passage } from '../passage';
import { coverKey, type Step, stepAt } from '../step';
import { Behavior } from './behavior';
import { type Edge, listedBehaviors, partOf, unknownOf } from './config';
import { compilePathPattern, normalizePath } from './path';

/** The behaviors of a distribution: the first listed one whose pattern matches the path, else the default (CF-1). */
export class Behaviors implements Hop {
  private readonly listed: readonly Entry[];
  private readonly fallback: Entry;
  private readonly root: Root | undefined;
  /** That there may be more of them; undefined if all are known. */
  private readonly unlisted: Step | undefined;

  constructor(edge: Edge) {
    this.listed = listedBehaviors(edge.config).map((fields, index) => new Entry(fields, index, edge));
    const fallback = edge.config.object('DefaultCacheBehavior');
    if (!fallback) throw edge.config.wrong('DefaultCacheBehavior', 'a mapping that is known', null);
    this.fallback = new Entry(fallback, undefined, edge);
    this.root = rootOf(edge, (path) => this.entryOf(path));
    this.unlisted = unlistedStep(edge);
  }

  pass(passage: Passage, road: Road): void {
    const path = normalizePath(passage.request.path);
    let at = passage;
    if (this.root !== undefined && passage.request.path === '/') {
      at = this.root.doubt(passage).note(this.root.step);
    }
    if (this.unlisted !== undefined) at = at.part(1, 'bounded', 0, 1).note(this.unlisted);
    let chosen = this.fallback;
    for (const entry of this.listed) {
      if (entry.pattern === undefined) {
        at = at.note(entry.step);
      } else if (entry.pattern.matches(path)) {
        chosen = entry;
        break;
      }
    }
    chosen.hop.pass(at.note(chosen.step), road);
  }

  private entryOf(path: string): Entry {
    return this.listed.find(({ pattern }) => pattern?.matches(path)) ?? this.fallback;
  }
}

/** The object that the origin is asked for in place of `/`. */
interface Root {
  readonly step: Step;
  /** How well it is known what comes of it: its own name may lead to another behavior than `/` does, or isn't known. */
  doubt(passage: Passage): Passage;
}

const certain: Root['doubt'] = (passage) => passage;
const undocumented: Root['doubt'] = (passage) => passage.atBest('undocumented');
const bounded: Root['doubt'] = (passage) => passage.part(1, 'bounded', 0, 1);

/**
 * CloudFront asks the origin for the default root object; no page says if behaviors are compared with its name or with `/` (CF-1). They
 * are compared with `/` here.
 */
function rootOf({ config, resource }: Edge, entryOf: (path: string) => Entry): Root | undefined {
  const unknown = unknownOf(config, ['DefaultRootObject']);
  if (unknown !== undefined) {
    const warning = `Not known, and so counted as left out: ${unknown}.`;
    return {
      step: stepAt('distribution', resource, '/ may stand for another path', ['CF-1'], { warning }),
      // Whatever the object is, the only behavior takes it.
      doubt: config.has('CacheBehaviors') ? bounded : certain,
    };
  }
  const name = config.string('DefaultRootObject')?.replace(/^\//, '') ?? '';
  if (name === '') return undefined;
  const other = entryOf(`/${name}`);
  const isDoubtful = other !== entryOf('/');
  const warning = `${resource.stack.name}/${resource.logicalId}: / stands for /${name}, which ${other.id} would take; whether behaviors are compared with it isn't documented, so they are compared with /.`;
  const step = stepAt('distribution', resource, `/ stands for /${name}`, ['CF-1'], isDoubtful ? { warning } : {});
  return { step, doubt: isDoubtful ? undocumented : certain };
}

/** That the list of behaviors isn't known, or one of them; undefined if all are. */
function unlistedStep({ config, resource }: Edge): Step | undefined {
  const hasUnknown = config.list('CacheBehaviors').some((one) => one instanceof Symbolic);
  if (!hasUnknown && !config.isSymbolic('CacheBehaviors')) return undefined;
  const warning = `Not known, and so counted as taking nothing: behaviors in ${config.at('CacheBehaviors')}.`;
  return stepAt('distribution', resource, 'may have more behaviors', ['CF-1'], { warning });
}

/** A behavior with its pattern. What is behind it is compiled for the first request that it matches. */
class Entry {
  /** Undefined if it isn't known, and for the default behavior, which has none. */
  readonly pattern: Glob | undefined;
  /** That it matched; or, if the pattern isn't known, that it couldn't be tried. */
  readonly step: Step;
  /** Its name in coverage. */
  readonly id: string;
  private compiled: Behavior | undefined;

  constructor(
    private readonly fields: Fields,
    index: number | undefined,
    private readonly edge: Edge,
  ) {
    const text = index === undefined ? undefined : fields.string('PathPattern');
    this.pattern = text === undefined ? undefined : compilePathPattern(text);
    this.step = stepFor(index, text, fields, edge.resource);
    this.id = partOf(index);
  }

  get hop(): Behavior {
    this.compiled ??= new Behavior(this.fields, this.id, this.edge);
    return this.compiled;
  }
}

function stepFor(index: number | undefined, pattern: string | undefined, fields: Fields, resource: Resource): Step {
  const id = partOf(index);
  if (index !== undefined && pattern === undefined) {
    const warning = `${fields.at('PathPattern')} isn't known, so ${id} counts as not matching.`;
    return stepAt('behavior', resource, 'its path pattern is not known', ['CF-1'], { id, warning });
  }
  const because = pattern === undefined ? 'no listed behavior matched' : `matched path ${pattern}`;
  const unknown = unknownOf(fields, ['ViewerProtocolPolicy', 'AllowedMethods', 'TrustedSigners', 'TrustedKeyGroups']);
  return stepAt('behavior', resource, because, ['CF-1'], {
    id,
    covers: coverKey(resource, id),
    ...(unknown === undefined ? {} : { warning: `Not known, and so counted as refusing nothing: ${unknown}.` }),
  });
}
