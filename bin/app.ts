import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks } from 'cdk-nag';
import { acknowledgeFindings } from './acknowledgements';
import { buildShop } from './shop';

const app = new App();
// cdk.json may have an account as a number.
const context = (key: string): string | undefined => app.node.tryGetContext(key)?.toString();

function yesOrNo(key: string): boolean | undefined {
  const value = context(key);
  if (value !== undefined && value !== 'true' && value !== 'false')
    throw new Error(`the context key '${key}' must be true or false, got '${value}'`);
  return value === undefined ? undefined : value === 'true';
}

buildShop(app, {
  account: context('account'),
  domain: context('domain') ?? 'example.com',
  hostedZoneId: context('hostedZoneId') ?? 'Z0123456789EXAMPLE',
  deletionProtection: yesOrNo('deletionProtection') ?? true,
});

Validations.of(app).addPlugins(
  new AwsSolutionsChecks(app),
  new NIST80053R5Checks(app),
  new HIPAASecurityChecks(app),
  new PCIDSS321Checks(app),
);
acknowledgeFindings(app);
app.synth();
