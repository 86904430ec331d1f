import { HeadgateError } from '../../errors';
import { describeResource, Fields, type Resource, resourceIn, resourceKey } from '../../template';
import type { Hop, Road } from '../hop';
import type { Regexes } from '../matching/regex';
import { type Destination, destinationAt } from '../outcome';
import type { Filter, Passage } from '../passage';
import { type Quality, worse } from '../quality';
import { WEB_ACL, WEB_ACL_ASSOCIATION } from '../resource-types';
import { type Step, stepAt } from '../step';
import type { WebAcl, World } from '../world';
import { readAction } from './actions';
import { type Doubt, Doubts, warningOf } from './doubts';
import type { End } from './end';
import { Inspection } from './inspection';
import { LabelBook, readsLabels } from './labels';
import { type Bench, compileRules, type Judge } from './rules';

/** Resources that stand for a web ACL of which the templates have no more than that it is there. */
const UNREAD: readonly string[] = [WEB_ACL_ASSOCIATION, 'AWS::WAF::WebACL', 'AWS::WAFRegional::WebACL'];

/**
 * Compiles a web ACL. An association with one outside of the templates lets everything pass, with a warning.
 *
 * @throws HeadgateError HM1006 if the resource is something else.
 */
export function compileWebAcl(resource: Resource, world: World): WebAcl {
  if (resource.type === WEB_ACL) return new CompiledWebAcl(resource, world.regexes);
  if (UNREAD.includes(resource.type)) return new UnreadWebAcl(resource);
  throw new HeadgateError(
    'HM1006',
    `A web ACL must be a resource of type ${WEB_ACL}, got ${describeResource(resource)}.`,
  );
}

class CompiledWebAcl implements WebAcl {
  private readonly judges: readonly Judge[];
  private readonly byDefault: End;
  private readonly doubts: Doubts;
  private readonly blocked: Destination;

  constructor(
    readonly resource: Resource,
    regexes: Regexes,
  ) {
    const bench: Bench = { acl: resource, labels: new LabelBook(rulesReadLabels(resource)), regexes, doubts: [] };
    this.judges = compileRules(resource, bench);
    this.byDefault = defaultOf(resource, bench, this.judges.length > 0);
    this.doubts = bench.doubts.reduce((doubts, doubt) => doubts.with(doubt), Doubts.empty());
    this.blocked = destinationAt('blocked', resource);
  }

  inspect(passage: Passage, road: Road, onward: Hop): void {
    const inspection = new Inspection(passage, this.doubts);
    const end = this.judge(inspection);
    const { filter, step } = inspection.doubts.at(end, (doubts) => this.settle(end, doubts));
    if (end.kind === 'allow') {
      const inspected = inspection.withInserted(end.headers);
      onward.pass((filter ? inspected.through(filter) : inspected).note(step), road);
    } else {
      const known = filter ? blockedBy(filter, inspection.passage) : inspection.passage;
      road.end(known.note(step), this.blocked, end.status, end.location);
    }
  }

  private judge(inspection: Inspection): End {
    for (const judge of this.judges) {
      const end = judge(inspection);
      if (end) return end;
    }
    return this.byDefault;
  }

  /** What an end is worth under doubts. However many there are, the whole share is in doubt once. */
  private settle(end: End, doubts: readonly Doubt[]): { filter: Filter | undefined; step: Step } {
    const quality = doubts.reduce<Quality>((worst, doubt) => worse(worst, doubt.quality), 'exact');
    const facts = [...new Set([...end.facts, ...doubts.flatMap((doubt) => doubt.facts)])];
    const warning = doubts.length === 0 ? {} : { warning: warningOf(doubts) };
    const step =
      end.rule === undefined
        ? stepAt('web-acl', this.resource, end.because, facts, warning)
        : stepAt('web-acl-rule', this.resource, end.because, facts, { ...warning, id: end.rule });
    const mayBlock = doubts.some((doubt) => doubt.quality === 'bounded');
    return { filter: quality === 'exact' ? undefined : { id: this.resource.logicalId, quality, mayBlock }, step };
  }
}

/** A block that isn't certain is in doubt itself: it doesn't concern what passes. */
function blockedBy({ quality, mayBlock }: Filter, passage: Passage): Passage {
  return mayBlock ? passage.part(1, quality, 0, 1) : passage.atBest(quality);
}

function defaultOf(acl: Resource, bench: Bench, hasRules: boolean): End {
  const fields = Fields.of(acl);
  const facts = ['WAF-1', 'WAF-3'];
  const why = hasRules ? 'no rule decides, ' : '';
  const common = { rule: undefined, presumed: false };
  if (fields.isSymbolic('DefaultAction')) {
    const text = "has a DefaultAction that isn't known; it counts as Allow";
    bench.doubts.push({ quality: 'bounded', where: resourceKey(acl), text, facts: [], otherwise: undefined });
    return {
      ...common,
      kind: 'allow',
      status: null,
      location: undefined,
      headers: [],
      because: `${why}default action`,
      facts,
    };
  }
  const action = readAction(fields, 'DefaultAction');
  if (action.kind !== 'allow' && action.kind !== 'block') {
    throw fields.wrong('DefaultAction', 'Allow or Block', action.name);
  }
  const { kind, status, location, headers } = action;
  if (headers.length > 0) facts.push('WAF-5');
  return { ...common, kind, status, location, headers, because: `${why}default action ${action.name}`, facts };
}

/** Whether any rule of a web ACL, or of a group that it refers to, looks at labels. */
function rulesReadLabels(acl: Resource): boolean {
  const rules = Fields.of(acl).raw('Rules');
  if (rules !== undefined && readsLabels(rules)) return true;
  return Fields.of(acl)
    .objects('Rules')
    .some((rule) => {
      const arn = rule.object('Statement')?.object('RuleGroupReferenceStatement')?.raw('Arn');
      const grouped = resourceIn(arn)?.properties.Rules;
      return grouped !== undefined && readsLabels(grouped);
    });
}

class UnreadWebAcl implements WebAcl {
  private readonly step: Step;
  private readonly filter: Filter;

  constructor(readonly resource: Resource) {
    const warning = `${describeResource(resource)} names a web ACL that can't be read; it counts as letting everything pass.`;
    this.filter = { id: resource.logicalId, quality: 'bounded', mayBlock: true };
    this.step = stepAt('web-acl', resource, "a web ACL that can't be read counts as letting it pass", ['WAF-1'], {
      warning,
    });
  }

  inspect(passage: Passage, road: Road, onward: Hop): void {
    onward.pass(passage.through(this.filter).note(this.step), road);
  }
}
