import { synthesizeAsDocumented } from './synthesized';

const { stacks, resources } = synthesizeAsDocumented('two-accounts');
const ACCOUNTS = { Test: '111111111111', Prod: '222222222222' } as const;

/** What a record is called, and in which zone, in all stacks of a Stage. */
function records(stage: string): { name: string; zone: string }[] {
  return stacks
    .filter(({ stackName }) => stackName.startsWith(`${stage}-`))
    .flatMap(({ stackName }) => resources(stackName, 'AWS::Route53::RecordSet'))
    .map(({ Properties }) => ({ name: Properties.Name, zone: Properties.HostedZoneId }));
}

test('each environment has stacks of its own, in its account', () => {
  expect(stacks.map(({ stackName, account, region }) => [stackName, account, region]).sort()).toEqual([
    ['Prod-Shop-control', ACCOUNTS.Prod, 'us-west-2'],
    ['Prod-Shop-edge', ACCOUNTS.Prod, 'us-east-1'],
    ['Prod-Shop-eu-west-1', ACCOUNTS.Prod, 'eu-west-1'],
    ['Prod-Shop-routing', ACCOUNTS.Prod, 'us-west-2'],
    ['Prod-Shop-us-east-1', ACCOUNTS.Prod, 'us-east-1'],
    ['Test-Shop-control', ACCOUNTS.Test, 'us-west-2'],
    ['Test-Shop-edge', ACCOUNTS.Test, 'us-east-1'],
    ['Test-Shop-eu-west-1', ACCOUNTS.Test, 'eu-west-1'],
    ['Test-Shop-routing', ACCOUNTS.Test, 'us-west-2'],
  ]);
});

test('the stacks of an environment are selected by its name', () => {
  expect(stacks.filter(({ path }) => !/^(Test|Prod)\/Shop\/[\w-]+$/.test(path))).toEqual([]);
});

test.each([
  ['Test', 'shop.test.example.com.', 'Z0123456789TEST'],
  ['Prod', 'shop.example.com.', 'Z0123456789PROD'],
])('%s writes its records into its own zone alone', (stage, service, zone) => {
  expect([...new Set(records(stage).map((record) => record.zone))]).toEqual([zone]);
  expect(records(stage).filter(({ name }) => name !== service && !name.endsWith(`.${service}`))).toEqual([]);
  expect(records(stage).map(({ name }) => name)).toContain(service);
});

test("templates have the account in the name of the CDK's asset bucket alone", () => {
  const text = stacks.map(({ template }) => JSON.stringify(template).replaceAll(/cdk-hnb659fds-assets-\d{12}-/g, ''));
  expect(text.filter((template) => Object.values(ACCOUNTS).some((account) => template.includes(account)))).toEqual([]);
});

test('production has more servers', () => {
  const sizes = stacks.flatMap(({ stackName }) =>
    resources(stackName, 'AWS::AutoScaling::AutoScalingGroup').map(({ Properties }) => [stackName, Properties.MinSize]),
  );
  expect(Object.fromEntries(sizes)).toEqual({
    'Test-Shop-eu-west-1': '1',
    'Prod-Shop-eu-west-1': '3',
    'Prod-Shop-us-east-1': '3',
  });
});
