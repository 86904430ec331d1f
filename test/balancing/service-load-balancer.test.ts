import { App, Aspects, Duration, Fn, type IAspect, Mixins, PropertyInjectors, Stack, Tags } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  OriginAccess,
  ServiceListener,
  ServiceLoadBalancer,
  type ServiceLoadBalancerProps,
  TargetGroup,
} from '../../lib/balancing';

const BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const GROUP = 'AWS::EC2::SecurityGroup';
const INGRESS = 'AWS::EC2::SecurityGroupIngress';
const EGRESS = 'AWS::EC2::SecurityGroupEgress';
const LOOKUP = 'Custom::ManagedPrefixList';
const LOG_DELIVERY = 'logdelivery.elasticloadbalancing.amazonaws.com';
const IRELAND = { env: { account: '111122223333', region: 'eu-west-1' } };
const EDGE = { originAccess: OriginAccess.secretHeader() };

function newVpc(stack: Stack): ec2.IVpc {
  return ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1',
    availabilityZones: ['a', 'b'],
    publicSubnetIds: ['subnet-1', 'subnet-2'],
  });
}

function balancer(props: Partial<ServiceLoadBalancerProps> = {}, stack = new Stack()): ServiceLoadBalancer {
  return new ServiceLoadBalancer(stack, 'Balancer', { vpc: newVpc(stack), ...props });
}

function templateOf(loadBalancer: ServiceLoadBalancer): Template {
  return Template.fromStack(Stack.of(loadBalancer));
}

function propertiesOf(loadBalancer: ServiceLoadBalancer) {
  const [resource] = Object.values(templateOf(loadBalancer).findResources(BALANCER));
  return resource!.Properties;
}

function attributesOf(loadBalancer: ServiceLoadBalancer): Record<string, unknown> {
  const pairs: { Key: string; Value: unknown }[] = propertiesOf(loadBalancer).LoadBalancerAttributes;
  return Object.fromEntries(pairs.map(({ Key, Value }) => [Key, Value]));
}

/** The rules of all security groups, inline ones and those that are resources of their own. */
function ingress(template: Template) {
  return [
    ...Object.values(template.findResources(GROUP)).flatMap(({ Properties }) => Properties.SecurityGroupIngress ?? []),
    ...Object.values(template.findResources(INGRESS)).map(({ Properties }) => Properties),
  ];
}

describe('a balancer by itself', () => {
  test('faces the internet in public subnets, with the settings of a security review', () => {
    const own = balancer();
    expect(propertiesOf(own)).toMatchObject({
      Scheme: 'internet-facing',
      Type: 'application',
      Subnets: ['subnet-1', 'subnet-2'],
    });
    expect(attributesOf(own)).toEqual({
      'deletion_protection.enabled': 'true',
      'routing.http.drop_invalid_header_fields.enabled': 'true',
      'routing.http.desync_mitigation_mode': 'defensive',
      'routing.http2.enabled': 'true',
      'client_keep_alive.seconds': '60',
      'access_logs.s3.enabled': 'true',
      'access_logs.s3.bucket': { Ref: expect.stringContaining('AccessLogs') },
    });
  });

  test('has no physical name and no more than the 20 attributes that AWS takes', () => {
    const own = balancer();
    expect(propertiesOf(own)).not.toHaveProperty('Name');
    expect(Object.keys(attributesOf(own)).length).toBeLessThanOrEqual(20);
  });

  test('keeps what it is told otherwise', () => {
    const told = balancer({
      internetFacing: false,
      vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC },
      deletionProtection: false,
      dropInvalidHeaderFields: false,
      desyncMitigationMode: elbv2.DesyncMitigationMode.STRICTEST,
      clientKeepAlive: Duration.minutes(5),
      http2Enabled: false,
      idleTimeout: Duration.seconds(30),
    });
    expect(propertiesOf(told)).toMatchObject({ Scheme: 'internal' });
    expect(attributesOf(told)).toMatchObject({
      'deletion_protection.enabled': 'false',
      'routing.http.drop_invalid_header_fields.enabled': 'false',
      'routing.http.desync_mitigation_mode': 'strictest',
      'routing.http2.enabled': 'false',
      'client_keep_alive.seconds': '300',
      'idle_timeout.timeout_seconds': '30',
    });
  });

  test('says in the metadata what was chosen for the user, and nothing when the user chose', () => {
    const props = (own: ServiceLoadBalancer) =>
      own.node.metadata.filter(({ type }) => type === 'cdk-headgate:default').map(({ data }) => data.prop);
    expect(props(balancer())).toEqual(['originAccess', 'clientKeepAlive', 'deletionProtection']);
    expect(props(balancer({ ...EDGE, clientKeepAlive: Duration.minutes(5), deletionProtection: true }))).toEqual([]);
  });

  test.each<[string, Partial<ServiceLoadBalancerProps>]>([
    ['the internet in front', {}],
    ['an edge in front', EDGE],
  ])('looks nothing up and gives the same with and without an environment, with %s', (_, props) => {
    const templates = [undefined, IRELAND].map((env) => {
      const app = new App();
      const own = balancer(props, new Stack(app, 'Stack', env));
      const template = templateOf(own).toJSON();
      expect(app.synth().manifest.missing).toBeUndefined();
      return Object.entries(template.Resources as Record<string, { Type: string }>)
        .map(([id, { Type }]) => `${id} ${Type}`)
        .sort();
    });
    expect(templates[0]).toEqual(templates[1]);
  });
});

describe('a balancer behind an edge', () => {
  test('has two security groups, since the two prefix lists do not fit into one', () => {
    const own = balancer(EDGE);
    const template = templateOf(own);
    template.resourceCountIs(GROUP, 2);
    const groups = Object.keys(template.findResources(GROUP));
    expect(propertiesOf(own).SecurityGroups).toEqual(groups.map((id) => ({ 'Fn::GetAtt': [id, 'GroupId'] })));
    const rules = Object.values(template.findResources(INGRESS)).map(({ Properties }) => Properties.GroupId);
    expect(new Set(rules.map((rule) => JSON.stringify(rule))).size).toBe(2);
  });

  test("lets CloudFront and Route 53's checkers in, on 443 alone", () => {
    const template = templateOf(balancer(EDGE));
    const listed = Object.entries(template.findResources(LOOKUP)).map(([id, { Properties }]) => ({
      peer: { 'Fn::GetAtt': [id, 'PrefixLists.0.PrefixListId'] },
      call: JSON.stringify(Properties.Create),
    }));
    const peerOf = (name: string) => listed.find(({ call }) => call.includes(name))!.peer;
    const rule = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443 };
    expect(ingress(template)).toHaveLength(2);
    expect(ingress(template)).toEqual([
      expect.objectContaining({ ...rule, SourcePrefixListId: peerOf('cloudfront.origin-facing') }),
      expect.objectContaining({ ...rule, SourcePrefixListId: peerOf('route53-healthchecks') }),
    ]);
  });

  test('stays closed to the world when its listener stands on it', () => {
    const stack = new Stack();
    const loadBalancer = balancer(EDGE, stack);
    const certificates = [elbv2.ListenerCertificate.fromArn('arn:aws:acm:eu-west-1:111122223333:certificate/a')];
    new ServiceListener(stack, 'Listener', { loadBalancer, certificates, ...EDGE });
    const rules = ingress(Template.fromStack(stack));
    expect(rules).toHaveLength(2);
    for (const rule of rules) {
      expect(rule).toHaveProperty('SourcePrefixListId');
      expect(rule).not.toHaveProperty('CidrIp');
      expect(rule).not.toHaveProperty('CidrIpv6');
    }
  });

  test('has both groups while the internet still gets through, so that closing up only takes rules away', () => {
    const stack = new Stack();
    const originAccess = OriginAccess.internet()._behindEdge('Shop/origin-access');
    const loadBalancer = balancer({ originAccess }, stack);
    const certificates = [elbv2.ListenerCertificate.fromArn('arn:aws:acm:eu-west-1:111122223333:certificate/a')];
    new ServiceListener(stack, 'Listener', { loadBalancer, certificates, originAccess });
    const template = Template.fromStack(stack);
    template.resourceCountIs(GROUP, 2);
    const rules = ingress(template);
    expect(rules.filter(({ SourcePrefixListId }) => SourcePrefixListId)).toHaveLength(2);
    expect(rules.some(({ CidrIp, FromPort }) => CidrIp === '0.0.0.0/0' && FromPort === 443)).toBe(true);
  });

  test('takes prefix lists that are known, and then asks for none', () => {
    const stack = new Stack();
    const list = (id: string) => ec2.PrefixList.fromPrefixListId(stack, id, id);
    const known = { cloudFrontPrefixList: list('pl-1'), healthCheckPrefixList: list('pl-2') };
    const template = templateOf(balancer({ ...EDGE, ...known }, stack));
    template.resourceCountIs(LOOKUP, 0);
    template.resourceCountIs('AWS::Lambda::Function', 0);
    expect(ingress(template).map(({ SourcePrefixListId, FromPort }) => [SourcePrefixListId, FromPort])).toEqual([
      ['pl-1', 443],
      ['pl-2', 443],
    ]);
  });

  test('asks for the one that is not known', () => {
    const stack = new Stack();
    const cloudFrontPrefixList = ec2.PrefixList.fromPrefixListId(stack, 'List', 'pl-1');
    const template = templateOf(balancer({ ...EDGE, cloudFrontPrefixList }, stack));
    template.resourceCountIs(LOOKUP, 1);
    expect(JSON.stringify(template.findResources(LOOKUP))).toContain('route53-healthchecks');
  });

  test('adds to the security group that it is given', () => {
    const stack = new Stack();
    const securityGroup = ec2.SecurityGroup.fromSecurityGroupId(stack, 'Theirs', 'sg-1');
    const own = balancer({ ...EDGE, securityGroup }, stack);
    templateOf(own).resourceCountIs(GROUP, 1);
    templateOf(own).hasResourceProperties(INGRESS, { GroupId: 'sg-1', FromPort: 443 });
    expect(propertiesOf(own).SecurityGroups).toContain('sg-1');
  });

  test('reaches its targets from either group, on their port alone', () => {
    const stack = new Stack();
    const loadBalancer = balancer(EDGE, stack);
    const server = new ec2.Connections({
      securityGroups: [new ec2.SecurityGroup(stack, 'Server', { vpc: loadBalancer.vpc!, allowAllOutbound: false })],
    });
    const targetGroup = new TargetGroup(stack, 'Web', { vpc: loadBalancer.vpc, port: 8080 });
    targetGroup.addTarget({
      attachToApplicationTargetGroup: (group) => {
        group.registerConnectable({ connections: server });
        return { targetType: elbv2.TargetType.IP, targetJson: { id: '10.0.0.1' } };
      },
    });
    const listener = loadBalancer.addListener('Http', {
      port: 80,
      protocol: elbv2.ApplicationProtocol.HTTP,
      open: false,
      defaultAction: elbv2.ListenerAction.forward([targetGroup]),
    });
    expect(listener.connections.securityGroups).toHaveLength(2);
    const template = Template.fromStack(stack);
    template.resourcePropertiesCountIs(EGRESS, { FromPort: 8080, ToPort: 8080, IpProtocol: 'tcp' }, 2);
    template.resourceCountIs(EGRESS, 2);
  });
});

describe('a balancer that the internet reaches', () => {
  test('has one closed security group until a listener opens it, and asks for no prefix lists', () => {
    const template = templateOf(balancer({ originAccess: OriginAccess.internet() }));
    template.resourceCountIs(GROUP, 1);
    template.resourceCountIs(LOOKUP, 0);
    expect(ingress(template)).toEqual([]);
  });

  test.each<[elbv2.IpAddressType | undefined, string[]]>([
    [undefined, ['0.0.0.0/0 443', '0.0.0.0/0 80']],
    [elbv2.IpAddressType.DUAL_STACK, ['0.0.0.0/0 443', '0.0.0.0/0 80', '::/0 443', '::/0 80']],
  ])('is opened on 443 and 80 by its listener, with addresses of type %s', (ipAddressType, expected) => {
    const stack = new Stack();
    const loadBalancer = balancer({ ipAddressType }, stack);
    const certificates = [elbv2.ListenerCertificate.fromArn('arn:aws:acm:eu-west-1:111122223333:certificate/a')];
    new ServiceListener(stack, 'Listener', { loadBalancer, certificates });
    const rules = ingress(Template.fromStack(stack));
    expect(rules.map(({ CidrIp, CidrIpv6, FromPort }) => `${CidrIp ?? CidrIpv6} ${FromPort}`).sort()).toEqual(expected);
  });
});

describe('access logs', () => {
  const statement = (bucketArn: unknown, account: unknown) => ({
    Effect: 'Allow',
    Principal: { Service: LOG_DELIVERY },
    Action: 's3:PutObject',
    Resource: { 'Fn::Join': ['', [bucketArn, '/AWSLogs/', account, '/*']] },
  });

  test('go to a bucket of the balancer, whose policy stands before logging is switched on', () => {
    const own = balancer();
    const template = templateOf(own);
    const [bucket] = Object.keys(template.findResources('AWS::S3::Bucket'));
    const [policy] = Object.keys(template.findResources('AWS::S3::BucketPolicy'));
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      Bucket: { Ref: bucket },
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike(statement({ 'Fn::GetAtt': [bucket, 'Arn'] }, { Ref: 'AWS::AccountId' })),
        ]),
      },
    });
    template.hasResource(BALANCER, { DependsOn: Match.arrayWith([policy]) });
    expect(own.accessLogsBucket).toBeInstanceOf(s3.Bucket);
  });

  test('go to a bucket of this app, with the same statement and order', () => {
    const stack = new Stack();
    const accessLogsBucket = new s3.Bucket(stack, 'Mine', { encryption: s3.BucketEncryption.S3_MANAGED });
    const own = balancer({ accessLogsBucket }, stack);
    expect(own.accessLogsBucket).toBe(accessLogsBucket);
    const template = templateOf(own);
    template.resourceCountIs('AWS::S3::Bucket', 1);
    const [policy] = Object.entries(template.findResources('AWS::S3::BucketPolicy'));
    expect(policy![1].Properties.PolicyDocument.Statement).toEqual([
      statement(
        { 'Fn::GetAtt': [stack.getLogicalId(accessLogsBucket.node.defaultChild as s3.CfnBucket), 'Arn'] },
        {
          Ref: 'AWS::AccountId',
        },
      ),
    ]);
    template.hasResource(BALANCER, { DependsOn: Match.arrayWith([policy![0]]) });
  });

  test('of two balancers may go to one bucket, which says it once', () => {
    const stack = new Stack();
    const accessLogsBucket = new s3.Bucket(stack, 'Mine');
    const vpc = newVpc(stack);
    new ServiceLoadBalancer(stack, 'One', { vpc, accessLogsBucket });
    new ServiceLoadBalancer(stack, 'Two', { vpc, accessLogsBucket });
    const [policy] = Object.values(Template.fromStack(stack).findResources('AWS::S3::BucketPolicy'));
    expect(policy!.Properties.PolicyDocument.Statement).toHaveLength(1);
  });

  test('go to a bucket of another stack of this app', () => {
    const app = new App();
    const accessLogsBucket = new s3.Bucket(new Stack(app, 'Logs', IRELAND), 'Mine', { bucketName: 'mine' });
    const own = balancer({ accessLogsBucket }, new Stack(app, 'Stack', IRELAND));
    Template.fromStack(Stack.of(accessLogsBucket)).hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: [statement({ 'Fn::GetAtt': ['MineC1B42D3A', 'Arn'] }, { Ref: 'AWS::AccountId' })],
      },
    });
    expect(Stack.of(own).dependencies.map((stack) => stack.stackName)).toEqual(['Logs']);
  });

  test('go to a bucket of another account, under the account of the balancer', () => {
    const app = new App();
    const elsewhere = { env: { account: '444455556666', region: 'eu-west-1' } };
    const accessLogsBucket = new s3.Bucket(new Stack(app, 'Logs', elsewhere), 'Mine', { bucketName: 'mine' });
    balancer({ accessLogsBucket }, new Stack(app, 'Stack', IRELAND));
    const policy = JSON.stringify(Template.fromStack(Stack.of(accessLogsBucket)).toJSON());
    expect(policy).toContain('/AWSLogs/111122223333/*');
    expect(policy).not.toContain('AWS::AccountId');
  });

  test('go to an imported bucket, whose policy is the matter of its owner', () => {
    const stack = new Stack();
    const accessLogsBucket = s3.Bucket.fromBucketName(stack, 'Theirs', 'theirs');
    const own = balancer({ accessLogsBucket }, stack);
    expect(attributesOf(own)).toMatchObject({ 'access_logs.s3.enabled': 'true', 'access_logs.s3.bucket': 'theirs' });
    templateOf(own).resourceCountIs('AWS::S3::Bucket', 0);
    templateOf(own).resourceCountIs('AWS::S3::BucketPolicy', 0);
  });

  test('fail to go to a bucket with a KMS key, which a balancer cannot use', () => {
    const stack = new Stack(undefined, 'Shop');
    const accessLogsBucket = new s3.Bucket(stack, 'Mine', { encryptionKey: new kms.Key(stack, 'Key') });
    expect(() => balancer({ accessLogsBucket }, stack)).toThrow(
      "HG2135: 'accessLogsBucket' must be encrypted with S3's own keys, got 'Shop/Mine' with a KMS key, to which a balancer can't write (ALB-37): give a bucket with BucketEncryption.S3_MANAGED, or leave it out for a LogBucket [at Shop]",
    );
  });
});

describe('subnets', () => {
  const few = "HG2136: 'vpc' must have public subnets in at least 2 zones for a balancer, got";
  const vpcWith = (stack: Stack, publicSubnetIds: string[]) =>
    ec2.Vpc.fromVpcAttributes(stack, 'Theirs', {
      vpcId: 'vpc-2',
      availabilityZones: publicSubnetIds.map((_, index) => `zone-${index}`),
      publicSubnetIds,
    });

  test('of one zone alone fail, imported and own', () => {
    const stack = new Stack(undefined, 'Shop');
    const own = new ec2.Vpc(stack, 'One', { maxAzs: 1 });
    for (const [id, vpc] of Object.entries({ own, theirs: vpcWith(stack, ['subnet-1']) })) {
      expect(() => new ServiceLoadBalancer(stack, id, { vpc })).toThrow(`${few} 1: bring a VPC`);
    }
  });

  test('fail when there are none, and one that was chosen is the matter of its owner', () => {
    const stack = new Stack(undefined, 'Shop');
    const vpc = newVpc(stack);
    const privateAlone = ec2.Vpc.fromVpcAttributes(stack, 'Inside', {
      vpcId: 'vpc-3',
      availabilityZones: ['a', 'b'],
      privateSubnetIds: ['subnet-3', 'subnet-4'],
    });
    expect(() => new ServiceLoadBalancer(stack, 'None', { vpc: privateAlone })).toThrow(`${few} 0`);
    const vpcSubnets = { subnets: [vpc.publicSubnets[0]!] };
    expect(() => new ServiceLoadBalancer(stack, 'Chosen', { vpc, vpcSubnets })).not.toThrow();
  });

  test('of one zone fail, however many they are', () => {
    const stack = new Stack(undefined, 'Shop');
    const subnetConfiguration = ['A', 'B'].map((name) => ({ name, subnetType: ec2.SubnetType.PUBLIC }));
    const vpc = new ec2.Vpc(stack, 'One', { maxAzs: 1, subnetConfiguration });
    expect(() => new ServiceLoadBalancer(stack, 'It', { vpc })).toThrow(`${few} 1`);
  });

  test('of an internal balancer are private ones', () => {
    const stack = new Stack(undefined, 'Shop');
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Inside', {
      vpcId: 'vpc-3',
      availabilityZones: ['a', 'b'],
      privateSubnetIds: ['subnet-3', 'subnet-4'],
    });
    expect(propertiesOf(balancer({ vpc, internetFacing: false }, stack))).toMatchObject({
      Subnets: ['subnet-3', 'subnet-4'],
    });
  });

  test('whose number is a token pass', () => {
    const stack = new Stack(undefined, 'Shop');
    const ids = Fn.split(',', Fn.importValue('PublicSubnets'));
    expect(() => balancer({ vpc: vpcWith(stack, ids) }, stack)).not.toThrow();
  });
});

describe('what works on any L2 works here', () => {
  test('its methods', () => {
    const own = balancer();
    expect(own).toBeInstanceOf(elbv2.ApplicationLoadBalancer);
    own.setAttribute('zonal_shift.config.enabled', 'true');
    own.addRedirect({ open: false });
    templateOf(own).resourceCountIs('AWS::ElasticLoadBalancingV2::Listener', 1);
    expect(attributesOf(own)).toMatchObject({
      'zonal_shift.config.enabled': 'true',
      'deletion_protection.enabled': 'true',
    });
  });

  test('aspects, tags and mixins', () => {
    const own = balancer();
    const dualStack: IAspect = {
      visit: (node) => {
        if (node instanceof elbv2.CfnLoadBalancer) node.ipAddressType = 'dualstack';
      },
    };
    Aspects.of(own).add(dualStack);
    Tags.of(own).add('team', 'shop');
    Mixins.of(own).apply({
      supports: (node) => node instanceof elbv2.CfnLoadBalancer,
      applyTo: (node) => {
        (node as elbv2.CfnLoadBalancer).minimumLoadBalancerCapacity = { capacityUnits: 100 };
      },
    });
    expect(propertiesOf(own)).toMatchObject({
      IpAddressType: 'dualstack',
      Tags: [{ Key: 'team', Value: 'shop' }],
      MinimumLoadBalancerCapacity: { CapacityUnits: 100 },
    });
  });

  test.each([ServiceLoadBalancer.PROPERTY_INJECTION_ID, elbv2.ApplicationLoadBalancer.PROPERTY_INJECTION_ID])(
    'a property injector for %s on the app, the nearer one of the stack winning',
    (constructUniqueId) => {
      const inject = (seconds: number) => ({
        constructUniqueId,
        inject: (props: object) => ({ ...props, idleTimeout: Duration.seconds(seconds) }),
      });
      const app = new App();
      PropertyInjectors.of(app).add(inject(77));
      const idle = (own: ServiceLoadBalancer) => attributesOf(own)['idle_timeout.timeout_seconds'];
      const plain = balancer({}, new Stack(app, 'Plain'));
      const own = balancer({}, new Stack(app, 'Own', { propertyInjectors: [inject(88)] }));
      expect([idle(plain), idle(own)]).toEqual(['77', '88']);
    },
  );

  test('a property injector for our id may choose who gets in', () => {
    const app = new App();
    PropertyInjectors.of(app).add({
      constructUniqueId: ServiceLoadBalancer.PROPERTY_INJECTION_ID,
      inject: (props) => ({ ...props, ...EDGE }),
    });
    templateOf(balancer({}, new Stack(app, 'Stack'))).resourceCountIs(GROUP, 2);
  });
});
