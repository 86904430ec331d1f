import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { handlerFolder } from '../../../lib/core/private/handler-code';
import { aTarget, serveTcp, stopServers } from './builders';

afterEach(stopServers);

/** Runs the bundle as Lambda does: the module is loaded, its handler called, a rejection fails the invocation. */
function invoke(environment: Record<string, string>): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const file = join(handlerFolder('health-monitor'), 'index.js');
  const script = `require(${JSON.stringify(file)}).handler({}).catch((error) => { console.error(error.name + ': ' + error.message); process.exit(1); })`;
  const child = spawn(process.execPath, ['-e', script], { env: environment });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => (stdout += chunk));
  child.stderr.on('data', (chunk) => (stderr += chunk));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
}

test('the bundled handler refuses the loopback address, says so in one metric line, and succeeds', async () => {
  let connections = 0;
  const port = await serveTcp(() => connections++);
  const target = { ...aTarget({ port, allowPrivateAddresses: true }), status: '200' };
  const config = { service: 'shop', attempts: 3, needed: 2, spacingMillis: 0, targets: [target], controls: [] };
  const { code, stdout, stderr } = await invoke({
    AWS_REGION: 'us-west-2',
    HEADGATE_MONITOR: JSON.stringify(config),
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout.trimEnd().split('\n')).toHaveLength(1);
  expect(JSON.parse(stdout)).toMatchObject({
    _aws: { Timestamp: expect.any(Number), CloudWatchMetrics: [{ Namespace: 'CdkHeadgate/Health' }] },
    Service: 'shop',
    Region: 'us-east-1',
    Vantage: 'us-west-2',
    Unknown: 1,
    Verdict: 'unknown',
    Reason: expect.stringContaining('address: reserved address'),
  });
  expect(connections).toBe(0);
});

test.each([
  [{ AWS_REGION: 'us-west-2' }, 'ConfigurationError: the environment variable HEADGATE_MONITOR is missing'],
  [{ AWS_REGION: 'us-west-2', HEADGATE_MONITOR: '{}' }, "ConfigurationError: 'attempts' must be an integer"],
])('fails the invocation with the environment %j', async (environment, message) => {
  const { code, stdout, stderr } = await invoke(environment as Record<string, string>);
  expect(code).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toContain(message);
});
