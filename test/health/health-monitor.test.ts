import { App, Duration, PropertyInjectors, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { readConfig } from '../../lambda/health-monitor/config';
import { NAMESPACE } from '../../lambda/health-monitor/metrics';
import { HealthMonitor, type HealthMonitorProps, HealthProbe } from '../../lib/health';

const probe = HealthProbe.https({ host: 'us-east-1.origin.shop.example.com', path: '/live', region: 'us-east-1' });

function monitorIn(stack: Stack, props: Partial<HealthMonitorProps> = {}) {
  return new HealthMonitor(stack, 'Monitor', { serviceName: 'shop', probes: [probe], ...props });
}

/** The configuration of the function, as its handler reads it at run time in us-west-2. */
function deployedConfig(stack: Stack) {
  const [fn] = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function'));
  const value = fn?.Properties.Environment.Variables.HEADGATE_MONITOR;
  const known: Record<string, string> = { 'AWS::Region': 'us-west-2', 'AWS::URLSuffix': 'amazonaws.com' };
  const parts: (string | { Ref: string })[] = typeof value === 'string' ? [value] : value['Fn::Join'][1];
  return readConfig({
    HEADGATE_MONITOR: parts.map((part) => (typeof part === 'string' ? part : known[part.Ref])).join(''),
  });
}

test('the function runs the bundled handler, alone, and is never retried', () => {
  const stack = new Stack();
  monitorIn(stack);
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::Lambda::Function', {
    Runtime: 'nodejs24.x',
    Architectures: ['arm64'],
    Handler: 'index.handler',
    Timeout: 25,
    MemorySize: 256,
    LoggingConfig: { LogGroup: { Ref: Match.stringLikeRegexp('^MonitorLogs') } },
    VpcConfig: Match.absent(),
  });
  template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
    MaximumRetryAttempts: 0,
    MaximumEventAgeInSeconds: 60,
  });
  template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 365 });
});

test.each([
  [undefined, 'rate(1 minute)'],
  [Duration.minutes(5), 'rate(5 minutes)'],
  [Duration.seconds(120), 'rate(2 minutes)'],
  [Duration.hours(1), 'rate(1 hour)'],
])('with the interval %s a rule calls the function at the %s', (interval, ScheduleExpression) => {
  const stack = new Stack();
  monitorIn(stack, { interval });
  Template.fromStack(stack).hasResourceProperties('AWS::Events::Rule', {
    ScheduleExpression,
    State: 'ENABLED',
    Targets: [
      {
        Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^MonitorFunction'), 'Arn'] },
        RetryPolicy: { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 },
      },
    ],
  });
});

test('the handler reads what the construct was told', () => {
  const stack = new Stack();
  const probes = [
    probe,
    HealthProbe.http({
      host: '192.0.2.1',
      port: 8080,
      region: 'eu-west-1',
      expectedStatus: '200,204-206',
      searchString: 'all "fine"',
      timeout: Duration.seconds(10),
      allowPrivateAddresses: true,
    }),
    HealthProbe.https({ host: 'here.example.com' }),
  ];
  monitorIn(stack, { probes, controls: [HealthProbe.http({ host: 'control.example.com' })] });
  const status = [{ from: 200, to: 399 }];
  expect(deployedConfig(stack)).toEqual({
    service: 'shop',
    attempts: 3,
    needed: 2,
    spacingMillis: 3000,
    targets: [
      {
        region: 'us-east-1',
        protocol: 'https',
        host: 'us-east-1.origin.shop.example.com',
        port: 443,
        path: '/live',
        status,
        timeoutMillis: 5000,
        allowPrivateAddresses: false,
      },
      {
        region: 'eu-west-1',
        protocol: 'http',
        host: '192.0.2.1',
        port: 8080,
        path: '/',
        status: [
          { from: 200, to: 200 },
          { from: 204, to: 206 },
        ],
        searchString: 'all "fine"',
        timeoutMillis: 10000,
        allowPrivateAddresses: true,
      },
      expect.objectContaining({ region: 'us-west-2', host: 'here.example.com' }),
    ],
    controls: [expect.objectContaining({ protocol: 'http', host: 'control.example.com', port: 80 })],
  });
  Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', { Timeout: 40 });
});

test.each([
  [1, 19],
  [4, 22],
])(
  'the function gets the time of three rounds, which start 3 s apart at least: %i s probes, %i s',
  (seconds, Timeout) => {
    const stack = new Stack();
    const timeout = Duration.seconds(seconds);
    const host = 'shop.example.com';
    monitorIn(stack, { probes: [HealthProbe.https({ host, timeout })], controls: [] });
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', { Timeout });
  },
);

test('the control of a monitor outside a VPC is the STS endpoint of its Region', () => {
  const stack = new Stack();
  monitorIn(stack);
  expect(deployedConfig(stack).controls).toMatchObject([
    { protocol: 'https', host: 'sts.us-west-2.amazonaws.com', port: 443 },
  ]);
});

test('its metrics have the names that the handler publishes', () => {
  const stack = new Stack(new App(), 'Control', { env: { region: 'us-west-2', account: '111111111111' } });
  const monitor = monitorIn(stack, { interval: Duration.minutes(2) });
  const common = {
    namespace: NAMESPACE,
    dimensions: { Service: 'shop', Region: 'us-east-1', Vantage: 'us-west-2' },
    period: Duration.minutes(2),
  };
  expect(monitor.metricHealthy('us-east-1')).toMatchObject({ ...common, metricName: 'Healthy', statistic: 'Minimum' });
  expect(monitor.metricUnknown('us-east-1')).toMatchObject({ ...common, metricName: 'Unknown', statistic: 'Maximum' });
  expect(monitor.metricLatency('us-east-1', { statistic: 'p90' })).toMatchObject({
    ...common,
    metricName: 'Latency',
    statistic: 'p90',
  });
});

test('its metrics take the Region of the stack, known or not', () => {
  const stack = new Stack();
  const monitor = monitorIn(stack, { probes: [HealthProbe.https({ host: 'shop.example.com' })] });
  expect(stack.resolve(monitor.metricHealthy(stack.region).dimensions)).toEqual({
    Service: 'shop',
    Region: { Ref: 'AWS::Region' },
    Vantage: { Ref: 'AWS::Region' },
  });
});

test('a property injector reaches it', () => {
  const stack = new Stack();
  PropertyInjectors.of(stack).add({
    constructUniqueId: HealthMonitor.PROPERTY_INJECTION_ID,
    inject: (props) => ({ ...props, interval: Duration.minutes(7) }),
  });
  monitorIn(stack);
  Template.fromStack(stack).hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(7 minutes)' });
});

test('the default interval is recorded, a given one is not', () => {
  const defaultsOf = (monitor: HealthMonitor) =>
    monitor.node.metadata.filter((entry) => entry.type === 'cdk-headgate:default').map((entry) => entry.data.prop);
  expect(defaultsOf(monitorIn(new Stack()))).toEqual(['interval']);
  expect(defaultsOf(monitorIn(new Stack(), { interval: Duration.minutes(1) }))).toEqual([]);
});
