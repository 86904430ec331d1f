import { Fields, type Resource, resourceKey } from '../../../template';
import type { HttpRequest } from '../../request';
import { type Step, stepAt } from '../../step';
import { isAuthentication } from './authenticate';

/** Where an identity provider sends clients back to, on every host of the listener (ALB-39). */
const RETURN_PATH = '/oauth2/idpresponse';

/** Whether a request asks for the path at which clients come back from a login. */
export function returnsFromLogin(request: HttpRequest): boolean {
  return request.path === RETURN_PATH;
}

/** What to say of such requests to a listener that asks for a login; undefined for one that doesn't. */
export function loginReturn(listener: Resource, rules: readonly Resource[]): Step | undefined {
  const actions = [
    ...Fields.of(listener).objects('DefaultActions'),
    ...rules.flatMap((rule) => Fields.of(rule).objects('Actions')),
  ];
  if (!actions.some(isAuthentication)) return undefined;
  const because = `the balancer itself takes clients back from their login at ${RETURN_PATH}`;
  const warning = `${resourceKey(listener)}: what the balancer answers at ${RETURN_PATH} isn't documented; the answer of the rules is assumed.`;
  return stepAt('listener', listener, because, ['ALB-39'], { warning });
}
