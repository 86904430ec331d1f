import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CfnResource, Stack, Stage } from 'aws-cdk-lib';
import { readAssembly } from '../../bin/report/assembly';
import { Templates } from '../../bin/report/templates';
import { assemblyOf, stackOf } from './assemblies';

describe('reading an assembly', () => {
  test('finds the stacks of its Stages, with their environments', () => {
    const stacks = assemblyOf((app) => {
      new Stack(app, 'Plain');
      const stage = new Stage(app, 'Prod', { env: { account: '111111111111', region: 'eu-west-1' } });
      new CfnResource(new Stack(stage, 'Inner'), 'Thing', { type: 'AWS::SNS::Topic' });
    });
    expect(stacks.map(({ path, stackName, account, region }) => ({ path, stackName, account, region }))).toEqual(
      expect.arrayContaining([
        { path: 'Plain', stackName: 'Plain', account: undefined, region: undefined },
        { path: 'Prod/Inner', stackName: 'Prod-Inner', account: '111111111111', region: 'eu-west-1' },
      ]),
    );
  });

  test('knows what depends on what, and what constructs said', () => {
    const stacks = assemblyOf((app) => {
      const first = new Stack(app, 'First');
      const second = new Stack(app, 'Second');
      second.addStackDependency(first);
      new CfnResource(second, 'Thing', { type: 'AWS::SNS::Topic' }).node.addMetadata('said', { a: 1 });
    });
    const second = stacks.find(({ id }) => id === 'Second');
    expect(second?.dependencies).toContain('First');
    expect(second?.metadata).toContainEqual({ path: 'Second/Thing', type: 'said', data: { a: 1 } });
    expect(second?.templateBytes).toBeGreaterThan(10);
  });

  test('reads metadata that stands in the manifest itself', () => {
    const folder = mkdtempSync(join(tmpdir(), 'manifest-'));
    try {
      mkdirSync(folder, { recursive: true });
      const artifact = {
        type: 'aws:cloudformation:stack',
        environment: 'aws://unknown-account/unknown-region',
        properties: { templateFile: 'a.json' },
        metadata: { '/A/B': [{ type: 'said', data: 'hello' }] },
      };
      writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ artifacts: { A: artifact } }));
      writeFileSync(join(folder, 'a.json'), '{}');
      const [stack] = readAssembly(folder);
      expect(stack).toMatchObject({
        id: 'A',
        stackName: 'A',
        path: 'A',
        metadata: [{ path: 'A/B', type: 'said', data: 'hello' }],
      });
      expect(stack?.region).toBeUndefined();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('a value of a template', () => {
  const stack = stackOf({ Topic: { Type: 'AWS::SNS::Topic' }, Queue: { Type: 'AWS::SQS::Queue' } });
  const templates = new Templates([stack]);

  test.each([
    ['literal', 'literal'],
    [8080, '8080'],
    [{ Ref: 'Topic' }, 'Topic'],
    [{ 'Fn::GetAtt': ['Queue', 'Arn'] }, 'Queue'],
    [{ Ref: 'AWS::Region' }, 'eu-west-1'],
    [{ 'Fn::Join': ['.', ['dualstack', { Ref: 'Topic' }]] }, 'dualstack.Topic'],
    [{ 'Fn::Sub': '${Topic.TopicName}-x' }, 'Topic.TopicName-x'],
    [{ 'Fn::Select': [0, { 'Fn::Split': ['-', { Ref: 'Queue' }] }] }, 'Queue'],
    [{ 'Fn::FindInMap': ['M', 'a', 'b'] }, 'Fn::FindInMap'],
  ])('%j is shown as %s', (value, text) => {
    expect(templates.text(stack, value)).toBe(text);
  });

  test.each([
    [{ Ref: 'Topic' }, 'Topic'],
    [{ 'Fn::GetAtt': 'Queue.Arn' }, 'Queue'],
    [{ 'Fn::Sub': 'arn:${AWS::Partition}:${Topic}' }, 'Topic'],
    [{ 'Fn::Join': ['', [{ Ref: 'Topic' }, { 'Fn::GetAtt': ['Topic', 'TopicName'] }]] }, 'Topic'],
    [{ 'Fn::If': ['C', { Ref: 'Topic' }, { Ref: 'Queue' }] }, undefined],
    [{ Ref: 'Parameter' }, undefined],
    [{ 'Fn::ImportValue': 'Topic' }, undefined],
    ['Topic', undefined],
  ])('%j refers to %s', (value, id) => {
    expect(templates.find(stack, value)?.id).toBe(id);
  });
});
