import { decide } from '../../../lambda/health-monitor/decide';
import { observe } from '../../../lambda/health-monitor/observe';
import { aTarget, closedPort, openNetwork, serveHttp, stopServers } from './builders';

afterEach(stopServers);

const config = { service: 'shop', attempts: 3, needed: 2, spacingMillis: 40 };

test('observes every target and control once a round, the rounds apart', async () => {
  const port = await serveHttp((_, response) => response.end());
  const target = aTarget({ port });
  const control = aTarget({ port: await serveHttp((_, response) => response.end()) });
  const observations = await observe({ ...config, targets: [target], controls: [control] }, openNetwork);
  expect(observations.map((one) => [one.target === target, one.control, one.round, one.cause])).toEqual([
    [true, false, 0, 'passed'],
    [false, true, 0, 'passed'],
    [true, false, 1, 'passed'],
    [false, true, 1, 'passed'],
    [true, false, 2, 'passed'],
    [false, true, 2, 'passed'],
  ]);
  // Twice 40 ms, and what the clocks' rounding may take off.
  expect(observations[5]!.atMillis - observations[0]!.atMillis).toBeGreaterThan(75);
});

test('one blip of a server is no verdict', async () => {
  let requests = 0;
  const port = await serveHttp((_, response) => response.writeHead(++requests === 2 ? 500 : 200).end());
  const rules = { ...config, spacingMillis: 0, targets: [aTarget({ port })], controls: [] };
  const observations = await observe(rules, openNetwork);
  expect(observations.map((one) => one.detail)).toEqual(['200', '500', '200']);
  expect(decide(observations, rules, Date.now())).toMatchObject([{ verdict: 'healthy' }]);
});

test('a dead server beside a living one is unhealthy', async () => {
  const living = await serveHttp((_, response) => response.end());
  const targets = [aTarget({ port: living }), aTarget({ port: 1, region: 'eu-west-1' })];
  const rules = { ...config, spacingMillis: 0, targets, controls: [] };
  const observations = await observe(rules, openNetwork);
  expect(decide(observations, rules, Date.now())).toMatchObject([
    { region: 'us-east-1', verdict: 'healthy' },
    { region: 'eu-west-1', verdict: 'unhealthy', reason: expect.stringContaining('ECONNREFUSED') },
  ]);
});

test('a monitor that resolves nothing knows nothing', async () => {
  const resolve = () => Promise.reject(Object.assign(new Error(), { code: 'EAI_AGAIN', syscall: 'getaddrinfo' }));
  const targets = [aTarget({ port: await closedPort() })];
  const rules = { ...config, spacingMillis: 0, targets, controls: [aTarget()] };
  const observations = await observe(rules, { ...openNetwork, resolve });
  expect(decide(observations, rules, Date.now())).toMatchObject([
    { verdict: 'unknown', reason: expect.stringContaining('no evidence (dns: EAI_AGAIN)') },
  ]);
});
