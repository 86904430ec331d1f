import { HeadgateError } from '../../../errors';
import { describeResource, Fields, type Resource } from '../../../template';
import type { Hop } from '../../hop';
import { coverKey, stepAt } from '../../step';
import type { World } from '../../world';
import { rulesOf, strayRules, strayRuleWarning } from '../parts-of';
import { type ActionContext, compileActions } from './actions';
import { loginReturn, returnsFromLogin } from './login-return';
import { compileRule, conditionsTest, type Rule, unknownPriority } from './rule';
import { RuleIndex } from './rule-index';
import { Verdict } from './verdict';

/** A listener of an Application Load Balancer. */
export interface Listener {
  readonly resource: Resource;
  readonly port: number;
  /** `HTTP` or `HTTPS`; undefined if it isn't known. */
  readonly protocol: string | undefined;
  /** Its rules and its default: where a request goes that speaks its protocol. */
  readonly routing: Hop;
}

/**
 * Compiles the rules of a listener, wherever their stacks put them: by priority, the default last (ALB-1).
 *
 * @throws HeadgateError HM2007 if two rules have the same priority.
 */
export function compileListener(
  resource: Resource,
  context: ActionContext,
  dropsInvalidHeaders: boolean | undefined,
  world: World,
): Listener {
  const fields = Fields.of(resource);
  const { port } = context;
  const around = { port, dropsInvalidHeaders, regexes: world.regexes };
  const its = rulesOf(resource, world.templates);
  const comesBack = loginReturn(resource, its);
  const rules = its
    .map((rule) => compileRule(rule, around, context, world))
    .sort(
      (one, other) => (one.priority ?? Number.POSITIVE_INFINITY) - (other.priority ?? Number.POSITIVE_INFINITY) || 0,
    );
  refuseSamePriorities(rules);
  const owner = { ...context, resource, transforms: (onward: Hop) => onward };
  const byDefault = defaultHop(resource, compileActions(fields, 'DefaultActions', owner, world), rules.length > 0);
  const protocol = fields.string('Protocol')?.toUpperCase();
  const isProtocolUnknown = fields.isSymbolic('Protocol');
  const strays = strayRules(world.templates);
  const strayText = strayRuleWarning(strays);
  const mayTake = strays.map((rule) => conditionsTest(rule, around));
  const warnings = [
    ...rules.flatMap((rule) => unknownPriority(rule) ?? []),
    ...(strayText === undefined ? [] : [strayText]),
    ...(isProtocolUnknown ? [`${fields.at('Protocol')} isn't known and is taken for the request's.`] : []),
  ];
  const step = stepAt('listener', resource, `${protocol ? `${protocol} on ` : ''}port ${port}`, ['ALB-1'], {
    ...(warnings.length === 0 ? {} : { warning: warnings.join(' ') }),
  });
  const index = new RuleIndex(rules, port);
  const unordered = rules.filter(({ priority }) => priority === undefined);
  const routing: Hop = {
    pass(passage, road) {
      const { request } = passage;
      const isOpen = isProtocolUnknown || (mayTake.length > 0 && mayTake.some((test) => test(request)));
      let here = (isOpen ? passage.part(1, 'bounded', 0, 1) : passage).note(step);
      if (comesBack && returnsFromLogin(request)) here = here.atBest('undocumented').note(comesBack);
      for (const rule of index.candidates(request)) {
        const verdict = rule.test(request);
        if (verdict >= Verdict.LIKELY) {
          const mayBeLater =
            unordered.length > 0 && unordered.some((other) => other !== rule && other.test(request) !== Verdict.NO);
          return rule.take(mayBeLater ? here.part(1, 'bounded', 0, 1) : here, road, verdict);
        }
        if (verdict === Verdict.UNKNOWN) here = rule.doubt(here);
      }
      byDefault.pass(here, road);
    },
  };
  return { resource, port, protocol, routing };
}

function defaultHop(listener: Resource, actions: Hop, hasRules: boolean): Hop {
  const because = hasRules ? 'no rule matched' : 'it has no rules but the default';
  const step = stepAt('listener-rule', listener, because, ['ALB-1'], { covers: coverKey(listener, 'default') });
  return { pass: (passage, road) => actions.pass(passage.note(step), road) };
}

function refuseSamePriorities(rules: readonly Rule[]): void {
  rules.forEach((rule, place) => {
    const before = rules[place - 1];
    if (rule.priority === undefined || rule.priority !== before?.priority) return;
    const both = `${describeResource(before.resource)} and ${describeResource(rule.resource)}`;
    throw new HeadgateError(
      'HM2007',
      `${both} have the same Priority, ${rule.priority}: on one listener each needs its own.`,
    );
  });
}
