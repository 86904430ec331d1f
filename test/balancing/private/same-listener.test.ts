import { App, NestedStack, Stack } from 'aws-cdk-lib';
import { CfnListenerRule } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import { rulesOnSameListener } from '../../../lib/balancing/private/same-listener';

const LISTENER =
  'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2';

function stackIn(scope: Construct, id: string, region?: string): Stack {
  return new Stack(scope, id, region === undefined ? {} : { env: { region } });
}

function addRule(scope: Construct, id = 'Rule'): CfnListenerRule {
  return new CfnListenerRule(scope, id, { listenerArn: LISTENER, actions: [], conditions: [], priority: 1 });
}

test.each<[string, (app: App, home: Stack) => Construct]>([
  ['the same stack', (_, home) => home],
  ['another stack of the Region', (app) => stackIn(app, 'Other', 'eu-west-1')],
  ['a stack without a Region', (app) => stackIn(app, 'Other')],
  ['a nested stack', (_, home) => new NestedStack(home, 'Nested')],
  [
    'a stack of the Region that stands in one of another',
    (app) => stackIn(stackIn(app, 'Far', 'us-east-1'), 'Near', 'eu-west-1'),
  ],
  [
    'a stack that stands deep in one of another',
    (app) => stackIn(new Construct(stackIn(app, 'Far', 'us-east-1'), 'Between'), 'Near', 'eu-west-1'),
  ],
])('a rule is found in %s', (_, place) => {
  const app = new App();
  const home = stackIn(app, 'Home', 'eu-west-1');
  const rule = addRule(place(app, home));
  expect(rulesOnSameListener(home, LISTENER)).toEqual([rule]);
});

test('a rule in a stack of another Region is not asked for', () => {
  const app = new App();
  const home = stackIn(app, 'Home', 'eu-west-1');
  addRule(stackIn(app, 'Far', 'us-east-1'));
  expect(rulesOnSameListener(home, LISTENER)).toEqual([]);
});

test('a rule of its own is found by a stack that stands deep in one of another Region', () => {
  const home = stackIn(new Construct(stackIn(new App(), 'Far', 'us-east-1'), 'Service'), 'Home', 'eu-west-1');
  const rule = addRule(home);
  expect(rulesOnSameListener(home, LISTENER)).toEqual([rule]);
});

test('all stacks are asked when the own one has no Region', () => {
  const app = new App();
  const rule = addRule(stackIn(app, 'Other', 'us-east-1'));
  expect(rulesOnSameListener(stackIn(app, 'Home'), LISTENER)).toEqual([rule]);
});

test('a rule of another listener is none', () => {
  const home = stackIn(new App(), 'Home', 'eu-west-1');
  addRule(home);
  expect(rulesOnSameListener(home, `${LISTENER}0`)).toEqual([]);
});
