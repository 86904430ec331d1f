import { CONFIG_VARIABLE, ConfigurationError, readConfig } from '../../../lambda/health-monitor/config';

const target = {
  region: 'us-east-1',
  protocol: 'https',
  host: 'shop.example.com',
  port: 443,
  path: '/live',
  status: '200-299,302',
  timeoutMillis: 5_000,
};
const config = { service: 'shop', attempts: 3, needed: 2, spacingMillis: 3_000, targets: [target], controls: [] };
const read = (value: unknown) => readConfig({ [CONFIG_VARIABLE]: JSON.stringify(value) });
const readTarget = (changes: object) => read({ ...config, targets: [target, { ...target, ...changes }] });

test('reads a configuration', () => {
  const control = { ...target, host: '192.0.2.1', searchString: 'ok', allowPrivateAddresses: true, status: '200' };
  expect(read({ ...config, controls: [control] })).toEqual({
    ...config,
    targets: [
      {
        ...target,
        allowPrivateAddresses: false,
        status: [
          { from: 200, to: 299 },
          { from: 302, to: 302 },
        ],
      },
    ],
    controls: [{ ...control, status: [{ from: 200, to: 200 }] }],
  });
});

test.each([
  [undefined, 'the environment variable HEADGATE_MONITOR is missing'],
  ['', 'the environment variable HEADGATE_MONITOR is missing'],
  ['{"service":', 'the environment variable HEADGATE_MONITOR is not JSON'],
  ['[]', "'HEADGATE_MONITOR' must be an object, got []"],
])('fails when the variable holds %s', (text, message) => {
  expect(() => readConfig({ [CONFIG_VARIABLE]: text })).toThrow(new ConfigurationError(message));
});

test.each([
  [{ service: '' }, '\'service\' must be a string of 1 to 255 characters, got ""'],
  [{ service: undefined }, "'service' must be a string of 1 to 255 characters, got undefined"],
  [{ attempts: 0 }, "'attempts' must be an integer from 1 to 10, got 0"],
  [{ attempts: 11 }, "'attempts' must be an integer from 1 to 10, got 11"],
  [{ needed: 1 }, "'needed' must be an integer from 2 to 3, got 1"],
  [{ needed: 4 }, "'needed' must be an integer from 2 to 3, got 4"],
  [{ spacingMillis: -1 }, "'spacingMillis' must be an integer from 0 to 10000, got -1"],
  [{ targets: [] }, "'targets' must be a list of 1 to 20, got []"],
  [{ targets: 'all' }, '\'targets\' must be a list of 1 to 20, got "all"'],
  [{ controls: null }, "'controls' must be a list of 0 to 20, got null"],
  [{ controls: [7] }, "'controls[0]' must be an object, got 7"],
])('fails with %j', (changes, message) => {
  expect(() => read({ ...config, ...changes })).toThrow(new ConfigurationError(message));
});

test.each([
  [{ protocol: 'ftp' }, "'targets[1].protocol' must be 'http' or 'https', got \"ftp\""],
  [{ host: 'user@shop' }, '\'targets[1].host\' must be a host name or an address, got "user@shop"'],
  [{ host: 'shop/path' }, '\'targets[1].host\' must be a host name or an address, got "shop/path"'],
  [{ port: 0 }, "'targets[1].port' must be an integer from 1 to 65535, got 0"],
  [{ port: '443' }, '\'targets[1].port\' must be an integer from 1 to 65535, got "443"'],
  [{ path: 'live' }, "'targets[1].path' must be printable ASCII that starts with '/', got \"live\""],
  [{ path: '/a\r\nX: y' }, "'targets[1].path' must be printable ASCII that starts with '/', got \"/a\\r\\nX: y\""],
  [{ status: '99' }, "'targets[1].status' must be statuses such as '200', '200,204' or '200-399', got \"99\""],
  [
    { status: '300-200' },
    "'targets[1].status' must be statuses such as '200', '200,204' or '200-399', got \"300-200\"",
  ],
  [{ searchString: '' }, '\'targets[1].searchString\' must be a string of 1 to 255 characters, got ""'],
  [{ timeoutMillis: 10_001 }, "'targets[1].timeoutMillis' must be an integer from 1 to 10000, got 10001"],
  [{ allowPrivateAddresses: 'yes' }, '\'targets[1].allowPrivateAddresses\' must be a boolean, got "yes"'],
])('fails with a target with %j', (changes, message) => {
  expect(() => readTarget(changes)).toThrow(new ConfigurationError(message));
});
