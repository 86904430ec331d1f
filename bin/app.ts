import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks } from 'cdk-nag';
import { acknowledgeFindings } from './acknowledgements';
import { buildShop } from './shop';

const app = new App();
// cdk.json may have an account as a number.
const context = (key: string): string | undefined => app.node.tryGetContext(key)?.toString();

buildShop(app, {
  account: context('account'),
  domain: context('domain') ?? 'example.com',
  hostedZoneId: context('hostedZoneId') ?? 'Z0123456789EXAMPLE',
});

Validations.of(app).addPlugins(
  new AwsSolutionsChecks(app),
  new NIST80053R5Checks(app),
  new HIPAASecurityChecks(app),
  new PCIDSS321Checks(app),
);
acknowledgeFindings(app);
app.synth();
