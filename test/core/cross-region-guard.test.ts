import { App, Aspects, CfnOutput, CfnResource, Fn, Lazy, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { CrossRegionGuard } from '../../lib/core/private/cross-region-guard';

const env = (region: string) => ({ account: '111122223333', region });

/** A topic in one stack, and what another may refer to. */
function twoStacks(scope: Construct, here?: string, there?: string) {
  const producer = new Stack(scope, 'Producer', here === undefined ? {} : { env: env(here) });
  const consumer = new Stack(scope, 'Consumer', there === undefined ? {} : { env: env(there) });
  return { topic: new sns.Topic(producer, 'Topic'), producer, consumer };
}

function guardedApp(): App {
  const app = new App();
  Aspects.of(app).add(new CrossRegionGuard(), { priority: 1000 });
  return app;
}

/** The forms in which a value may hide. */
const FORMS: [string, (arn: string) => string][] = [
  ['a bare reference', (arn) => arn],
  ['a text around it', (arn) => `topic: ${arn}!`],
  ['Fn.join', (arn) => Fn.join('-', ['topic', arn])],
  ['Fn.sub', (arn) => Fn.sub('${Topic}', { Topic: arn })],
  ['Fn.select of Fn.split', (arn) => Fn.select(5, Fn.split(':', arn))],
  ['a lazy value', (arn) => Lazy.string({ produce: () => arn })],
  ['Fn.join inside Fn.join', (arn) => Fn.join('', ['a', Fn.join('', ['b', arn])])],
];

test.each(FORMS)('fails with a reference to another Region as %s, and names both ends', (_, form) => {
  const app = guardedApp();
  const { topic, consumer } = twoStacks(app, 'us-east-1', 'eu-west-1');
  new ssm.StringParameter(consumer, 'Parameter', { stringValue: form(topic.topicArn) });
  expect(() => app.synth()).toThrow(
    /^HG0204: '\w+' of 'Producer\/Topic\/Resource' \(us-east-1\) is used in eu-west-1: no reference may cross Regions; use a name, such as the record's, in its place \[at Consumer\/Parameter\/Resource\]$/,
  );
});

test('fails although the stacks allow the CDK to carry references', () => {
  const app = guardedApp();
  const crossRegionReferences = true;
  const producer = new Stack(app, 'Producer', { env: env('us-east-1'), crossRegionReferences });
  const consumer = new Stack(app, 'Consumer', { env: env('eu-west-1'), crossRegionReferences });
  const topic = new sns.Topic(producer, 'Topic');
  new CfnOutput(consumer, 'Arn', { value: topic.topicArn });
  expect(() => app.synth()).toThrow("HG0204: 'Ref' of 'Producer/Topic/Resource' (us-east-1) is used in eu-west-1");
});

test('fails although a physical name would let the CDK write a literal', () => {
  const app = guardedApp();
  const producer = new Stack(app, 'Producer', { env: env('us-east-1') });
  const consumer = new Stack(app, 'Consumer', { env: env('eu-west-1') });
  new CfnOutput(consumer, 'Arn', { value: new sns.Topic(producer, 'Topic', { topicName: 'a-topic' }).topicArn });
  expect(() => app.synth()).toThrow('HG0204:');
});

test('the error can be told by its name and code', () => {
  const app = guardedApp();
  const { topic, consumer } = twoStacks(app, 'us-east-1', 'eu-west-1');
  new CfnOutput(consumer, 'Arn', { value: topic.topicArn });
  expect(() => app.synth()).toThrow(expect.objectContaining({ name: 'HeadgateError', code: 'HG0204' }));
});

test('fails with references in outputs and overrides too', () => {
  for (const use of [
    (scope: Construct, value: string) => new CfnOutput(scope, 'Output', { value }),
    (scope: Construct, value: string) =>
      new CfnResource(scope, 'Raw', { type: 'AWS::SNS::Topic' }).addPropertyOverride('DisplayName', value),
  ]) {
    const app = guardedApp();
    const { topic, consumer } = twoStacks(app, 'us-east-1', 'eu-west-1');
    use(consumer, topic.topicName);
    expect(() => app.synth()).toThrow('HG0204:');
  }
});

test('fails inside a Stage when it stands on what is in the Stage', () => {
  const stage = new Stage(new App(), 'Prod');
  Aspects.of(stage).add(new CrossRegionGuard(), { priority: 1000 });
  const { topic, consumer } = twoStacks(stage, 'us-east-1', 'eu-west-1');
  new CfnOutput(consumer, 'Arn', { value: topic.topicArn });
  expect(() => stage.synth()).toThrow(
    "'Ref' of 'Prod/Producer/Topic/Resource' (us-east-1) is used in eu-west-1: no reference may cross Regions; use a name, such as the record's, in its place [at Prod/Consumer/Arn]",
  );
});

test('fails when the value is used in a nested stack', () => {
  const app = guardedApp();
  const { topic, consumer } = twoStacks(app, 'us-east-1', 'eu-west-1');
  new CfnOutput(new NestedStack(consumer, 'Nested'), 'Arn', { value: topic.topicArn });
  expect(() => app.synth()).toThrow('(us-east-1) is used in eu-west-1');
});

test('runs after Aspects that change things', () => {
  const app = guardedApp();
  const { topic, consumer } = twoStacks(app, 'us-east-1', 'eu-west-1');
  const raw = new CfnResource(consumer, 'Raw', { type: 'AWS::SNS::Topic' });
  Aspects.of(app).add({
    visit: (node) => {
      if (node === raw) raw.addPropertyOverride('DisplayName', topic.topicArn);
    },
  });
  expect(() => app.synth()).toThrow('HG0204:');
});

describe('passes', () => {
  test.each([
    ['in one Region', 'eu-west-1'],
    ['without a Region', undefined],
  ])('a reference between stacks %s', (_, region) => {
    const app = guardedApp();
    const { topic, consumer } = twoStacks(app, region, region);
    new CfnOutput(consumer, 'Arn', { value: topic.topicArn });
    expect(JSON.stringify(Template.fromStack(consumer).toJSON())).toContain('Fn::ImportValue');
  });

  test('a reference between a stack and one nested in it', () => {
    const app = guardedApp();
    const { topic, producer } = twoStacks(app, 'us-east-1');
    new CfnOutput(new NestedStack(producer, 'Nested'), 'Arn', { value: topic.topicArn });
    expect(() => app.synth()).not.toThrow();
  });

  test('a name in place of a reference', () => {
    const app = guardedApp();
    const { consumer } = twoStacks(app, 'us-east-1', 'eu-west-1');
    new CfnOutput(consumer, 'Name', { value: 'a-topic' });
    expect(() => app.synth()).not.toThrow();
  });

  test.each([
    ['from', undefined, 'eu-west-1'],
    ['to', 'eu-west-1', undefined],
  ])('to the CDK a reference %s a stack without a Region, which it refuses itself', (_, here, there) => {
    const app = guardedApp();
    const { topic, consumer } = twoStacks(app, here, there);
    new CfnOutput(consumer, 'Arn', { value: topic.topicArn });
    expect(() => app.synth()).toThrow(/^(?!HG).*cross-environment/);
  });
});
