import { CloudWatchClient, GetMetricStatisticsCommand, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { App } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { buildShop } from '../../bin/shop';
import { credentialsOf } from './assembly';
import type { Deployed } from './deployed';

/** A line in CloudWatch's embedded metric format. */
interface EmbeddedMetrics {
  readonly [member: string]: unknown;
  readonly _aws: {
    readonly Timestamp: number;
    readonly CloudWatchMetrics: {
      readonly Namespace: string;
      readonly Dimensions: string[][];
      readonly Metrics: { readonly Name: string; readonly Unit?: string }[];
    }[];
  };
}

/**
 * Invokes the function of each Region's monitor, finds what it published in the log group that the template gave it, and reads the metric
 * back under the name and the dimensions by which the construct's own metric asks for it.
 */
export async function runMonitor(deployed: readonly Deployed[]): Promise<string> {
  const functions = deployed.filter(
    ({ type, logicalId }) => type === 'AWS::Lambda::Function' && /Monitor/.test(logicalId),
  );
  const wanted = unknownMetrics();
  if (functions.length !== wanted.length)
    throw new Error(`${functions.length} functions for ${wanted.length} monitors`);
  const told = await Promise.all(functions.map((lambda, index) => runOne(lambda, wanted[index]!)));
  return told.join(', ');
}

async function runOne(lambda: Deployed, wanted: cloudwatch.MetricStatConfig): Promise<string> {
  const environment = credentialsOf(lambda.stack);
  const { FunctionError, Payload } = await new LambdaClient(environment).send(
    new InvokeCommand({ FunctionName: lambda.physicalId }),
  );
  if (FunctionError) throw new Error(`${lambda.logicalId} failed: ${Buffer.from(Payload ?? []).toString()}`);
  const { LogGroup } = lambda.properties.LoggingConfig as { LogGroup: string };
  const line = await publishedLine(environment, LogGroup);
  await extract(environment, line);
  const value = await statistic(environment, wanted, line._aws.Timestamp);
  // It has to have looked for the service, and from here there is none of that name.
  if (!/^https:\/\/shop\.example\.com:443\/live: 0 passed .* of 3 attempts.*\(dns: [^)]*\)/.test(String(line.Reason)))
    throw new Error(`${lambda.logicalId} gives another reason: ${line.Reason}`);
  // 1 where the function reaches nothing at all, 0 where it reaches what vouches for the network.
  const said = line[wanted.metricName];
  if ((said !== 0 && said !== 1) || value !== said)
    throw new Error(`${wanted.metricName} of ${lambda.logicalId} is ${value}, and the function said ${said}`);
  return `${wanted.namespace} ${wanted.metricName} is ${value} in ${lambda.stack.region}`;
}

/** What the monitors' own metrics ask for: whether nothing is known. */
function unknownMetrics(): cloudwatch.MetricStatConfig[] {
  const shop = buildShop(new App(), { domain: 'example.com', hostedZoneId: 'Z0123456789EXAMPLE' });
  return shop.monitors.map((monitor) => monitor.metricUnknown('global').toMetricConfig().metricStat!);
}

type Environment = ReturnType<typeof credentialsOf>;

async function publishedLine(environment: Environment, logGroupName: string): Promise<EmbeddedMetrics> {
  const client = new CloudWatchLogsClient(environment);
  for await (const { events = [] } of paginateFilterLogEvents({ client }, { logGroupName })) {
    for (const { message = '' } of events) if (message.startsWith('{"_aws"')) return JSON.parse(message);
  }
  throw new Error(`${logGroupName} has no line with metrics`);
}

/** What CloudWatch does with such a line, and the emulator doesn't: that asserts nothing. */
async function extract(environment: Environment, line: EmbeddedMetrics): Promise<void> {
  const client = new CloudWatchClient(environment);
  for (const { Namespace, Dimensions, Metrics } of line._aws.CloudWatchMetrics) {
    for (const names of Dimensions) {
      await client.send(
        new PutMetricDataCommand({
          Namespace,
          MetricData: Metrics.map(({ Name }) => ({
            MetricName: Name,
            Dimensions: names.map((name) => ({ Name: name, Value: String(line[name]) })),
            Timestamp: new Date(line._aws.Timestamp),
            Value: Number(line[Name]),
          })),
        }),
      );
    }
  }
}

async function statistic(
  environment: Environment,
  { namespace, metricName, dimensions, period, statistic: name }: cloudwatch.MetricStatConfig,
  millis: number,
): Promise<number | undefined> {
  const { Datapoints } = await new CloudWatchClient(environment).send(
    new GetMetricStatisticsCommand({
      Namespace: namespace,
      MetricName: metricName,
      // The monitor runs in the Region of its stack, which the construct leaves open until it is deployed.
      Dimensions: dimensions?.map(({ name: dimension, value }) => ({ Name: dimension, Value: String(value) })),
      Period: period.toSeconds(),
      Statistics: [name as 'Maximum'],
      StartTime: new Date(millis - 600_000),
      EndTime: new Date(millis + 600_000),
    }),
  );
  return Datapoints?.at(-1)?.Maximum;
}
