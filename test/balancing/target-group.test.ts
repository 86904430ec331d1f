import {
  App,
  Aspects,
  CfnParameter,
  Duration,
  type IAspect,
  type IPropertyInjector,
  Lazy,
  PropertyInjectors,
  Stack,
  Tags,
} from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as targets from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Algorithm, TargetGroup, type TargetGroupProps } from '../../lib/balancing';

const TYPE = 'AWS::ElasticLoadBalancingV2::TargetGroup';
const { GRPC, HTTP2 } = elbv2.ApplicationProtocolVersion;
const { LAMBDA } = elbv2.TargetType;

function group(props: TargetGroupProps, stack = new Stack()): TargetGroup {
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a', 'b'] });
  return new TargetGroup(stack, 'Web', { vpc, port: 8080, ...props });
}

function aFunction(stack: Stack): lambda.Function {
  const code = lambda.Code.fromInline('exports.handler = () => {}');
  return new lambda.Function(stack, 'Function', {
    code,
    handler: 'index.handler',
    runtime: lambda.Runtime.NODEJS_22_X,
  });
}

function rendered(targetGroup: TargetGroup): Record<string, unknown> {
  const [resource] = Object.values(Template.fromStack(Stack.of(targetGroup)).findResources(TYPE));
  return resource!.Properties;
}

function defaultsOf(targetGroup: TargetGroup): unknown[] {
  return targetGroup.node.metadata.filter(({ type }) => type === 'cdk-headgate:default').map(({ data }) => data.prop);
}

describe('a target group by itself', () => {
  test('is checked at /ready every 5 seconds, in or out after two answers', () => {
    expect(rendered(group({}))).toMatchObject({
      HealthCheckPath: '/ready',
      HealthCheckProtocol: 'HTTP',
      HealthCheckIntervalSeconds: 5,
      HealthCheckTimeoutSeconds: 2,
      HealthyThresholdCount: 2,
      UnhealthyThresholdCount: 2,
      Matcher: { HttpCode: '200' },
      Port: 8080,
      Protocol: 'HTTP',
    });
  });

  test('has no physical name, so that it can be replaced', () => {
    expect(rendered(group({}))).not.toHaveProperty('Name');
  });

  test('is an L2, with its metrics and its attachment', () => {
    const targetGroup = group({});
    expect(targetGroup).toBeInstanceOf(elbv2.ApplicationTargetGroup);
    expect(targetGroup.loadBalancerAttached).toBeDefined();
  });

  test('says in the metadata what was chosen for the user, and nothing when the user chose', () => {
    expect(defaultsOf(group({}))).toEqual(['healthCheck', 'algorithm']);
    const chosen = {
      healthCheck: { path: '/' },
      loadBalancingAlgorithmType: elbv2.TargetGroupLoadBalancingAlgorithmType.ROUND_ROBIN,
    };
    expect(defaultsOf(group(chosen))).toEqual([]);
  });

  test.each<[number, string]>([
    [443, 'HTTPS'],
    [8443, 'HTTPS'],
    [80, 'HTTP'],
    [8080, 'HTTP'],
    [3000, 'HTTP'],
  ])('on port %d speaks %s, to the health check too', (port, protocol) => {
    expect(rendered(group({ port }))).toMatchObject({ Protocol: protocol, HealthCheckProtocol: protocol });
  });

  test('of HTTPS on any port is checked by HTTPS', () => {
    expect(rendered(group({ protocol: elbv2.ApplicationProtocol.HTTPS }))).toMatchObject({
      Port: 8080,
      Protocol: 'HTTPS',
      HealthCheckProtocol: 'HTTPS',
    });
  });

  test('of gRPC keeps the path and the codes of gRPC, and HTTP/2 those of HTTP', () => {
    const grpc = group({ protocolVersion: GRPC });
    expect(rendered(grpc)).toMatchObject({ ProtocolVersion: 'GRPC', HealthCheckIntervalSeconds: 5 });
    expect(rendered(grpc)).not.toHaveProperty('HealthCheckPath');
    expect(rendered(grpc)).not.toHaveProperty('Matcher');
    expect(rendered(group({ protocolVersion: HTTP2 }))).toMatchObject({ HealthCheckPath: '/ready' });
  });

  test('takes one setting of the health check and keeps the others', () => {
    expect(
      rendered(group({ healthCheck: { path: '/up', interval: Duration.seconds(10), timeout: undefined } })),
    ).toMatchObject({
      HealthCheckPath: '/up',
      HealthCheckIntervalSeconds: 10,
      HealthCheckTimeoutSeconds: 2,
      HealthyThresholdCount: 2,
    });
  });
});

describe('a target group of a Lambda function', () => {
  const invoked = { TargetType: 'lambda' };

  test.each<[string, (stack: Stack) => TargetGroup]>([
    ['by its type', (stack) => new TargetGroup(stack, 'Web', { targetType: LAMBDA })],
    [
      'by its target',
      (stack) => new TargetGroup(stack, 'Web', { targets: [new targets.LambdaTarget(aFunction(stack))] }),
    ],
    [
      'by a target that is added later',
      (stack) => {
        const late = new TargetGroup(stack, 'Web');
        late.addTarget(new targets.LambdaTarget(aFunction(stack)));
        return late;
      },
    ],
  ])('known %s is not checked, since each check is an invocation', (_, make) => {
    const properties = rendered(make(new Stack()));
    expect(properties).toMatchObject(invoked);
    expect(Object.keys(properties).filter((key) => /Health|Matcher|Port|Protocol|Vpc/.test(key))).toEqual([]);
  });

  test.each<[string, (stack: Stack, healthCheck: elbv2.HealthCheck) => TargetGroup]>([
    [
      'at once',
      (stack, healthCheck) =>
        new TargetGroup(stack, 'Web', { targets: [new targets.LambdaTarget(aFunction(stack))], healthCheck }),
    ],
    [
      'later',
      (stack, healthCheck) => {
        const late = new TargetGroup(stack, 'Web', { healthCheck });
        late.addTarget(new targets.LambdaTarget(aFunction(stack)));
        return late;
      },
    ],
  ])('added %s is checked exactly as its owner says', (_, make) => {
    const properties = rendered(make(new Stack(), { enabled: true, path: '/up', interval: Duration.seconds(60) }));
    expect(properties).toMatchObject({
      HealthCheckEnabled: true,
      HealthCheckPath: '/up',
      HealthCheckIntervalSeconds: 60,
    });
    expect(properties).not.toHaveProperty('HealthCheckProtocol');
    expect(properties).not.toHaveProperty('HealthCheckTimeoutSeconds');
  });

  test('keeps the health check that a setter of the L2 gave it before the function came', () => {
    const stack = new Stack();
    const late = new TargetGroup(stack, 'Web');
    late.configureHealthCheck({ enabled: true, path: '/mine' });
    late.addTarget(new targets.LambdaTarget(aFunction(stack)));
    expect(rendered(late)).toMatchObject({ HealthCheckEnabled: true, HealthCheckPath: '/mine' });
  });

  test('may have its health check off, and has no defaults to tell of', () => {
    const off = new TargetGroup(new Stack(), 'Web', { targetType: LAMBDA, healthCheck: { enabled: false } });
    expect(rendered(off)).toMatchObject({ HealthCheckEnabled: false });
    expect(defaultsOf(off)).toEqual([]);
  });

  test.each<[string, TargetGroupProps]>([
    ['targetGroupHealth', { targetGroupHealth: { dnsMinimumHealthyTargetCount: 1 } }],
    ['crossZoneEnabled', { crossZoneEnabled: false }],
    ['deregistrationDelay', { deregistrationDelay: Duration.seconds(30) }],
    ['slowStart', { slowStart: Duration.seconds(30) }],
    ['stickiness', { stickinessCookieDuration: Duration.days(1) }],
    ['algorithm', { loadBalancingAlgorithmType: elbv2.TargetGroupLoadBalancingAlgorithmType.ROUND_ROBIN }],
  ])('fails with %s, which goes with servers', (prop, props) => {
    const text = `HG2115: '${prop}' goes with servers, got a Lambda target (ALB-9, ALB-31, ALB-36): leave it out`;
    expect(() => new TargetGroup(new Stack(), 'Web', { targetType: LAMBDA, ...props })).toThrow(text);
  });

  test('fails at synth with what servers take, when the function comes later, and loses nothing that was chosen', () => {
    const stack = new Stack();
    const late = new TargetGroup(stack, 'Web', {
      algorithm: Algorithm.leastOutstandingRequests(),
      deregistrationDelay: Duration.seconds(5),
    });
    late.addTarget(new targets.LambdaTarget(aFunction(stack)));
    expect(() => rendered(late)).toThrow(
      /HG2115: 'deregistrationDelay' goes with servers.*HG2115: 'algorithm' goes with servers/s,
    );
  });

  test('takes cross-zone balancing that is on, as it always is', () => {
    expect(() => new TargetGroup(new Stack(), 'Web', { targetType: LAMBDA, crossZoneEnabled: true })).not.toThrow();
  });
});

describe('limits', () => {
  test.each([0, 65_536, 1.5, -1, Number.NaN])('fails on the port %d', (port) => {
    expect(() => group({ port })).toThrow(
      `HG2101: 'port' must be an integer from 1 to 65535, got ${port}: give the port on which the targets listen`,
    );
  });

  test.each([1, 65_535])('takes the port %d', (port) => {
    expect(rendered(group({ port }))).toMatchObject({ Port: port });
  });

  test('fails at synth without a port, for targets that are no function', () => {
    expect(() => rendered(group({ port: undefined }))).toThrow("[Default/Web] HG2113: 'port' must be given");
  });

  test.each([3601, 1.5])('fails on a deregistration delay of %d seconds', (delay) => {
    expect(() => group({ deregistrationDelay: Duration.millis(delay * 1000) })).toThrow(
      `HG2116: 'deregistrationDelay' must be an integer from 0 to 3600 seconds, got ${delay}`,
    );
  });

  test.each([0, 3600])('takes a deregistration delay of %d seconds', (delay) => {
    expect(() => group({ deregistrationDelay: Duration.seconds(delay) })).not.toThrow();
  });

  test('fails at synth on a target of all zones beside cross-zone balancing that is off', () => {
    const outside = (crossZoneEnabled: boolean) =>
      group({
        crossZoneEnabled,
        targetType: elbv2.TargetType.IP,
        targets: [new targets.IpTarget('192.0.2.1', 80, 'all')],
      });
    expect(() => rendered(outside(false))).toThrow(
      "[Default/Web] HG2118: 'crossZoneEnabled' must not be false with a target of the zone 'all', got false (ALB-36)",
    );
    expect(() => rendered(outside(true))).not.toThrow();
  });

  test('names a path as it has to be', () => {
    expect(() => group({ healthCheck: { path: 'healthz' } })).toThrow(
      "HG2109: 'healthCheck.path' must begin with '/' and have at most 1024 characters, got 'healthz': write '/healthz'",
    );
  });

  test('shows a text as one, where a number is meant', () => {
    expect(() => group({ port: '8080' as unknown as number })).toThrow(
      "HG2101: 'port' must be an integer from 1 to 65535, got '8080': give the port",
    );
  });

  test.each<[string, elbv2.HealthCheck]>([
    [
      "HG2109: 'healthCheck.interval' must be an integer from 5 to 300 seconds, got 4",
      { interval: Duration.seconds(4) },
    ],
    [
      "HG2109: 'healthCheck.interval' must be an integer from 5 to 300 seconds, got 301",
      { interval: Duration.seconds(301) },
    ],
    ["HG2109: 'healthCheck.timeout' must be an integer from 2 to 120 seconds, got 1", { timeout: Duration.seconds(1) }],
    [
      "HG2109: 'healthCheck.timeout' must be an integer from 2 to 120 seconds, got 121",
      { interval: Duration.seconds(300), timeout: Duration.seconds(121) },
    ],
    [
      "HG2110: 'healthCheck.timeout' must be below 'healthCheck.interval', got a timeout of 10 s and an interval of 10 s (ALB-30)",
      { interval: Duration.seconds(10), timeout: Duration.seconds(10) },
    ],
    [
      "HG2110: 'healthCheck.timeout' must be below 'healthCheck.interval', got a timeout of 6 s and an interval of 5 s (ALB-30)",
      { timeout: Duration.seconds(6) },
    ],
    [
      "HG2109: 'healthCheck.healthyThresholdCount' must be an integer from 2 to 10, got 1",
      { healthyThresholdCount: 1 },
    ],
    [
      "HG2109: 'healthCheck.healthyThresholdCount' must be an integer from 2 to 10, got 11",
      { healthyThresholdCount: 11 },
    ],
    [
      "HG2109: 'healthCheck.unhealthyThresholdCount' must be an integer from 2 to 10, got 1",
      { unhealthyThresholdCount: 1 },
    ],
    [
      "HG2109: 'healthCheck.unhealthyThresholdCount' must be an integer from 2 to 10, got 11",
      { unhealthyThresholdCount: 11 },
    ],
    ["HG2108: 'healthCheck.enabled' can be false for Lambda targets only, got false (ALB-30)", { enabled: false }],
    [
      "HG2111: 'healthCheck.healthyGrpcCodes' must be left out of a target group without 'protocolVersion' GRPC, got '0': use 'healthyHttpCodes'",
      { healthyGrpcCodes: '0' },
    ],
  ])('fails with %s, at once and by the setter of the L2', (text, healthCheck) => {
    expect(() => group({ healthCheck })).toThrow(text);
    const late = group({});
    late.configureHealthCheck({ interval: Duration.seconds(5), ...healthCheck });
    expect(() => rendered(late)).toThrow(`[Default/Web] ${text}`);
  });

  test('fails on an interval with a part of a second', () => {
    expect(() => group({ healthCheck: { interval: Duration.millis(5500) } })).toThrow(
      "HG2109: 'healthCheck.interval' must be an integer from 5 to 300 seconds, got 5.5",
    );
  });

  test.each<[string, elbv2.HealthCheck]>([
    ['of 4 seconds every 5', { interval: Duration.seconds(5), timeout: Duration.seconds(4) }],
    ['of 120 seconds every 300', { interval: Duration.seconds(300), timeout: Duration.seconds(120) }],
    ['with thresholds of 2 and 10', { healthyThresholdCount: 2, unhealthyThresholdCount: 10 }],
    ['with thresholds of 10 and 2', { healthyThresholdCount: 10, unhealthyThresholdCount: 2 }],
    ['that is on in so many words', { enabled: true }],
  ])('takes a health check %s', (_, healthCheck) => {
    expect(() => rendered(group({ healthCheck }))).not.toThrow();
  });

  test.each(['199', '500', 'abc', '', '200-', '200-500', '299-200', '200-299-300', '200,', '0'])(
    'fails on the HTTP codes "%s"',
    (healthyHttpCodes) => {
      expect(() => group({ healthCheck: { healthyHttpCodes } })).toThrow(
        `HG2111: 'healthCheck.healthyHttpCodes' must be codes from 200 to 499, got '${healthyHttpCodes}' (ALB-30): write '200', '200,204' or '200-299'`,
      );
    },
  );

  test.each(['200', '499', '200,204', '200-299', '200-299,404'])('takes the HTTP codes "%s"', (healthyHttpCodes) => {
    expect(rendered(group({ healthCheck: { healthyHttpCodes } }))).toMatchObject({
      Matcher: { HttpCode: healthyHttpCodes },
    });
  });

  test.each(['100', '-1', 'OK'])('fails on the gRPC codes "%s"', (healthyGrpcCodes) => {
    expect(() => group({ protocolVersion: GRPC, healthCheck: { healthyGrpcCodes } })).toThrow(
      `HG2111: 'healthCheck.healthyGrpcCodes' must be codes from 0 to 99, got '${healthyGrpcCodes}' (ALB-30): write '0', '0,12' or '0-5'`,
    );
  });

  test('takes gRPC codes with gRPC, and fails on HTTP codes there', () => {
    const grpc = group({ protocolVersion: GRPC, healthCheck: { healthyGrpcCodes: '0-99' } });
    expect(rendered(grpc)).toMatchObject({ Matcher: { GrpcCode: '0-99' } });
    expect(() => group({ protocolVersion: GRPC, healthCheck: { healthyHttpCodes: '200' } })).toThrow(
      "HG2111: 'healthCheck.healthyHttpCodes' must be left out of a target group with 'protocolVersion' GRPC, got '200': use 'healthyGrpcCodes'",
    );
  });

  test.each(['Count', 'Percentage'])('fails when DNS gives a zone up after the balancer does, by %s', (unit) => {
    const targetGroupHealth = { [`dnsMinimumHealthyTarget${unit}`]: 1, [`routingMinimumHealthyTarget${unit}`]: 2 };
    expect(() => group({ targetGroupHealth })).toThrow(
      `HG2114: 'targetGroupHealth.dnsMinimumHealthyTarget${unit}' must be at least 'routingMinimumHealthyTarget${unit}', got 1 and 2 (ALB-31): raise the first or lower the second`,
    );
  });

  test.each<elbv2.TargetGroupHealth>([
    { dnsMinimumHealthyTargetCount: 2, routingMinimumHealthyTargetCount: 2 },
    { dnsMinimumHealthyTargetCount: 0, routingMinimumHealthyTargetCount: 2 },
    { dnsMinimumHealthyTargetPercentage: 50, routingMinimumHealthyTargetPercentage: 0 },
    { dnsMinimumHealthyTargetCount: 1, routingMinimumHealthyTargetPercentage: 50 },
  ])('takes the thresholds %j', (targetGroupHealth) => {
    expect(() => rendered(group({ targetGroupHealth }))).not.toThrow();
  });

  test('lets tokens pass: what they are is known at deploy alone', () => {
    const stack = new Stack();
    const number = new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
    const text = new CfnParameter(stack, 'Text').valueAsString;
    const targetGroup = group(
      {
        port: number,
        healthCheck: {
          healthyThresholdCount: number,
          unhealthyThresholdCount: number,
          healthyHttpCodes: text,
          path: text,
        },
        targetGroupHealth: { dnsMinimumHealthyTargetCount: 1, routingMinimumHealthyTargetCount: 1 },
      },
      stack,
    );
    expect(rendered(targetGroup)).toMatchObject({
      Port: { Ref: 'Number' },
      HealthyThresholdCount: { Ref: 'Number' },
      UnhealthyThresholdCount: { Ref: 'Number' },
      Matcher: { HttpCode: { Ref: 'Text' } },
      HealthCheckPath: { Ref: 'Text' },
    });
  });
});

describe('a weight', () => {
  test.each([0, 1, 999])('of %d goes with the group', (weight) => {
    const targetGroup = group({});
    expect(targetGroup.weighted(weight)).toEqual({ targetGroup, weight });
  });

  test.each([-1, 1000, 1.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'fails when it is %d, with the path of the group',
    (weight) => {
      expect(() => group({}, new Stack(undefined, 'Shop')).weighted(weight)).toThrow(
        `HG2104: 'weight' must be an integer from 0 to 999, got ${weight}: weights are shares of their sum, so 90 and 10 do what 900 and 100 do [at Shop/Web]`,
      );
    },
  );

  test('may be a token', () => {
    expect(() => group({}).weighted(Lazy.number({ produce: () => 1 }))).not.toThrow();
  });
});

describe('what works on any L2 works here', () => {
  test('setters of the L2', () => {
    const targetGroup = group({ targetType: elbv2.TargetType.IP });
    targetGroup.configureHealthCheck({ path: '/other' });
    targetGroup.setAttribute('deregistration_delay.timeout_seconds', '10');
    targetGroup.addTarget(new targets.IpTarget('10.0.0.1'));
    expect(rendered(targetGroup)).toMatchObject({
      HealthCheckPath: '/other',
      Targets: [{ Id: '10.0.0.1' }],
      TargetGroupAttributes: expect.arrayContaining([{ Key: 'deregistration_delay.timeout_seconds', Value: '10' }]),
    });
  });

  test('aspects and tags', () => {
    const targetGroup = group({});
    const slower: IAspect = {
      visit: (node) => {
        if (node instanceof elbv2.CfnTargetGroup) node.healthCheckIntervalSeconds = 15;
      },
    };
    Aspects.of(targetGroup).add(slower);
    Tags.of(targetGroup).add('team', 'shop');
    expect(rendered(targetGroup)).toMatchObject({
      HealthCheckIntervalSeconds: 15,
      Tags: [{ Key: 'team', Value: 'shop' }],
    });
  });

  test.each([TargetGroup.PROPERTY_INJECTION_ID, elbv2.ApplicationTargetGroup.PROPERTY_INJECTION_ID])(
    'a property injector for %s',
    (constructUniqueId) => {
      const injector: IPropertyInjector = {
        constructUniqueId,
        inject: (props) => ({ ...props, deregistrationDelay: Duration.seconds(7) }),
      };
      const app = new App();
      const stack = new Stack(app, 'Shop');
      PropertyInjectors.of(app).add(injector);
      expect(rendered(group({}, stack)).TargetGroupAttributes).toContainEqual({
        Key: 'deregistration_delay.timeout_seconds',
        Value: '7',
      });
    },
  );

  test('a property injector for our id may give our props, and is checked as they are', () => {
    const injector: IPropertyInjector = {
      constructUniqueId: TargetGroup.PROPERTY_INJECTION_ID,
      inject: (props) => ({ ...props, healthCheck: { interval: Duration.seconds(301) } }),
    };
    const stack = new Stack(new App(), 'Shop', { propertyInjectors: [injector] });
    expect(() => group({}, stack)).toThrow("HG2109: 'healthCheck.interval' must be an integer from 5 to 300");
  });
});
