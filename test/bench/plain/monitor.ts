import { Duration, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { PROBE_PATH } from './names';

export interface MonitorProps {
  /** What is asked. */
  readonly host: string;
  /** The folder with the function's bundle. */
  readonly bundle: string;
}

/** A function that asks the service every minute, as a client would. */
export class Monitor extends Construct {
  public constructor(scope: Construct, id: string, { host, bundle }: MonitorProps) {
    super(scope, id);
    const logGroup = new logs.LogGroup(this, 'Logs', { retention: logs.RetentionDays.ONE_YEAR });
    const policy = new iam.ManagedPolicy(this, 'Policy', {
      statements: [
        new iam.PolicyStatement({
          actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          resources: [logGroup.logGroupArn],
        }),
      ],
    });
    const handler = new lambda.Function(this, 'Function', {
      description: 'Probes the targets of a health monitor and publishes its verdicts',
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      handler: 'index.handler',
      code: lambda.Code.fromAsset(bundle),
      environment: { HEADGATE_MONITOR: this.config(host) },
      logGroup,
      role: new iam.Role(this, 'Role', {
        assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
        managedPolicies: [policy],
      }),
      memorySize: 256,
      timeout: Duration.seconds(25),
      retryAttempts: 0,
      maxEventAge: Duration.minutes(1),
    });
    new events.Rule(this, 'Schedule', {
      schedule: events.Schedule.rate(Duration.minutes(1)),
      targets: [new targets.LambdaFunction(handler, { retryAttempts: 0, maxEventAge: Duration.minutes(1) })],
    });
  }

  private config(host: string): string {
    const stack = Stack.of(this);
    const target = { protocol: 'https', host, port: 443, path: PROBE_PATH, status: '200-399', timeoutMillis: 5000 };
    const control = { ...target, host: `sts.${stack.region}.${stack.urlSuffix}`, path: '/' };
    return stack.toJsonString({
      service: host,
      attempts: 3,
      needed: 2,
      spacingMillis: 3000,
      targets: [{ region: 'global', ...target }],
      controls: [{ region: stack.region, ...control }],
    });
  }
}
