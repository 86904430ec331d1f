import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { handlerFolder } from '../../lib/core/private/handler-code';

test('a handler is found from the root of the package', () => {
  const folder = handlerFolder('health-monitor');
  expect(folder).toBe(join(__dirname, '..', '..', 'dist', 'handlers', 'health-monitor'));
  expect(existsSync(join(folder, 'index.js'))).toBe(true);
});

test('fails with a handler that was not built', () => {
  expect(() => handlerFolder('nobody')).toThrow(
    /^HG0301: the bundle of the handler 'nobody' must stand in \S+dist\/handlers\/nobody, got nothing there: run npm run build:handlers in the checkout of cdk-headgate$/,
  );
});

test.each([
  ['there is no package.json', () => false, () => '{}'],
  ['every package.json is that of another package', () => true, () => '{"name":"bundle-of-somebody"}'],
])('fails when %s', (_, exists, read) => {
  jest.isolateModules(() => {
    jest.doMock('node:fs', () => ({ existsSync: exists, readFileSync: read }));
    const isolated: typeof import('../../lib/core/private/handler-code') = require('../../lib/core/private/handler-code');
    expect(() => isolated.handlerFolder('health-monitor')).toThrow(
      /^HG0301: handlers are found from the package.json of cdk-headgate, got none above \S+: install the package as it is, rather than bundled into another file$/,
    );
    jest.dontMock('node:fs');
  });
});
