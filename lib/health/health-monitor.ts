import { Duration, Stack, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { HeadgateError } from '../core/errors';
import { recordDefault } from '../core/private/defaults';
import { handlerFolder } from '../core/private/handler-code';
import { injected } from '../core/private/injection';
import { HealthProbe } from './health-probe';
import {
  ATTEMPTS,
  checkInterval,
  checkServiceName,
  longestRunMillis,
  type MonitorConfig,
  monitorEnvironment,
  NEEDED,
  SPACING_MILLIS,
} from './private/monitor-config';
import { monitorRole } from './private/monitor-role';

/** Properties of a `HealthMonitor`. */
export interface HealthMonitorProps {
  /** What to probe, 1 to 20 probes; all of them run at once. */
  readonly probes: HealthProbe[];

  /** The service that the probes are about, the metrics' dimension `Service`: 1 to 255 printable ASCII characters. */
  readonly serviceName: string;

  /**
   * Up to 5 probes of things that answer unless the monitor itself is cut off. Any sign of life will do, whatever the status. While none
   * gives one, a failure of a target is no evidence, and the verdict is unknown.
   *
   * @default - the STS endpoint of the monitor's own Region. With a `vpc`, the targets vouch for one another: the failure of one counts
   * while any of them gives a sign of life
   */
  readonly controls?: HealthProbe[];

  /**
   * How often the monitor runs: 1 to 60 whole minutes.
   *
   * @default Duration.minutes(1)
   */
  readonly interval?: Duration;

  /**
   * The VPC from which the monitor probes, for targets with private addresses.
   *
   * @default - the monitor probes from outside, over the internet
   */
  readonly vpc?: ec2.IVpc;

  /**
   * In which subnets of `vpc` the function stands. Public subnets won't do: a function gets no public address there.
   *
   * @default - the private subnets with egress
   */
  readonly vpcSubnets?: ec2.SubnetSelection;
}

const DEFAULT_INTERVAL = Duration.minutes(1);
const MAX_PROBES = 20;
const MAX_CONTROLS = 5;
const NAMESPACE = 'CdkHeadgate/Health';
/** What a run may take besides its probes: starting, deciding, writing. */
const MARGIN = Duration.seconds(10);

/**
 * A Lambda function that probes a service over HTTP and HTTPS from where it stands, and publishes what it saw as metrics: in the
 * namespace `CdkHeadgate/Health`, with the dimensions `Service`, `Region` (of the target) and `Vantage` (the Region of the monitor),
 *
 * - `Healthy`: 1 or 0, when at least two of three attempts agree, and no data otherwise;
 * - `Unknown`: 1 when there is no verdict, else 0; no data means that the monitor itself is dead;
 * - `Latency`: the median milliseconds of a run's attempts that passed, look-up included.
 *
 * It is evidence, for alarms and for a failover controller; nothing that steers traffic may wait for it.
 */
export class HealthMonitor extends Construct implements iam.IGrantable {
  /** Uniquely identifies this class to property injectors. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-headgate.health.HealthMonitor';

  /** The function that probes. */
  public readonly lambdaFunction: lambda.Function;

  /** The role of the function. */
  public readonly grantPrincipal: iam.IPrincipal;

  /** Where the function logs, its verdicts with their reasons; kept a year. */
  public readonly logGroup: logs.LogGroup;

  private readonly config: MonitorConfig;
  private readonly interval: Duration;

  public constructor(scope: Construct, id: string, props: HealthMonitorProps) {
    super(scope, id);
    const given = injected(HealthMonitor.PROPERTY_INJECTION_ID, scope, id, props);
    this.checkCount('probes', given.probes.length, 1, MAX_PROBES);
    this.checkCount('controls', given.controls?.length ?? 0, 0, MAX_CONTROLS);
    this.interval = given.interval ?? DEFAULT_INTERVAL;
    checkInterval(this.interval, this);
    checkServiceName(given.serviceName, this);
    if (given.vpcSubnets && !given.vpc) {
      throw new HeadgateError('HG7011', "'vpcSubnets' must come with a 'vpc', got none: give the VPC too", this);
    }
    this.config = {
      service: given.serviceName,
      attempts: ATTEMPTS,
      needed: NEEDED,
      spacingMillis: SPACING_MILLIS,
      targets: given.probes.map((probe) => probe._render(this)),
      controls: (given.controls ?? this.defaultControls(given)).map((probe) => probe._render(this)),
    };
    const environment = monitorEnvironment(this, this.config);

    this.logGroup = new logs.LogGroup(this, 'Logs', { retention: logs.RetentionDays.ONE_YEAR });
    const role = monitorRole(this, this.logGroup, given.vpc !== undefined);
    this.grantPrincipal = role;
    this.lambdaFunction = new lambda.Function(this, 'Function', {
      description: 'Probes the targets of a health monitor and publishes its verdicts',
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      handler: 'index.handler',
      code: lambda.Code.fromAsset(handlerFolder('health-monitor')),
      environment,
      logGroup: this.logGroup,
      role,
      // TLS to 20 targets at once needs more than the smallest share of a processor, or its slowness would look like theirs.
      memorySize: 256,
      timeout: Duration.millis(longestRunMillis(this.config)).plus(MARGIN),
      // A run that failed isn't repeated: the next minute's sees more than a late one. Nor is concurrency reserved: new accounts have
      // too little of it, and runs are shorter than their interval.
      retryAttempts: 0,
      maxEventAge: Duration.minutes(1),
      vpc: given.vpc,
      vpcSubnets: given.vpcSubnets,
    });
    new events.Rule(this, 'Schedule', {
      schedule: events.Schedule.rate(this.interval),
      targets: [
        new targets.LambdaFunction(this.lambdaFunction, { retryAttempts: 0, maxEventAge: Duration.minutes(1) }),
      ],
    });
    recordDefault(this, given.interval, {
      prop: 'interval',
      value: '1 minute',
      why: `${ATTEMPTS} attempts at each target in every run, ${NEEDED} of which must agree`,
    });
  }

  /**
   * 1 when the targets in `targetRegion` are healthy as seen from here, 0 when one isn't; no data while that is unknown. By default its
   * minimum over the monitor's interval.
   *
   * Throws HG7012 for a Region that no probe speaks for.
   */
  public metricHealthy(targetRegion: string, props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('Healthy', targetRegion, { statistic: cloudwatch.Stats.MINIMUM, ...props });
  }

  /**
   * 1 when the monitor has no verdict on `targetRegion`, else 0; no data means that the monitor didn't run. By default its maximum over
   * the monitor's interval.
   *
   * Throws HG7012 for a Region that no probe speaks for.
   */
  public metricUnknown(targetRegion: string, props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('Unknown', targetRegion, { statistic: cloudwatch.Stats.MAXIMUM, ...props });
  }

  /**
   * The median milliseconds of a run's attempts that passed, at the targets in `targetRegion`. By default its average over the
   * monitor's interval.
   *
   * Throws HG7012 for a Region that no probe speaks for.
   */
  public metricLatency(targetRegion: string, props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('Latency', targetRegion, { statistic: cloudwatch.Stats.AVERAGE, ...props });
  }

  private metric(metricName: string, region: string, props: cloudwatch.MetricOptions): cloudwatch.Metric {
    const probed = [...new Set(this.config.targets.map((target) => target.region))];
    if (![region, ...probed].some(Token.isUnresolved) && !probed.includes(region)) {
      throw new HeadgateError(
        'HG7012',
        `'targetRegion' must be one that a probe speaks for, got '${region}': use one of ${probed.join(', ')}, or add a probe`,
        this,
      );
    }
    return new cloudwatch.Metric({
      namespace: NAMESPACE,
      metricName,
      dimensionsMap: { Service: this.config.service, Region: region, Vantage: Stack.of(this).region },
      period: this.interval,
      ...props,
    }).attachTo(this);
  }

  private defaultControls({ vpc }: HealthMonitorProps): HealthProbe[] {
    const { region, urlSuffix } = Stack.of(this);
    return vpc ? [] : [HealthProbe.https({ host: `sts.${region}.${urlSuffix}` })];
  }

  private checkCount(prop: string, count: number, min: number, max: number): void {
    if (count < min || count > max) {
      throw new HeadgateError(
        'HG7001',
        `'${prop}' must hold ${min} to ${max} probes, got ${count}: divide them among several monitors`,
        this,
      );
    }
  }
}
