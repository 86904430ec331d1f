import type { RequestOptions } from '../../../../lib/traffic';
import { fixed, LB, listener, path, REF, rule } from '../../../support/balancer';
import { ends, trafficOf } from '../../../support/traffic';

const UNKNOWN = REF('Unknown');
const NAME = 'Stack/Listener (AWS::ElasticLoadBalancingV2::Listener): DefaultActions[0].AuthenticateOidcConfig';
const LOGIN = '1 redirect Listener 302 https://login.example.com/authorize';
const SESSION = { 'AWSELBAuthSessionCookie-0': 'x' };

const https = (DefaultActions: readonly object[]) => listener({ Port: 443, Protocol: 'HTTPS', DefaultActions });
const login = (AuthenticateOidcConfig: object | undefined) => ({
  Type: 'authenticate-oidc',
  Order: 1,
  AuthenticateOidcConfig,
});
const to = (more: object) => login({ AuthorizationEndpoint: 'https://login.example.com/authorize', ...more });

function ask(gate: object, more: Partial<RequestOptions> = {}) {
  const traffic = trafficOf({ ...LB, Listener: https([gate, { ...fixed(200), Order: 2 }]) });
  const answer = traffic.request({ url: 'https://a.example.com/', ...more });
  return { ends: ends(answer), quality: answer.outcomes[0]!.quality, warnings: answer.warnings };
}

describe('a login of which is not known', () => {
  test('what strangers get sends them to log in, with a warning', () => {
    const answer = ask(to({ OnUnauthenticatedRequest: UNKNOWN }));
    expect([answer.ends, answer.quality]).toEqual([[LOGIN], 'bounded']);
    expect(answer.warnings).toEqual([`${NAME}.OnUnauthenticatedRequest isn't known: the default is assumed.`]);
  });

  test('the name of its cookie matters to clients with cookies alone', () => {
    const gate = to({ SessionCookieName: UNKNOWN });
    const stranger = ask(gate);
    expect([stranger.ends, stranger.quality, stranger.warnings]).toEqual([[LOGIN], 'exact', []]);
    const other = ask(gate, { cookies: { Mine: 'x' } });
    expect([other.ends, other.quality]).toEqual([[LOGIN], 'bounded']);
    expect(other.warnings).toEqual([`${NAME}.SessionCookieName isn't known: the default is assumed.`]);
    expect(ask(gate, { cookies: SESSION })).toMatchObject({
      ends: ['1 fixed-response Listener 200'],
      quality: 'bounded',
    });
  });

  test('anything at all sends strangers to what stands for it', () => {
    const answer = ask(login(UNKNOWN));
    expect([answer.ends, answer.quality]).toEqual([['1 redirect Listener 302 ${Unknown}'], 'bounded']);
    expect(answer.warnings).toEqual([`${NAME} isn't known: the default is assumed.`]);
  });
});

describe('a login that leads nowhere fails', () => {
  test.each([
    ['without its endpoint', login({}), `${NAME}.AuthorizationEndpoint is missing: nobody could log in.`],
    ['without a configuration', login(undefined), `${NAME} is missing: nobody could log in.`],
    [
      'by Cognito without a domain',
      { Type: 'authenticate-cognito', Order: 1, AuthenticateCognitoConfig: {} },
      'UserPoolDomain is missing: nobody could log in.',
    ],
  ])('%s', (_name, gate, message) => {
    expect(() => ask(gate)).toThrow(message);
  });
});

describe('the path at which clients come back from a login', () => {
  const url = 'https://a.example.com/oauth2/idpresponse';

  test('is doubted on the whole listener if one of its rules asks for a login', () => {
    const traffic = trafficOf({
      ...LB,
      Listener: https([fixed(200)]),
      Rule: rule(1, [path('/private/*')], fixed(200), { Actions: [to({}), { ...fixed(200), Order: 2 }] }),
    });
    const answer = traffic.request({ url });
    expect([ends(answer), answer.outcomes[0]!.quality]).toEqual([['1 fixed-response Listener 200'], 'undocumented']);
  });

  test('is as any other on a listener without a login', () => {
    const answer = trafficOf({ ...LB, Listener: https([fixed(200)]) }).request({ url });
    expect([answer.outcomes[0]!.quality, answer.warnings]).toEqual(['exact', []]);
  });
});
