import { HeadgateError } from '../../../errors';
import type { Fields, Resource } from '../../../template';
import type { Hop } from '../../hop';
import { destinationAt } from '../../outcome';
import { stepAt } from '../../step';
import type { World } from '../../world';
import type { BalancerBase } from '../zones';
import { compileAuthentication, compileTokenCheck, isAuthentication } from './authenticate';
import { compileForward } from './forward';
import { compileRedirect } from './redirect';
import type { Transforms } from './transform';
import { warningOf } from './unknown';

/** What actions need to know of the listener that they belong to. */
export interface ActionContext {
  readonly port: number;
  /** The balancer that it is on: through its zones requests reach the groups. */
  readonly base: BalancerBase;
}

/** What actions need to know of the rule or default that they belong to. */
export interface ActionOwner extends ActionContext {
  /** The rule, or the listener for its default actions. */
  readonly resource: Resource;
  readonly transforms: Transforms;
}

/**
 * The actions of a rule or a listener, in their order: what may turn a client away, and at last what sends the request on or answers it
 * (ALB-1).
 *
 * @throws HeadgateError HM2007 if none sends on or answers.
 */
export function compileActions(fields: Fields, name: string, owner: ActionOwner, world: World): Hop {
  const actions = fields
    .objects(name)
    .map((action, place) => ({ action, order: action.number('Order') ?? place }))
    .sort((one, other) => one.order - other.order)
    .map(({ action }) => action);
  const last = actions.find((action) => isFinal(action.string('Type')));
  if (last === undefined) {
    if (fields.isSymbolic(name)) return unknownActions(fields, name, owner);
    const unknown = actions.find((action) => action.isSymbolic('Type'));
    if (unknown !== undefined) return unknownActions(unknown, 'Type', owner);
    throw new HeadgateError('HM2007', `${fields.at(name)} must have a forward, redirect or fixed-response action.`);
  }
  let hop = compileFinal(last, owner, world);
  for (const action of actions.slice(0, actions.indexOf(last)).reverse()) hop = compileGate(action, owner, hop);
  return hop;
}

function isFinal(type: string | undefined): boolean {
  return type === 'forward' || type === 'redirect' || type === 'fixed-response';
}

function compileFinal(action: Fields, owner: ActionOwner, world: World): Hop {
  switch (action.string('Type')) {
    case 'redirect':
      return compileRedirect(action, owner);
    case 'fixed-response':
      return compileFixedResponse(action, owner);
    default:
      return owner.transforms(compileForward(action, owner, world));
  }
}

function compileGate(action: Fields, owner: ActionOwner, onward: Hop): Hop {
  if (isAuthentication(action)) return compileAuthentication(action, owner, onward);
  if (action.string('Type') === 'jwt-validation') return compileTokenCheck(owner, onward);
  return action.isSymbolic('Type') ? unknownGate(action, owner, onward) : onward;
}

/** Whatever it does, it comes before the action that is known: that it lets the request pass is assumed. */
function unknownGate(action: Fields, owner: ActionOwner, onward: Hop): Hop {
  const warning = `${action.at('Type')} isn't known: it is assumed to let the request pass.`;
  const step = stepAt('listener-rule', owner.resource, 'one of its actions is not known', ['ALB-1'], { warning });
  return { pass: (passage, road) => onward.pass(passage.part(1, 'bounded', 0, 1).note(step), road) };
}

function compileFixedResponse(action: Fields, owner: ActionOwner): Hop {
  const config = action.object('FixedResponseConfig');
  const status = config?.number('StatusCode') ?? null;
  const destination = destinationAt('fixed-response', owner.resource);
  const because = `it answers ${status ?? 'with a status that is not known'}`;
  const step = stepAt('listener-rule', owner.resource, because, ['ALB-1'], warningOf(config, ['StatusCode']));
  return { pass: (passage, road) => road.end(passage.note(step), destination, status) };
}

function unknownActions(fields: Fields, name: string, owner: ActionOwner): Hop {
  const warning = `${fields.at(name)} isn't known, so nobody knows who answers.`;
  const step = stepAt('listener-rule', owner.resource, 'its actions are not known', ['ALB-1'], { warning });
  const destination = destinationAt('target-group', owner.resource, String(fields.raw(name)));
  return { pass: (passage, road) => road.end(passage.part(1, 'bounded', 0, 1).note(step), destination) };
}
