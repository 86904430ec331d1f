import type { RegionVerdict } from './types';

export const NAMESPACE = 'CdkHeadgate/Health';

/** Where a verdict comes from and when. */
export interface Origin {
  readonly service: string;
  /** The Region in which the monitor runs. */
  readonly vantage: string;
  readonly nowMillis: number;
}

/**
 * A verdict as one line in CloudWatch's embedded metric format. `Unknown` is always there, so that its absence means a dead monitor;
 * `Healthy` only if there is a verdict.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function metricLine({ region, verdict, reason, latencyMillis }: RegionVerdict, origin: Origin): string {
  const known = verdict !== 'unknown';
  const metrics = [{ Name: 'Unknown', Unit: 'Count' }];
  if (known) metrics.push({ Name: 'Healthy', Unit: 'Count' });
  if (latencyMillis !== undefined) metrics.push({ Name: 'Latency', Unit: 'Milliseconds' });
  return JSON.stringify({
    _aws: {
      Timestamp: origin.nowMillis,
      CloudWatchMetrics: [{ Namespace: NAMESPACE, Dimensions: [['Service', 'Region', 'Vantage']], Metrics: metrics }],
    },
    Service: origin.service,
    Region: region,
    Vantage: origin.vantage,
    Unknown: known ? 0 : 1,
    ...(known ? { Healthy: verdict === 'healthy' ? 1 : 0 } : {}),
    ...(latencyMillis !== undefined ? { Latency: latencyMillis } : {}),
    Verdict: verdict,
    Reason: reason,
  });
}
