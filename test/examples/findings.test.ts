import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { App, CfnResource, Stack, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks } from 'cdk-nag';
import { acknowledgeFindings } from '../../bin/acknowledgements';
import { readAssembly, readJson } from '../../bin/report/assembly';
import { type Findings, readFindings, VALIDATION_REPORT } from '../../bin/report/findings';
import { PLATFORM } from './acknowledgements';
import { appOf } from './app-of';
import { EXAMPLES } from './folders';

const PACKS = ['AwsSolutions', 'HIPAA.Security', 'NIST.800.53.R5', 'PCI.DSS.321'];
const OF_THE_CDK = 'CloudFormation Validate';
const validation = process.env.CDK_VALIDATION;

beforeAll(() => {
  process.env.CDK_VALIDATION = 'true';
});

afterAll(() => {
  process.env.CDK_VALIDATION = validation;
});

/** What four rule packs and the CDK's own validator say of an app. */
function judge(app: App): Findings {
  Validations.of(app).addPlugins(
    new AwsSolutionsChecks(app),
    new NIST80053R5Checks(app),
    new HIPAASecurityChecks(app),
    new PCIDSS321Checks(app),
  );
  const report = join(app.outdir, VALIDATION_REPORT);
  try {
    app.synth();
  } catch (error) {
    // Findings that are open: the report says them better.
    if (!existsSync(report)) throw error;
  }
  try {
    return readFindings(readJson(report), readAssembly(app.outdir));
  } finally {
    rmSync(app.outdir, { recursive: true });
  }
}

/** Everything that was acknowledged for a rule pack, each with the path of the resource. */
function acknowledged(app: App): string[] {
  const key = Validations.ACKNOWLEDGED_RULES_METADATA_KEY;
  return app.node
    .findAll()
    .filter((node) => CfnResource.isCfnResource(node))
    .flatMap(({ node }) =>
      node.metadata
        .filter(({ type }) => type === key)
        .flatMap(({ data }) => Object.keys(data as object))
        .filter((id) => !id.startsWith('CloudFormation-Validate::'))
        .map((id) => `${node.path} ${id}`),
    );
}

const apps = new Map(EXAMPLES.map((example) => [example, appOf(example)]));
const findings = new Map<string, Findings>();

beforeAll(() => {
  for (const [example, app] of apps) {
    acknowledgeFindings(app, PLATFORM);
    findings.set(example, judge(app));
  }
});

describe.each(EXAMPLES)('the example %s', (example) => {
  test('has no finding and no warning that is not acknowledged on the very resource that has it', () => {
    const { open, failures } = findings.get(example)!;
    expect([open, failures]).toEqual([[], []]);
  });

  test('has findings of each rule pack, all of them acknowledged', () => {
    const packs = new Set(findings.get(example)!.acknowledged.map(({ validator }) => validator));
    expect([...packs]).toEqual(expect.arrayContaining(PACKS));
  });

  test('acknowledges nothing that no rule pack finds', () => {
    const found = new Set(
      findings
        .get(example)!
        .acknowledged.map(({ validator, ruleName, path, unreported }) =>
          unreported ? `${path} ${ruleName}` : `${path} ${validator}::${ruleName}`,
        ),
    );
    expect(acknowledged(apps.get(example)!).filter((entry) => !found.has(entry))).toEqual([]);
  });
});

test("the CDK's own validator looks too", () => {
  const app = new App({ context: { '@aws-cdk/core:validateAgainstDefaultRules': true } });
  new CfnResource(new Stack(app, 'Wrong'), 'Bucket', { type: 'AWS::S3::Bucket', properties: { Nope: 1 } });
  expect(judge(app).open).toContainEqual(
    expect.objectContaining({ validator: OF_THE_CDK, path: expect.stringContaining('Wrong/Bucket') }),
  );
});
