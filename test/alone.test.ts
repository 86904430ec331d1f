import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { RegionalService } from '../lib/patterns';
import { EVERY_CONSTRUCT } from './support/constructs';

test.each(EVERY_CONSTRUCT)('%s works alone in an L2 stack of its own', (_, make, type) => {
  const stack = new Stack(new App(), 'Alone');
  const made = make(stack);
  const shown = Stack.isStack(made) ? made : stack;
  expect(Object.keys(Template.fromStack(shown).findResources(type)).length).toBeGreaterThan(0);
});

test('an imported service works alone in an L2 stack of its own', () => {
  const stack = new Stack(new App(), 'Alone');
  const service = RegionalService.fromRegionalServiceAttributes(stack, 'It', {
    listenerArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/a/50dc6c495c0c9188/f2f7dc8efc522ab2',
    securityGroupId: 'sg-1',
    vpc: new ec2.Vpc(stack, 'Vpc'),
    firstPriority: 20_000,
    lastPriority: 24_999,
  });
  const conditions = [elbv2.ListenerCondition.pathPatterns(['/a'])];
  service.addRoute('Route', { conditions, action: elbv2.ListenerAction.fixedResponse(200) });
  Template.fromStack(stack).resourceCountIs('AWS::ElasticLoadBalancingV2::ListenerRule', 1);
});

test('no construct of the public API is left out above', () => {
  const { types } = JSON.parse(readFileSync(join(__dirname, '..', '.jsii'), 'utf8'));
  const constructs = (Object.values(types) as { kind: string; name: string; base?: string }[])
    .filter(({ kind, base }) => kind === 'class' && base !== undefined)
    .map(({ name }) => name);
  expect(EVERY_CONSTRUCT.map(([name]) => name).sort()).toEqual(constructs.sort());
});
