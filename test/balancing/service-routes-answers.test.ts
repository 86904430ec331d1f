import { CfnParameter, Lazy, Stack } from 'aws-cdk-lib';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Conditions } from '../../lib/balancing';
import { imported, OK, plainListener, refusal, routes, rulesOf } from '../support/routes';

const conditions = [Conditions.pathUnder('/')];
const { redirect, fixedResponse } = elbv2.ListenerAction;

describe('a redirect', () => {
  const unchanged =
    "HG2129: 'action' must redirect to another protocol, host, port or path, got one that changes none of them (ALB-8)";

  test.each<[string, elbv2.RedirectOptions]>([
    ['the query alone', { query: 'a=1' }],
    [
      'nothing, in the words that keep each part',
      { protocol: '#{protocol}', host: '#{host}', port: '#{port}', path: '/#{path}' },
    ],
  ])('fails when it changes %s', (_, options) => {
    expect(refusal(routes(), 'All', { conditions, action: redirect(options) })).toContain(unchanged);
  });

  test.each<[string, elbv2.RedirectOptions]>([
    ['protocol', { protocol: 'HTTPS' }],
    ['host', { host: 'www.#{host}' }],
    ['port', { port: '8443' }],
    ['path and query', { path: '/new/#{path}', query: 'a=1' }],
  ])('takes another %s', (_, options) => {
    const own = routes();
    own.addRoute('All', { conditions, action: redirect(options) });
    expect(Object.keys(rulesOf(own))).toHaveLength(1);
  });

  test('fails when it changes nothing but to what its listener has', () => {
    const stack = new Stack(undefined, 'Shop');
    const own = routes({ listener: plainListener(stack) }, stack);
    const same = redirect({ protocol: 'HTTP', port: '80', query: 'a=1' });
    expect(refusal(own, 'All', { conditions, action: same })).toContain(unchanged);
    expect(refusal(own, 'Other', { conditions, action: redirect({ port: '81' }) })).toBe('nothing was thrown');
  });

  test('that is a token passes', () => {
    class Later extends elbv2.ListenerAction {
      public constructor() {
        super({
          type: 'redirect',
          redirectConfig: Lazy.any({ produce: () => ({ path: '/x', statusCode: 'HTTP_302' }) }),
        });
      }
    }
    expect(refusal(routes(), 'All', { conditions, action: new Later() })).toBe('nothing was thrown');
  });

  test('from HTTPS to HTTP fails on a listener that is known to speak HTTPS, and on no other', () => {
    const stack = new Stack(undefined, 'Shop');
    const action = redirect({ protocol: 'HTTP', host: 'plain.example.com' });
    const plain = plainListener(stack);
    const secure = new elbv2.ApplicationListener(stack, 'Secure', {
      loadBalancer: plain.loadBalancer,
      port: 443,
      certificates: [elbv2.ListenerCertificate.fromArn('arn:aws:acm:eu-west-1:111122223333:certificate/1')],
      defaultAction: OK,
    });
    expect(refusal(routes({ listener: secure }, stack), 'All', { conditions, action })).toContain(
      "HG2129: 'action' must not redirect from HTTPS to HTTP, got the protocol 'HTTP' on an HTTPS listener (ALB-8): leave 'protocol' out",
    );
    for (const listenerOf of [plainListener, imported]) {
      const other = new Stack(undefined, 'Other');
      expect(refusal(routes({ listener: listenerOf(other) }, other), 'All', { conditions, action })).toBe(
        'nothing was thrown',
      );
    }
  });
});

describe('a fixed response', () => {
  test.each<[string, elbv2.ListenerAction, string]>([
    [
      'a status of redirects',
      fixedResponse(302),
      "'statusCode' of a fixed response must be from 200 to 299 or from 400 to 599, got 302",
    ],
    [
      'a status that is none',
      fixedResponse(600),
      "'statusCode' of a fixed response must be from 200 to 299 or from 400 to 599, got 600",
    ],
    [
      'another type',
      fixedResponse(200, { contentType: 'image/png' }),
      "'contentType' of a fixed response must be one of text/plain, text/css, text/html, application/javascript, application/json, got 'image/png'",
    ],
    [
      'a long body',
      fixedResponse(200, { messageBody: 'x'.repeat(1025) }),
      "'messageBody' of a fixed response must have at most 1024 characters, got 1025",
    ],
  ])('fails with %s', (_, action, text) => {
    const message = refusal(routes(), 'All', { conditions, action });
    expect(message).toContain(`HG2130: ${text}`);
    expect(message).toMatch(/\[at Shop\/Routes\]$/);
  });

  test('takes the limits, and tokens', () => {
    const own = routes();
    const body = new CfnParameter(Stack.of(own), 'Body').valueAsString;
    own.addRoute('Most', {
      conditions,
      action: fixedResponse(599, { contentType: 'application/json', messageBody: 'x'.repeat(1024) }),
    });
    own.addRoute('Token', {
      conditions: [Conditions.pathUnder('/a')],
      action: fixedResponse(200, { messageBody: body }),
    });
    expect(Object.keys(rulesOf(own))).toHaveLength(2);
  });
});
