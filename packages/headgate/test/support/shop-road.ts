import { answerWith, group, type MadeEnd, step } from './answers';

/** A road over an edge, two Regions by latency, and weighted groups, as a shop of two Regions has it. */
export function shopAnswer(ends: readonly MadeEnd[] = []) {
  const name = step('dns-record', 'Alias', 'Shop-edge', 'shop.example.com is an alias of Distribution', ['R53-2']);
  const edge = step('behavior', 'Distribution', 'Shop-edge', 'no path pattern before the default matched', ['CF-4']);
  const warning = 'The client Region is not given: every Region of Latency has an even share.';
  const region = (id: string, stack: string) => [
    name,
    edge,
    step('dns-record', `Latency-${id}`, 'Shop-routing', `latency: ${id} may be the nearest`, ['R53-4'], { warning }),
    step('listener-rule', 'ApiRule', stack, 'priority 10 matched path /api/*', ['ALB-1', 'ALB-3']),
  ];
  const weight = (id: string, stack: string, of: number) =>
    step('target-group', id, stack, `weight ${of} of 100`, ['ALB-22']);
  const bounded = { quality: 'bounded', min: 0 } as const;
  return answerWith([
    {
      steps: [...region('us-east-1', 'Shop-us-east-1'), weight('Blue', 'Shop-us-east-1', 90)],
      share: 0.45,
      max: 0.9,
      ...bounded,
      to: group('Blue'),
    },
    {
      steps: [...region('us-east-1', 'Shop-us-east-1'), weight('Green', 'Shop-us-east-1', 10)],
      share: 0.05,
      max: 0.1,
      ...bounded,
      to: group('Green'),
    },
    {
      steps: region('eu-west-1', 'Shop-eu-west-1'),
      share: 0.5,
      max: 1,
      ...bounded,
      to: { type: 'error', id: 'Lb', stack: 'Shop-eu-west-1' },
      status: 503,
    },
    ...ends,
  ]);
}
