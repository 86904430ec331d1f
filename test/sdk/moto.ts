import type { Program } from '../emulated/server';

/** moto, which implements balancers and records by itself. */
export const moto: Program = {
  file: 'moto_server',
  arguments: (port) => ['-H', '127.0.0.1', '-p', `${port}`],
  environment: () => ({}),
  ready: '/moto-api/',
};
