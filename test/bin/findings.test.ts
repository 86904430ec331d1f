import { readFindings, stops } from '../../bin/report/findings';
import { renderFindings, renderProblems } from '../../bin/report/render-findings';
import { stackOf } from './assemblies';

const at = (...paths: string[]) => paths.map((constructPath) => ({ constructPath }));
const REASON = 'A role of one service.';

/** What the CDK wrote of four validators: one complains, one is content with reasons, one broke down. */
const REPORT = {
  version: '54.0.0',
  pluginReports: [
    {
      pluginName: 'AwsSolutions',
      conclusion: 'failure',
      violations: [
        {
          ruleName: 'AwsSolutions-IAM5[Resource::*]',
          description: 'A wildcard.',
          severity: 'error',
          violatingConstructs: at('Shop/a/Policy', 'Shop/b/Policy'),
        },
        {
          ruleName: 'AwsSolutions-S1',
          description: 'No logs.',
          severity: 'warning',
          violatingConstructs: at('Shop/a/Bucket'),
        },
      ],
      suppressedViolations: [
        {
          ruleName: 'AwsSolutions-IAM4[Policy::x]',
          description: 'A managed policy.',
          severity: 'error',
          violatingConstructs: at('Shop/a/Role', 'Shop/b/Role'),
          acknowledgedId: 'AwsSolutions::AwsSolutions-IAM4[Policy::x]',
          acknowledgedAt: 'Shop/b/Role',
          reason: REASON,
        },
      ],
    },
    {
      pluginName: 'HIPAA.Security',
      conclusion: 'success',
      violations: [],
      suppressedViolations: [
        {
          ruleName: 'HIPAA.Security-IAMNoInlinePolicy',
          description: 'An inline policy.',
          severity: 'error',
          violatingConstructs: at('Shop/a/Role'),
          acknowledgedId: 'HIPAA.Security::HIPAA.Security-IAMNoInlinePolicy',
          acknowledgedAt: 'Shop',
          reason: REASON,
        },
      ],
    },
    {
      pluginName: 'Broken',
      conclusion: 'failure',
      violations: [],
      metadata: { error: "Validation plugin 'Broken' failed: oh" },
    },
  ],
};

const acknowledgement = (path: string) => ({
  path,
  type: 'aws:cdk:acknowledged-rules',
  data: { 'AwsSolutions::AwsSolutions-IAM4[Policy::x]': REASON },
});
const STACK = stackOf({}, { metadata: [acknowledgement('Shop/a/Role'), acknowledgement('Shop/b/Role')] });

describe('findings', () => {
  const findings = readFindings(REPORT, [STACK]);

  test('are one for each rule and resource, by family', () => {
    expect(findings.open.map(({ rule, severity, path }) => [rule, severity, path])).toEqual([
      ['IAM5', 'error', 'Shop/a/Policy'],
      ['IAM5', 'error', 'Shop/b/Policy'],
      ['S1', 'warning', 'Shop/a/Bucket'],
    ]);
    expect(findings.acknowledged.map(({ rule, path }) => [rule, path])).toEqual([
      ['IAM4', 'Shop/a/Role'],
      ['IAM4', 'Shop/b/Role'],
      ['IAMNoInlinePolicy', 'Shop/a/Role'],
    ]);
  });

  test('are counted by validator, and their reasons told once', () => {
    expect(renderFindings(findings).split('\n')).toEqual([
      '  validator       open  acknowledged  rules',
      '  AwsSolutions       3             2      1',
      '  HIPAA.Security     0             1      1',
      '  Broken             0             0      0',
      '  3 findings acknowledged for 1 distinct reason',
      '  error: A wildcard. (Shop/a/Policy)',
      '  error: A wildcard. (Shop/b/Policy)',
      '  warning: No logs. (Shop/a/Bucket)',
      `  1. ${REASON}`,
      '     IAM4, IAMNoInlinePolicy on 2 resources',
    ]);
  });

  test('that are open stop, warnings too, and so does a validator that broke down', () => {
    expect(findings.open.every(stops)).toBe(true);
    expect(renderProblems(findings).split('\n')).toEqual([
      "  Validation plugin 'Broken' failed: oh",
      '  error: A wildcard. (AwsSolutions, IAM5)',
      '      Shop/a/Policy',
      '      Shop/b/Policy',
      '  warning: No logs. (AwsSolutions, S1)',
      '      Shop/a/Bucket',
    ]);
  });

  test('are counted once when a validator was asked for several environments', () => {
    const [first] = REPORT.pluginReports;
    const twice = { ...first, violations: [...first!.violations, ...first!.violations] };
    expect(readFindings({ pluginReports: [twice] }, [STACK]).open).toHaveLength(3);
  });

  test('acknowledged on another resource alone are open', () => {
    const { open, acknowledged } = readFindings(REPORT, [stackOf({}, { metadata: [acknowledgement('Shop/b/Role')] })]);
    expect(acknowledged.map(({ path }) => path)).toEqual(['Shop/b/Role', 'Shop/a/Role']);
    expect(open).toContainEqual(
      expect.objectContaining({
        path: 'Shop/a/Role',
        description: 'A managed policy. (acknowledged, but not on this resource)',
      }),
    );
  });

  test('that only inform do not stop', () => {
    const violations = [{ ruleName: 'X', description: 'By the way.', severity: 'info', violatingConstructs: [] }];
    const { open } = readFindings({ pluginReports: [{ pluginName: 'P', conclusion: 'success', violations }] }, []);
    expect(open).toHaveLength(1);
    expect(open.filter(stops)).toEqual([]);
  });

  test('of annotations stop by their errors, not by their warnings', () => {
    const metadata = [
      { path: 'Shop/a', type: 'aws:cdk:warning', data: 'Take care.' },
      { path: 'Shop/a', type: 'aws:cdk:error', data: 'No way.' },
    ];
    const { open, validators } = readFindings({ pluginReports: [] }, [stackOf({}, { metadata })]);
    expect(validators).toEqual(['Annotations']);
    expect(open.filter(stops).map(({ description }) => description)).toEqual(['No way.']);
  });

  test('may be none', () => {
    expect(renderFindings(readFindings({ pluginReports: [] }, []))).toBe('  no validator found anything');
  });
});

test('an acknowledgement whose id holds two colons is counted from the resource, since the report lacks it', () => {
  const metadata = [
    {
      type: 'aws:cdk:acknowledged-rules',
      path: 'Shop/a/Policy',
      data: { 'AwsSolutions-IAM5[Resource::*]': 'The call takes no resource.', 'Other-IAM5[Resource::*]': 'Not here.' },
    },
  ];
  const { acknowledged } = readFindings({ pluginReports: [{ pluginName: 'AwsSolutions' }] }, [
    stackOf({}, { metadata }),
  ]);
  expect(acknowledged).toEqual([
    expect.objectContaining({ rule: 'IAM5', path: 'Shop/a/Policy', reason: 'The call takes no resource.' }),
  ]);
});
