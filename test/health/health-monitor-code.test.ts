import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { handlerFolder } from '../../lib/core/private/handler-code';

test('the code of a handler is its bundle under the root of the package', () => {
  const folder = handlerFolder('health-monitor');
  expect(folder).toBe(join(__dirname, '../../dist/handlers/health-monitor'));
  expect(readdirSync(folder)).toEqual(['index.js']);
});

test('fails when a handler was not bundled', () => {
  expect(() => handlerFolder('no-such-handler')).toThrow(
    /^HG0301: the bundle of the handler 'no-such-handler' must stand in .*dist.handlers.no-such-handler, got nothing there: run npm run build:handlers/,
  );
});
