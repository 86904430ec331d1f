import { App, Aspects, type IAspect, PropertyInjectors, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { OriginAccess, ServiceListener, type ServiceListenerProps } from '../../lib/balancing';

const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
const BALANCER_ARN = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/mine/50dc6c495c0c9188';
const FIRST = elbv2.ListenerCertificate.fromArn('arn:aws:acm:eu-west-1:111122223333:certificate/first');
const SECOND = elbv2.ListenerCertificate.fromArn('arn:aws:acm:eu-west-1:111122223333:certificate/second');
const EDGE = OriginAccess.secretHeader();

function balancer(stack: Stack, ipAddressType?: elbv2.IpAddressType): elbv2.ApplicationLoadBalancer {
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1',
    availabilityZones: ['a', 'b'],
    publicSubnetIds: ['subnet-1', 'subnet-2'],
  });
  return new elbv2.ApplicationLoadBalancer(stack, 'Balancer', { vpc, internetFacing: true, ipAddressType });
}

function listener(
  { ipAddressType, ...props }: Partial<ServiceListenerProps> & { ipAddressType?: elbv2.IpAddressType } = {},
  stack = new Stack(),
): ServiceListener {
  const loadBalancer = props.loadBalancer ?? balancer(stack, ipAddressType);
  return new ServiceListener(stack, 'Listener', { certificates: [FIRST], ...props, loadBalancer });
}

function templateOf(construct: ServiceListener): Template {
  return Template.fromStack(Stack.of(construct));
}

/** Who is let in on which port, such as `0.0.0.0/0 443`. */
function openings(template: Template): string[] {
  const inline = Object.values(template.findResources('AWS::EC2::SecurityGroup'));
  const single = Object.values(template.findResources('AWS::EC2::SecurityGroupIngress'));
  return [
    ...inline.flatMap(({ Properties }) => Properties.SecurityGroupIngress ?? []),
    ...single.map(({ Properties }) => Properties),
  ]
    .map(({ CidrIp, CidrIpv6, FromPort }) => `${CidrIp ?? CidrIpv6} ${FromPort}`)
    .sort();
}

describe('a listener that the internet reaches', () => {
  test('speaks HTTPS alone, post-quantum, and answers 404 to what no route takes', () => {
    templateOf(listener()).hasResourceProperties(LISTENER, {
      Port: 443,
      Protocol: 'HTTPS',
      SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
      Certificates: [{ CertificateArn: FIRST.certificateArn }],
      DefaultActions: [
        {
          Type: 'fixed-response',
          FixedResponseConfig: { StatusCode: '404', ContentType: 'text/plain', MessageBody: 'Not found' },
        },
      ],
    });
  });

  test('redirects port 80, for good', () => {
    const template = templateOf(listener());
    template.resourceCountIs(LISTENER, 2);
    template.hasResourceProperties(LISTENER, {
      Port: 80,
      Protocol: 'HTTP',
      DefaultActions: [
        { Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' } },
      ],
    });
  });

  test.each<[elbv2.IpAddressType | undefined, string[]]>([
    [undefined, ['0.0.0.0/0 443', '0.0.0.0/0 80']],
    [elbv2.IpAddressType.DUAL_STACK, ['0.0.0.0/0 443', '0.0.0.0/0 80', '::/0 443', '::/0 80']],
    [elbv2.IpAddressType.DUAL_STACK_WITHOUT_PUBLIC_IPV4, ['0.0.0.0/0 443', '0.0.0.0/0 80', '::/0 443', '::/0 80']],
  ])('is open on the addresses of a balancer of type %s', (ipAddressType, expected) => {
    expect(openings(templateOf(listener({ ipAddressType })))).toEqual(expected);
  });

  test('is open in the same way whatever the feature flag says', () => {
    const flag = '@aws-cdk/aws-elasticloadbalancingv2:albDualstackWithoutPublicIpv4SecurityGroupRulesDefault';
    const flagged = (on: boolean) => new Stack(new App({ context: { [flag]: on } }), 'Stack');
    const { DUAL_STACK_WITHOUT_PUBLIC_IPV4: ipAddressType } = elbv2.IpAddressType;
    expect(openings(templateOf(listener({ ipAddressType }, flagged(true))))).toEqual(
      openings(templateOf(listener({ ipAddressType }, flagged(false)))),
    );
  });

  test('leaves a port 80 alone on which the balancer listens already', () => {
    const stack = new Stack();
    const loadBalancer = balancer(stack);
    loadBalancer.addRedirect();
    const template = templateOf(listener({ loadBalancer }, stack));
    template.resourceCountIs(LISTENER, 2);
    template.resourcePropertiesCountIs(LISTENER, { Port: 80 }, 1);
  });
});

describe('a listener behind an edge', () => {
  test('answers 403 to what no route takes, opens nothing and has no port 80', () => {
    const template = templateOf(listener({ originAccess: EDGE }));
    template.resourceCountIs(LISTENER, 1);
    template.hasResourceProperties(LISTENER, {
      Port: 443,
      DefaultActions: [
        {
          Type: 'fixed-response',
          FixedResponseConfig: Match.objectLike({ StatusCode: '403', MessageBody: 'Forbidden' }),
        },
      ],
    });
    expect(openings(template)).toEqual([]);
  });

  test('opens nothing to IPv6 either', () => {
    const ipAddressType = elbv2.IpAddressType.DUAL_STACK_WITHOUT_PUBLIC_IPV4;
    expect(openings(templateOf(listener({ originAccess: EDGE, ipAddressType })))).toEqual([]);
  });
});

describe('certificates', () => {
  test('fails without one, with the path of the scope', () => {
    const stack = new Stack(undefined, 'Shop');
    expect(() => listener({ certificates: [] }, stack)).toThrow(
      "HG2132: 'certificates' must hold at least one certificate, got none: give the one of the service's names [at Shop]",
    );
  });

  test('of which the first is the default, and the others are added', () => {
    const template = templateOf(listener({ certificates: [FIRST, SECOND] }));
    template.hasResourceProperties(LISTENER, { Port: 443, Certificates: [{ CertificateArn: FIRST.certificateArn }] });
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::ListenerCertificate', {
      Certificates: [{ CertificateArn: SECOND.certificateArn }],
    });
  });

  test('may be those of ACM as they are', () => {
    const stack = new Stack();
    const certificate = new acm.Certificate(stack, 'Certificate', { domainName: 'shop.example.com' });
    const template = templateOf(listener({ certificates: [certificate] }, stack));
    template.hasResourceProperties(LISTENER, {
      Port: 443,
      Certificates: [{ CertificateArn: stack.resolve(certificate.certificateArn) }],
    });
  });
});

describe('the TLS policy', () => {
  const defaults = (construct: ServiceListener) =>
    construct.node.metadata.filter(({ type }) => type === 'cdk-headgate:default').map(({ data }) => data);

  test('is the one that is given', () => {
    const given = listener({ sslPolicy: elbv2.SslPolicy.TLS13_RES });
    templateOf(given).hasResourceProperties(LISTENER, {
      Port: 443,
      SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06',
    });
    expect(defaults(given)).toEqual([]);
  });

  test('stands in the metadata when it was chosen for the user', () => {
    expect(defaults(listener())).toEqual([
      {
        prop: 'sslPolicy',
        value: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
        why: 'TLS 1.2 and 1.3 with post-quantum key exchange; the API would choose a policy of 2016',
      },
    ]);
  });
});

describe('what works on any L2 works here', () => {
  test('a balancer that is imported', () => {
    const stack = new Stack();
    const loadBalancer = elbv2.ApplicationLoadBalancer.fromApplicationLoadBalancerAttributes(stack, 'Theirs', {
      loadBalancerArn: BALANCER_ARN,
      securityGroupId: 'sg-1',
    });
    const template = templateOf(listener({ loadBalancer }, stack));
    // It may listen on port 80 already, which an import doesn't say: there is no redirect.
    template.resourcePropertiesCountIs(LISTENER, { LoadBalancerArn: BALANCER_ARN }, 1);
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { GroupId: 'sg-1', FromPort: 443 });
  });

  test('the methods of the L2', () => {
    const own = listener();
    expect(own).toBeInstanceOf(elbv2.ApplicationListener);
    own.addCertificates('More', [SECOND]);
    own.addAction('Down', {
      priority: 5,
      conditions: [elbv2.ListenerCondition.pathPatterns(['/down'])],
      action: elbv2.ListenerAction.fixedResponse(503),
    });
    const template = templateOf(own);
    template.resourceCountIs('AWS::ElasticLoadBalancingV2::ListenerCertificate', 1);
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::ListenerRule', { Priority: 5 });
  });

  test('aspects', () => {
    const own = listener({ originAccess: EDGE });
    const strict: IAspect = {
      visit: (node) => {
        if (node instanceof elbv2.CfnListener) node.sslPolicy = 'ELBSecurityPolicy-TLS13-1-3-2021-06';
      },
    };
    Aspects.of(own).add(strict);
    templateOf(own).hasResourceProperties(LISTENER, { SslPolicy: 'ELBSecurityPolicy-TLS13-1-3-2021-06' });
  });

  test.each([ServiceListener.PROPERTY_INJECTION_ID, elbv2.ApplicationListener.PROPERTY_INJECTION_ID])(
    'a property injector for %s',
    (constructUniqueId) => {
      const app = new App();
      PropertyInjectors.of(app).add({
        constructUniqueId,
        inject: (props) => ({ ...props, sslPolicy: elbv2.SslPolicy.TLS13_EXT2 }),
      });
      const own = listener({ originAccess: EDGE }, new Stack(app, 'Stack'));
      templateOf(own).hasResourceProperties(LISTENER, { SslPolicy: elbv2.SslPolicy.TLS13_EXT2 });
    },
  );
});
