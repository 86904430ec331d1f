import { type Fields, Symbolic } from '../../../template';
import type { Hop } from '../../hop';
import { destinationAt } from '../../outcome';
import { stepAt } from '../../step';
import type { ActionOwner } from './actions';
import { warningOf } from './unknown';

const FACTS = ['ALB-1'];

/**
 * An authenticate action: a client with the session cookie passes, another one is sent to the identity provider, turned away or let
 * through. What the cookie holds isn't looked at: whoever gives one means a client that is logged in.
 */
export function compileAuthentication(action: Fields, owner: ActionOwner, onward: Hop): Hop {
  const isCognito = action.string('Type') === 'authenticate-cognito';
  const config = action.object(isCognito ? 'AuthenticateCognitoConfig' : 'AuthenticateOidcConfig');
  const cookie = `${config?.string('SessionCookieName') ?? 'AWSELBAuthSessionCookie'}-0`;
  const passes = stepAt('listener-rule', owner.resource, `the cookie ${cookie} shows a session`, FACTS);
  const stranger = strangerHop(config, isCognito, owner, onward, cookie);
  return {
    pass(passage, road) {
      if (passage.request.cookie(cookie) === undefined) stranger.pass(passage, road);
      else onward.pass(passage.note(passes), road);
    },
  };
}

function strangerHop(
  config: Fields | undefined,
  isCognito: boolean,
  owner: ActionOwner,
  onward: Hop,
  cookie: string,
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
  const step = stepAt('listener-rule', resource, because, FACTS, warningOf(config, ['OnUnauthenticatedRequest']));
  const redirect = destinationAt('redirect', resource);
  const location = isCognito ? cognitoEndpoint(config, owner) : textOf(config, 'AuthorizationEndpoint');
  return { pass: (passage, road) => road.end(passage.note(step), redirect, 302, location) };
}

/** The endpoint of a user pool's domain: the pool's own name in its Region, or a domain of somebody's. */
function cognitoEndpoint(config: Fields | undefined, owner: ActionOwner): string {
  const domain = textOf(config, 'UserPoolDomain');
  const isOwn = domain.includes('.') && !(config?.raw('UserPoolDomain') instanceof Symbolic);
  const region = owner.resource.stack.region ?? '${AWS::Region}';
  return `https://${isOwn ? domain : `${domain}.auth.${region}.amazoncognito.com`}/oauth2/authorize`;
}

function textOf(config: Fields | undefined, name: string): string {
  const text = config?.text(name);
  return text instanceof Symbolic ? text.text : (text ?? '');
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
