import { metricLine } from '../../../lambda/health-monitor/metrics';
import type { RegionVerdict } from '../../../lambda/health-monitor/types';

const origin = { service: 'shop', vantage: 'us-west-2', nowMillis: 1_790_000_000_000 };
const lineOf = (verdict: RegionVerdict) => JSON.parse(metricLine(verdict, origin));

test('a healthy Region is one line in the embedded metric format', () => {
  const line = metricLine({ region: 'us-east-1', verdict: 'healthy', reason: 'fine\n', latencyMillis: 12 }, origin);
  expect(line).not.toContain('\n');
  expect(JSON.parse(line)).toEqual({
    _aws: {
      Timestamp: 1_790_000_000_000,
      CloudWatchMetrics: [
        {
          Namespace: 'CdkHeadgate/Health',
          Dimensions: [['Service', 'Region', 'Vantage']],
          Metrics: [
            { Name: 'Unknown', Unit: 'Count' },
            { Name: 'Healthy', Unit: 'Count' },
            { Name: 'Latency', Unit: 'Milliseconds' },
          ],
        },
      ],
    },
    Service: 'shop',
    Region: 'us-east-1',
    Vantage: 'us-west-2',
    Unknown: 0,
    Healthy: 1,
    Latency: 12,
    Verdict: 'healthy',
    Reason: 'fine\n',
  });
});

test.each<[RegionVerdict, object]>([
  [
    { region: 'r', verdict: 'unhealthy', reason: 'x' },
    { Unknown: 0, Healthy: 0 },
  ],
  [
    { region: 'r', verdict: 'unhealthy', reason: 'x', latencyMillis: 0 },
    { Unknown: 0, Healthy: 0, Latency: 0 },
  ],
  [{ region: 'r', verdict: 'unknown', reason: 'x' }, { Unknown: 1 }],
  [
    { region: 'r', verdict: 'unknown', reason: 'x', latencyMillis: 7 },
    { Unknown: 1, Latency: 7 },
  ],
])('%j publishes %j, each metric with its value and no other', (verdict, values) => {
  const line = lineOf(verdict);
  const names = line._aws.CloudWatchMetrics[0].Metrics.map((metric: { Name: string }) => metric.Name);
  expect(Object.fromEntries(names.map((name: string) => [name, line[name]]))).toEqual(values);
  for (const name of ['Unknown', 'Healthy', 'Latency']) expect(name in line).toBe(names.includes(name));
});
