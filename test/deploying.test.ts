import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { buildShop } from '../bin/shop';
import { balancing } from '../lib';
import { Page } from './support/markdown';
import { type ResourceJson, resourcesOf, synthShop, type TemplateJson } from './support/shop';

const PAGE = new Page('docs/deploying.md');
const CDK = join(__dirname, '..', 'node_modules', 'aws-cdk', 'bin', 'cdk');
const ACCOUNT = '111122223333';

/** What AWS counts for each managed rule group, and for each prefix list in a security group. */
const RULE_GROUP_UNITS: Record<string, number> = {
  AWSManagedRulesAmazonIpReputationList: 25,
  AWSManagedRulesCommonRuleSet: 700,
  AWSManagedRulesKnownBadInputsRuleSet: 200,
};
const PREFIX_LIST_WEIGHTS: [RegExp, number][] = [
  [/cloudfront\.origin-facing/, 55],
  [/route53-healthchecks/, 25],
];
const VCPUS: Record<string, number> = { 't4g.small': 2 };

/** Services whose actions have another prefix than the small letters of their resource types' name. */
const IAM_PREFIXES: Record<string, string> = {
  CertificateManager: 'acm',
  ElasticLoadBalancingV2: 'elasticloadbalancing',
};

const app = new App();
buildShop(app, { account: ACCOUNT, domain: 'example.com', hostedZoneId: 'Z0123456789EXAMPLE' });
const stacks = app.synth().stacks.map((stack) => ({
  name: stack.stackName,
  path: stack.displayName.replace(/ \(.*/, ''),
  region: stack.environment.region,
  dependencies: stack.dependencies.flatMap((other) => ('stackName' in other ? [String(other.stackName)] : [])),
  template: stack.template as TemplateJson & { Parameters?: object },
}));
const sites = stacks.filter(({ name, region }) => name === `Shop-${region}`);
const site = templateOf('Shop-eu-west-1');
const edge = templateOf('Shop-edge');
const everything = stacks.flatMap(({ template }) => Object.values(template.Resources));

function templateOf(name: string): TemplateJson {
  return stacks.find((stack) => stack.name === name)!.template;
}

function properties(template: TemplateJson, type: string): NonNullable<ResourceJson['Properties']>[] {
  return Object.values(resourcesOf(template, type)).map(({ Properties }) => Properties);
}

function count(template: TemplateJson, type: string): number {
  return properties(template, type).length;
}

function countEverywhere(type: string): number {
  return everything.filter(({ Type }) => Type === type).length;
}

/** vCPUs of a site's fleets at a bound of their sizes. */
function vcpus(bound: 'MinSize' | 'MaxSize'): number {
  const types = properties(site, 'AWS::EC2::LaunchTemplate').map((one) => one.LaunchTemplateData.InstanceType);
  const sizes = properties(site, 'AWS::AutoScaling::AutoScalingGroup').map((group) => Number(group[bound]));
  return sizes.reduce((sum, size, fleet) => sum + size * VCPUS[types[fleet]]!, 0);
}

function zones(): number {
  return properties(site, 'AWS::AutoScaling::AutoScalingGroup')[0].VPCZoneIdentifier.length;
}

/** The inbound rules of each security group with a prefix list, by the list's weight. */
function prefixListRules(): number[] {
  const weights = new Map<string, number>();
  for (const { GroupId, SourcePrefixListId } of properties(site, 'AWS::EC2::SecurityGroupIngress')) {
    if (SourcePrefixListId === undefined) continue;
    const lookup = JSON.stringify(site.Resources[SourcePrefixListId['Fn::GetAtt'][0]]);
    const weight = PREFIX_LIST_WEIGHTS.find(([name]) => name.test(lookup))![1];
    const [group] = GroupId['Fn::GetAtt'];
    weights.set(group, (weights.get(group) ?? 0) + weight);
  }
  return [...weights.values()].sort((a, b) => b - a);
}

function ruleGroupUnits(template: TemplateJson): number {
  const names = properties(template, 'AWS::WAFv2::WebACL')[0].Rules.flatMap(
    (rule: { Statement: { ManagedRuleGroupStatement?: { Name: string } } }) =>
      rule.Statement.ManagedRuleGroupStatement?.Name ?? [],
  );
  return names.reduce((sum: number, name: string) => sum + RULE_GROUP_UNITS[name]!, 0);
}

function certificatesIn(region: string): number {
  const here = stacks.filter((stack) => stack.region === region);
  return here.reduce((sum, { template }) => sum + count(template, 'AWS::CertificateManager::Certificate'), 0);
}

function cdk(...args: string[]): string {
  return execFileSync(process.execPath, [CDK, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

test('every step says whether it was emulated', () => {
  const steps = PAGE.headings().filter((heading) => /^\d+\. /.test(heading));
  expect(steps).toHaveLength(10);
  for (const step of steps) expect(PAGE.section(step)).toMatch(/^\s*\*[^*]*([Ee]mulated|[Dd]ocumented)[^*]*\*/);
});

describe('the quotas', () => {
  const rows = PAGE.table('3. Check the quotas', ['Quota', 'Service and code', 'Default', 'The reference app']);
  const row = (quota: string): Record<string, string> => rows.find(({ Quota }) => Quota === quota)!;
  const balancing = 'AWS::ElasticLoadBalancingV2';
  const uses: Record<string, () => string> = {
    'Running On-Demand Standard instances, in vCPUs': () => `${vcpus('MinSize')} at first, ${vcpus('MaxSize')} at most`,
    'Elastic IP addresses': () => `${count(site, 'AWS::EC2::EIP')}`,
    'NAT gateways per Availability Zone': () => `${count(site, 'AWS::EC2::NatGateway') / zones()}`,
    'VPCs, and as many internet gateways': () => `${count(site, 'AWS::EC2::VPC')}`,
    'Inbound rules per security group': () => `${Math.max(...prefixListRules())}`,
    'Security groups per network interface': () =>
      `${properties(site, `${balancing}::LoadBalancer`)[0].SecurityGroups.length}`,
    'Application Load Balancers': () => `${count(site, `${balancing}::LoadBalancer`)}`,
    'Target groups': () => `${count(site, `${balancing}::TargetGroup`)}`,
    'Rules per balancer': () => `${count(site, `${balancing}::ListenerRule`)}`,
    'IAM roles per account': () => `${countEverywhere('AWS::IAM::Role')}, and 5 for each bootstrapped Region`,
    'Lambda concurrent executions': () => `${count(site, 'AWS::Lambda::Function')} functions`,
    Certificates: () => `${certificatesIn('us-east-1')} in us-east-1, ${certificatesIn('eu-west-1')} in eu-west-1`,
    'Capacity of a web ACL, its managed groups alone': () =>
      `${ruleGroupUnits(edge)} at the edge, ${ruleGroupUnits(site)} at a balancer`,
    'Distributions per account': () => `${countEverywhere('AWS::CloudFront::Distribution')}`,
    'Health checks per account': () => `${countEverywhere('AWS::Route53::HealthCheck')}`,
    'Records per zone': () => `${countEverywhere('AWS::Route53::RecordSet')}, and those of the certificates`,
  };

  test('are those that are counted', () => {
    expect(rows.map(({ Quota }) => Quota)).toEqual(Object.keys(uses));
  });

  test.each(Object.entries(uses))('%s: the reference app uses what the page says', (quota, use) => {
    expect(row(quota)['The reference app']).toBe(use());
  });

  test('the two prefix lists stand in two groups, and would not fit into one', () => {
    const [cloudFront, checkers, ...others] = prefixListRules();
    expect(others).toEqual([]);
    expect(cloudFront! + checkers!).toBeGreaterThan(Number(row('Inbound rules per security group').Default));
    expect(PAGE.section('3. Check the quotas')).toContain(
      `CloudFront's as ${cloudFront} rules of a security group, that of Route 53's\nhealth checkers as ${checkers}`,
    );
  });

  test('a second Stage exceeds the default of addresses', () => {
    const addresses = 2 * count(site, 'AWS::EC2::EIP');
    const { Default } = row('Elastic IP addresses');
    expect(addresses).toBeGreaterThan(Number(Default));
    expect(PAGE.section('3. Check the quotas')).toContain(`needs ${addresses} addresses of ${Default}`);
  });

  test('both sites use the same', () => {
    const types = sites.map(({ template }) => Object.values(template.Resources).map(({ Type }) => Type));
    expect(sites).toHaveLength(2);
    expect(types[0]!.sort()).toEqual(types[1]!.sort());
  });
});

describe('bootstrap', () => {
  test('is told every environment of the app, and no other', () => {
    const environments = new Set(stacks.map(({ region }) => `aws://${ACCOUNT}/${region}`));
    const whole = PAGE.commands('npx cdk bootstrap').filter((command) => command.split('aws://').length > 2);
    expect(whole).toHaveLength(2);
    for (const command of whole) expect(new Set(command.match(/aws:\/\/\S+/g))).toEqual(environments);
  });

  test('makes what the page says, in the version that it names', () => {
    const template = JSON.parse(cdk('bootstrap', '--show-template', '--json'));
    const resources: ResourceJson[] = Object.values(template.Resources);
    const ofType = (type: string): ResourceJson[] => resources.filter(({ Type }) => Type === type);
    const text = PAGE.section('4. Bootstrap');
    expect(text).toContain(`${ofType('AWS::IAM::Role').length} roles`);
    expect(text).toContain(
      `version of its template, ${ofType('AWS::SSM::Parameter')[0]!.Properties.Value} with the CLI`,
    );
    expect([ofType('AWS::S3::Bucket'), ofType('AWS::ECR::Repository')].map(({ length }) => length)).toEqual([1, 1]);
  });
});

test('the policy for CloudFormation has the services of the templates', () => {
  const services = new Set(['ssm']);
  for (const { Type } of everything) {
    const [vendor, service = ''] = Type.split('::');
    if (vendor === 'AWS') services.add(IAM_PREFIXES[service] ?? service.toLowerCase());
  }
  expect(stacks.every(({ template }) => JSON.stringify(template.Parameters).includes('AWS::SSM::Parameter'))).toBe(
    true,
  );
  const [, policy] = /```json\n(\{[\s\S]*?\})\n```/.exec(PAGE.section('5. Permissions'))!;
  expect(JSON.parse(policy!).Statement[0].Action).toEqual([...services].sort().map((service) => `${service}:*`));
});

test('the stacks have these Regions, resources and dependencies', () => {
  const dependenciesOf = (name: string): string[] => stacks.find((stack) => stack.name === name)!.dependencies;
  const rows = PAGE.table('6. Deploy', ['', 'Stack', 'Region', 'Resources', 'Waits for']);
  const expected = stacks.map(({ name, region, template, dependencies }) => {
    const implied = dependencies.flatMap(dependenciesOf);
    const direct = dependencies.filter((other) => !implied.includes(other));
    const waits = direct.length === sites.length ? 'both sites' : direct.join().replace('Shop-', '');
    const resources = `${Object.keys(template.Resources).length}`;
    return expect.objectContaining({ Stack: name, Region: region, Resources: resources, 'Waits for': waits });
  });
  expect(rows).toHaveLength(expected.length);
  expect(rows).toEqual(expect.arrayContaining(expected));
});

test('servers have as long to signal as the page says, and are of the type that it looks for', () => {
  const groups = Object.values(resourcesOf(site, 'AWS::AutoScaling::AutoScalingGroup'));
  for (const { CreationPolicy } of groups as { CreationPolicy?: { ResourceSignal: object } }[]) {
    expect(CreationPolicy?.ResourceSignal).toMatchObject({ Timeout: 'PT15M' });
  }
  expect(PAGE.section('6. Deploy')).toContain('15 minutes to signal');
  for (const { LaunchTemplateData } of properties(site, 'AWS::EC2::LaunchTemplate')) {
    expect(PAGE.text).toContain(`Values=${LaunchTemplateData.InstanceType} `);
  }
});

test('the names that are looked up are those of records', () => {
  const names = everything.filter(({ Type }) => Type === 'AWS::Route53::RecordSet').map((r) => r.Properties.Name);
  const asked = PAGE.commands('dig +short').filter((command) => command.includes('shop.'));
  expect(asked.length).toBeGreaterThan(2);
  for (const command of asked) expect(names).toContain(`${command.split(' ').at(-1)}.`);
});

test('other weights change the rule of each site, and nothing else', () => {
  const other = synthShop({
    routes: (one) => {
      const blue = one.addFleet('Blue', { port: 8080, minCapacity: 3 });
      const green = one.addFleet('Green', { port: 8080, minCapacity: 3 });
      one.addRoute('Api', {
        conditions: [balancing.Conditions.pathUnder('/api')],
        forwardTo: [blue.weighted(80), green.weighted(20)],
      });
      one.addRoute('All', { conditions: [balancing.Conditions.pathUnder('/')], forwardTo: [blue.weighted(1)] });
    },
  });
  const changed = Object.entries(synthShop()).flatMap(([stack, { Resources }]) =>
    Object.entries(Resources)
      .filter(([id, resource]) => JSON.stringify(resource) !== JSON.stringify(other[stack]!.Resources[id]))
      .map(([id, { Type }]) => [stack, id.replace(/[0-9A-F]{8}$/, ''), Type]),
  );
  const rule = ['ShopRoutesApi', 'AWS::ElasticLoadBalancingV2::ListenerRule'];
  expect(changed.sort()).toEqual(sites.map(({ name }) => [name, ...rule]).sort());
  expect(PAGE.section('8. Change weights')).toContain('shows the rule `Api` of each site, and nothing else');
});

test('the checks that have observations are the live ones', () => {
  const checks = properties(templateOf('Shop-routing'), 'AWS::Route53::HealthCheck');
  const live = checks.filter(({ HealthCheckConfig }) => HealthCheckConfig.Type === 'HTTPS').length;
  expect(PAGE.section('7. Check that it works')).toContain(`the ${live} live ones of the ${checks.length} checks`);
});

describe('what stays', () => {
  type Kept = ResourceJson & { DeletionPolicy?: string };
  const kept = (template: TemplateJson): [string, string][] =>
    Object.entries(template.Resources).flatMap(([id, { DeletionPolicy }]: [string, Kept]) =>
      DeletionPolicy?.startsWith('Retain') ? [[id, DeletionPolicy] as [string, string]] : [],
    );
  const rows = PAGE.table('10. Tear down', ['Stack', 'Stays', 'Logical id', 'Deletion policy']);
  const listed = (stack: string): [string, string][] =>
    rows
      .filter(({ Stack }) => Stack === stack)
      .map((row) => [row['Logical id']!, row['Deletion policy']!] as [string, string]);

  test.each(stacks.map(({ name, template }) => [name, template] as const))('of %s is listed', (name, template) => {
    const stack = sites.some((one) => one.name === name) ? 'each site' : name.replace('Shop-', '');
    expect(listed(stack).sort()).toEqual(kept(template).sort());
  });

  test('is as much as the page says', () => {
    const total = stacks.reduce((sum, { template }) => sum + kept(template).length, 0);
    expect(PAGE.section('10. Tear down')).toContain(`With two Regions these are ${total}.`);
  });

  test('and one log group a site that Lambda makes', () => {
    const own = Object.entries(resourcesOf(site, 'AWS::Lambda::Function')).filter(
      ([, { Properties }]) => Properties.LoggingConfig === undefined,
    );
    expect(own.map(([id]) => id)).toEqual([expect.stringMatching(/^CustomVpcRestrictDefaultSG/)]);
  });

  test('has versions that must be deleted too', () => {
    const buckets = everything.filter(({ Type }) => Type === 'AWS::S3::Bucket');
    for (const { Properties } of buckets) expect(Properties.VersioningConfiguration).toEqual({ Status: 'Enabled' });
  });
});

describe('the commands of the CDK', () => {
  const commands = PAGE.commands('npx cdk').map((command) => command.split(/\s+/).slice(2));
  const names = [...new Set(commands.map(([name]) => name!))].sort();

  test('are those of every step', () => {
    expect(names).toEqual(['bootstrap', 'deploy', 'destroy', 'diff', 'drift', 'rollback', 'synth']);
  });

  test.each(names)('cdk %s has the options that the page gives it', (name) => {
    const help = cdk(name, '--help');
    const options = commands.filter(([first]) => first === name).flatMap((words) => words.filter(isOption));
    const unknown = options.filter((option) => {
      return !new RegExp(`(^|[\\s,])${option.replace(/^--no-/, '--')}(?=[\\s,])`, 'm').test(help);
    });
    expect(unknown).toEqual([]);
  });

  test('select stacks that exist', () => {
    const selected = commands.flatMap((words) => words.filter((word) => word.startsWith('Shop/')));
    expect(selected.length).toBeGreaterThan(4);
    expect(stacks.map(({ path }) => path)).toEqual(expect.arrayContaining(selected));
  });

  test('orphan a resource that exists', () => {
    const [id] = PAGE.commands('npx cdk rollback').flatMap((command) => / --orphan (\S+)/.exec(command)?.[1] ?? []);
    expect(Object.keys(site.Resources)).toContain(id);
  });

  function isOption(word: string): boolean {
    return word.startsWith('-');
  }
});

test('the commands of AWS name stacks and Regions that exist', () => {
  const named = PAGE.commands('aws').filter((command) => /--stack-name Shop-[\w-]+/.test(command));
  expect(named.length).toBeGreaterThan(4);
  for (const command of named) {
    const [, region] = /--region (\S+)/.exec(command)!;
    const [, name] = /--stack-name (\S+)/.exec(command)!;
    expect(stacks).toContainEqual(expect.objectContaining({ name, region }));
  }
});
