import { App } from 'aws-cdk-lib';
import { buildShop } from './shop';

const app = new App();
const context = (key: string): string | undefined => app.node.tryGetContext(key);
buildShop(app, {
  account: context('account'),
  domain: context('domain') ?? 'example.com',
  hostedZoneId: context('hostedZoneId') ?? 'Z0123456789EXAMPLE',
});
app.synth();
