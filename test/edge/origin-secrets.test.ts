import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { OriginAccess } from '../../lib/balancing';
import { OriginSecrets } from '../../lib/edge';

const PREFIX = 'prod-Shop/origin-access';

function synthesize(newest: number | undefined, regions: string[] = [], env?: { region: string }) {
  const stack = new Stack(new App(), 'Control', { env });
  const originAccess = OriginAccess.secretHeader({ newest, secretNamePrefix: PREFIX });
  const secrets = new OriginSecrets(stack, 'Secrets', { originAccess });
  for (const region of regions) secrets.addReplicaRegion(region);
  return Template.fromStack(stack).findResources('AWS::SecretsManager::Secret');
}

const namesOf = (secrets: ReturnType<typeof synthesize>) =>
  Object.values(secrets).map(({ Properties }) => Properties.Name);

test.each([
  [undefined, [1, 2]],
  [2, [1, 2]],
  [3, [1, 2, 3]],
  [4, [2, 3, 4]],
  [12, [10, 11, 12]],
])('with newest %s keeps secrets %j', (newest, numbers) => {
  expect(namesOf(synthesize(newest))).toEqual(numbers.map((number) => `${PREFIX}/${number}`));
});

test('a secret is 48 letters and digits, made by Secrets Manager, and goes with its stack', () => {
  const [secret] = Object.values(synthesize(2));
  expect(secret).toEqual({
    Type: 'AWS::SecretsManager::Secret',
    Properties: {
      Name: `${PREFIX}/1`,
      Description: expect.any(String),
      GenerateSecretString: { PasswordLength: 48, ExcludePunctuation: true, IncludeSpace: false },
    },
    DeletionPolicy: 'Delete',
    UpdateReplacePolicy: 'Delete',
  });
});

test('no name ends like a part of an ARN, with a hyphen and six characters', () => {
  for (const name of namesOf(synthesize(100_000))) expect(name).not.toMatch(/-.{6}$/);
});

test('raising the number by one makes one secret, drops the fourth newest, and leaves the others alone', () => {
  const before = synthesize(3, ['eu-west-1']);
  const after = synthesize(4, ['eu-west-1']);
  const gone = Object.keys(before).filter((id) => !(id in after));
  const made = Object.keys(after).filter((id) => !(id in before));
  expect([gone, made].map((ids) => ids.length)).toEqual([1, 1]);
  expect(before[gone[0]!]?.Properties.Name).toBe(`${PREFIX}/1`);
  expect(after[made[0]!]?.Properties.Name).toBe(`${PREFIX}/4`);
  for (const id of Object.keys(before).filter((one) => one in after)) expect(after[id]).toEqual(before[id]);
});

describe('replicas', () => {
  const replicasOf = (secrets: ReturnType<typeof synthesize>) =>
    Object.values(secrets).map(({ Properties }) => Properties.ReplicaRegions);

  test('are in every Region that was added, of every secret', () => {
    const replicas = [{ Region: 'us-east-1' }, { Region: 'eu-west-1' }];
    expect(replicasOf(synthesize(3, ['us-east-1', 'eu-west-1']))).toEqual([replicas, replicas, replicas]);
  });

  test('are made once for a Region that is added twice', () => {
    expect(replicasOf(synthesize(2, ['us-east-1', 'us-east-1']))).toEqual([
      [{ Region: 'us-east-1' }],
      [{ Region: 'us-east-1' }],
    ]);
  });

  test('are none in the Region of the secrets themselves', () => {
    const secrets = synthesize(2, ['us-west-2', 'us-east-1'], { region: 'us-west-2' });
    expect(replicasOf(secrets)).toEqual([[{ Region: 'us-east-1' }], [{ Region: 'us-east-1' }]]);
  });

  test('are none unless a Region is added', () => {
    expect(replicasOf(synthesize(2))).toEqual([undefined, undefined]);
  });
});

test('makes the secrets of an open service too, so that an edge can come without one missing', () => {
  const stack = new Stack();
  const originAccess = OriginAccess.internet({ newest: 4, secretNamePrefix: 'mine' });
  new OriginSecrets(stack, 'Secrets', { originAccess });
  const secrets = Object.values(Template.fromStack(stack).findResources('AWS::SecretsManager::Secret'));
  expect(secrets.map(({ Properties }) => Properties.Name)).toEqual(['mine/2', 'mine/3', 'mine/4']);
});
