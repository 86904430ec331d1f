import { join } from 'node:path';
import type { App } from 'aws-cdk-lib';
import { ROOT } from '../support/readme';

/** Every app that was made, since an `app.ts` hands out none. */
const mockApps: App[] = [];

jest.mock('aws-cdk-lib', () => {
  const cdk = jest.requireActual<typeof import('aws-cdk-lib')>('aws-cdk-lib');
  class SeenApp extends cdk.App {
    public constructor(...args: ConstructorParameters<typeof App>) {
      super(...args);
      mockApps.push(this);
    }
  }
  return Object.create(cdk, { App: { value: SeenApp } });
});

/** The app of an example, made in this process and not synthesized yet. */
export function appOf(example: string): App {
  require(join(ROOT, 'examples', example, 'app.ts'));
  return mockApps.pop()!;
}
