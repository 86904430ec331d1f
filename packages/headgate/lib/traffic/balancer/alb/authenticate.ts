import { HeadgateError } from '../../../errors';
import { type Fields, Symbolic } from '../../../template';
import type { Hop } from '../../hop';
import { destinationAt } from '../../outcome';
import { stepAt } from '../../step';
import type { ActionOwner } from './actions';
import { warningOf } from './unknown';

const FACTS = ['ALB-1'];

/** Whether an action asks for a login. */
export function isAuthentication(action: Fields): boolean {
  const type = action.string('Type');
  return type === 'authenticate-oidc' || type === 'authenticate-cognito';
}

/**
 * An authenticate action: a client with the session cookie passes, another one is sent to the identity provider, turned away or let
 * through. What the cookie holds isn't looked at: whoever gives one means a client that is logged in.
 */
export function compileAuthentication(action: Fields, owner: ActionOwner, onward: Hop): Hop {
  const isCognito = action.string('Type') === 'authenticate-cognito';
  const name = isCognito ? 'AuthenticateCognitoConfig' : 'AuthenticateOidcConfig';
  const config = action.object(name);
  const cookie = `${config?.string('SessionCookieName') ?? 'AWSELBAuthSessionCookie'}-0`;
  const passes = stepAt('listener-rule', owner.resource, `the cookie ${cookie} shows a session`, FACTS);
  const location = () => {
    if (config === undefined) return placeholder(action, name);
    return isCognito ? cognitoEndpoint(config, owner) : textOf(config, 'AuthorizationEndpoint');
  };
  const stranger = strangerHop(config, owner, onward, cookie, location);
  const known: Hop = {
    pass(passage, road) {
      if (passage.request.cookie(cookie) === undefined) stranger.pass(passage, road);
      else onward.pass(passage.note(passes), road);
    },
  };
  return doubted(action, name, config, owner, known);
}

/** What isn't known of the action decides for clients with cookies if it is the name of the session's, else for all of them. */
function doubted(action: Fields, name: string, config: Fields | undefined, owner: ActionOwner, known: Hop): Hop {
  const ofAll = { ...warningOf(action, [name]), ...warningOf(config, ['OnUnauthenticatedRequest']) }.warning;
  const ofCookies = warningOf(config, ['SessionCookieName']).warning;
  if (ofAll === undefined && ofCookies === undefined) return known;
  const stepOf = (warning: string) =>
    stepAt('listener-rule', owner.resource, 'how it asks for a login is not known', FACTS, { warning });
  const always = ofAll === undefined ? undefined : stepOf([ofAll, ofCookies].filter(Boolean).join(' '));
  const withCookies = ofCookies === undefined ? undefined : stepOf(ofCookies);
  return {
    pass(passage, road) {
      const step = always ?? (passage.request.headers.has('cookie') ? withCookies : undefined);
      known.pass(step === undefined ? passage : passage.part(1, 'bounded', 0, 1).note(step), road);
    },
  };
}

function strangerHop(
  config: Fields | undefined,
  owner: ActionOwner,
  onward: Hop,
  cookie: string,
  locationOf: () => string,
): Hop {
  const { resource } = owner;
  const choice = config?.string('OnUnauthenticatedRequest') ?? 'authenticate';
  if (choice === 'allow') {
    const step = stepAt('listener-rule', resource, 'clients without a session are let through', FACTS);
    return { pass: (passage, road) => onward.pass(passage.note(step), road) };
  }
  if (choice === 'deny') {
    const step = stepAt('listener-rule', resource, 'clients without a session are refused', FACTS);
    const blocked = destinationAt('blocked', resource);
    return { pass: (passage, road) => road.end(passage.note(step), blocked, 401) };
  }
  const because = `without the cookie ${cookie} the client has to log in first`;
  const step = stepAt('listener-rule', resource, because, FACTS);
  const redirect = destinationAt('redirect', resource);
  const location = locationOf();
  return { pass: (passage, road) => road.end(passage.note(step), redirect, 302, location) };
}

/** What stands for a configuration that isn't known. @throws HeadgateError HM2007 if there is none. */
function placeholder(action: Fields, name: string): string {
  const value = action.raw(name);
  if (value instanceof Symbolic) return value.text;
  throw new HeadgateError('HM2007', `${action.at(name)} is missing: nobody could log in.`);
}

/** The endpoint of a user pool's domain: the pool's own name in its Region, or a domain of somebody's. */
function cognitoEndpoint(config: Fields, owner: ActionOwner): string {
  const domain = textOf(config, 'UserPoolDomain');
  const isOwn = domain.includes('.') && !(config.raw('UserPoolDomain') instanceof Symbolic);
  const region = owner.resource.stack.region ?? '${AWS::Region}';
  return `https://${isOwn ? domain : `${domain}.auth.${region}.amazoncognito.com`}/oauth2/authorize`;
}

/** @throws HeadgateError HM2007 if it is missing. */
function textOf(config: Fields, name: string): string {
  const text = config.text(name);
  if (text === undefined) throw new HeadgateError('HM2007', `${config.at(name)} is missing: nobody could log in.`);
  return text instanceof Symbolic ? text.text : text;
}

/**
 * A jwt-validation action: without a bearer's token 401, a status that no page of AWS names; a token that is given counts as valid (ALB-11).
 */
export function compileTokenCheck(owner: ActionOwner, onward: Hop): Hop {
  const { resource } = owner;
  const facts = ['ALB-11'];
  const refused = stepAt('listener-rule', resource, 'it has no bearer token', facts);
  const blocked = destinationAt('blocked', resource);
  const warning = `${resource.stack.name}/${resource.logicalId}: the bearer token is taken for a valid one.`;
  const passes = stepAt('listener-rule', resource, 'its bearer token counts as valid', facts, { warning });
  return {
    pass(passage, road) {
      if (!/^bearer +\S/i.test(passage.request.header('authorization') ?? '')) {
        return road.end(passage.atBest('undocumented').note(refused), blocked, 401);
      }
      onward.pass(passage.part(1, 'bounded', 0, 1).note(passes), road);
    },
  };
}
