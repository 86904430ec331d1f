import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/readme';
import { synthesizeAsDocumented } from './synthesized';

const BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const { stack, resources, target } = synthesizeAsDocumented('bring-your-own');
const services = (type: string) => resources('Services', type);
const leadsTo = (value: unknown) => target('Services', value);
/** The platform's two subnets of a kind. */
const subnets = (kind: string) =>
  [1, 2].map((index) => expect.stringMatching(`^Platform: Vpc${kind}Subnet${index}Subnet`));

test('the platform knows nothing of this package', () => {
  const source = readFileSync(join(ROOT, 'examples/bring-your-own/platform.ts'), 'utf8');
  const imports = [...source.matchAll(/from '(.+)'/g)].map(([, module]) => module!);
  expect(imports.filter((module) => !/^(aws-cdk-lib|constructs)(\/|$)/.test(module))).toEqual([]);
});

test('what is brought is not made again', () => {
  const made = Object.values(stack('Services').template.Resources!).map(({ Type }) => Type);
  expect(made).not.toContain('AWS::EC2::VPC');
  expect(made).not.toContain('AWS::EC2::Subnet');
  expect(made).not.toContain('AWS::Route53::HostedZone');
  expect(made).not.toContain('AWS::CertificateManager::Certificate');
  expect([resources('Platform', BALANCER).length, services(BALANCER).length]).toEqual([1, 1]);
  expect(resources('Platform', 'AWS::ElasticLoadBalancingV2::TargetGroup')).toHaveLength(1);
});

test('the balancer that is made stands in the network of the platform, and shows its certificate', () => {
  const [balancer] = services(BALANCER);
  expect(balancer!.Properties.Subnets.map(leadsTo)).toEqual(subnets('Public'));
  const https = services('AWS::ElasticLoadBalancingV2::Listener').filter(({ Properties }) => Properties.Port === 443);
  expect(https.map(({ Properties }) => leadsTo(Properties.Certificates[0].CertificateArn))).toEqual([
    'Platform: Certificate',
  ]);
});

test('the fleets of both services stand in private subnets of the platform', () => {
  const fleets = services('AWS::AutoScaling::AutoScalingGroup');
  expect(fleets).toHaveLength(2);
  for (const { Properties } of fleets) {
    expect(Properties.VPCZoneIdentifier.map(leadsTo)).toEqual(subnets('Private'));
  }
});

test('on the listener of the platform the rules take one host, and the rest of it goes to the group that was brought', () => {
  const rules = services('AWS::ElasticLoadBalancingV2::ListenerRule').filter(
    ({ Properties }) => leadsTo(Properties.ListenerArn) === 'Platform: Https',
  );
  const host = { Field: 'host-header', HostHeaderConfig: { Values: ['orders.example.com'] } };
  const [api, all] = rules.map(({ Properties }) => Properties).sort((a, b) => a.Priority - b.Priority);
  expect(rules).toHaveLength(2);
  expect(api.Conditions).toEqual([host, { Field: 'path-pattern', PathPatternConfig: { Values: ['/api', '/api/*'] } }]);
  expect(leadsTo(api.Actions[0].ForwardConfig.TargetGroups[0].TargetGroupArn)).toMatch(/^Services: /);
  expect(all.Conditions).toEqual([host]);
  expect(leadsTo(all.Actions[0].ForwardConfig.TargetGroups[0].TargetGroupArn)).toBe('Platform: Mainframe');
});

test('a web ACL is made for the balancer that is made, and none for the one that others share', () => {
  const associations = services('AWS::WAFv2::WebACLAssociation');
  expect(associations.map(({ Properties }) => leadsTo(Properties.ResourceArn))).toEqual(['Services: LoadBalancer']);
});

test('the zone of the platform has a record for each service, which leads to its balancer', () => {
  const records = services('AWS::Route53::RecordSet').map(({ Properties }) => [
    Properties.Name,
    leadsTo(Properties.HostedZoneId),
    leadsTo(Properties.AliasTarget.DNSName),
  ]);
  expect(records).toEqual([
    ['shop.example.com.', 'Platform: Zone', 'Services: LoadBalancer'],
    ['orders.example.com.', 'Platform: Zone', 'Platform: LoadBalancer'],
  ]);
});
