import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Program } from './server';

/** ministack, with the gaps of its CloudFormation filled. */
export const ministack: Program = {
  file: join(__dirname, 'fill_gaps.py'),
  arguments: () => [],
  environment(port, folder) {
    const [s3, state] = [join(folder, 's3'), join(folder, 'state')];
    for (const made of [s3, state]) mkdirSync(made, { recursive: true });
    return {
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: `${port}`,
      S3_DATA_DIR: s3,
      STATE_DIR: state,
      // Else it listens on all addresses for these.
      IOT_MTLS_ENABLED: '0',
      SFTP_ENABLED: '0',
      LOG_LEVEL: 'WARNING',
      // The functions of custom resources find the SDK in the runtime; here they find it in the project.
      NODE_PATH: join(__dirname, '..', '..', 'node_modules'),
    };
  },
  ready: '/_ministack/health',
};
