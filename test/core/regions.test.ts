import { App, Aws, Stack } from 'aws-cdk-lib';
import { checkRegion, requireRegion } from '../../lib/core/private/regions';

test.each(['us-east-1', 'eu-west-1', 'ap-southeast-3', 'sa-east-1'])('%s is a Region', (region) => {
  expect(() => checkRegion('controlRegion', region)).not.toThrow();
});

test.each(['', 'eu-west-99', 'US-EAST-1', 'us-east-1a', 'cn-north-1', 'us-gov-west-1', 'global'])(
  "fails with '%s' as a Region",
  (region) => {
    expect(() => checkRegion('controlRegion', region, new Stack(undefined, 'Stack'))).toThrow(
      new RegExp(
        `^HG0201: 'controlRegion' must be a Region of the partition 'aws', got '${region}': use one of .*(eu|us)-west-1, .*, or update aws-cdk-lib if it is newer \\[at Stack\\]$`,
      ),
    );
  },
);

test('fails with a token as a Region', () => {
  expect(() => checkRegion('region', Aws.REGION)).toThrow(
    "HG0201: 'region' must be a literal Region, got a token: Regions share names, and a name needs a literal",
  );
});

test('fails in a stack of another Region', () => {
  const stack = new Stack(new App(), 'Stack', { env: { region: 'eu-west-1' } });
  expect(() => requireRegion(stack, 'us-east-1', 'a thing')).toThrow(
    "HG0203: a thing must be in us-east-1, got a stack in eu-west-1: put it into a stack with env.region 'us-east-1' [at Stack]",
  );
});

test.each([undefined, 'us-east-1'])('passes in a stack whose Region is %s', (region) => {
  const stack = new Stack(new App(), 'Stack', { env: { region } });
  expect(() => requireRegion(stack, 'us-east-1', 'a thing')).not.toThrow();
});

test('the message names the Regions of the same part of the world, and all of them for another word', () => {
  const named = (region: string): string[] => {
    try {
      checkRegion('region', region);
    } catch (error) {
      return /use one of (.*), or update/.exec((error as Error).message)![1]!.split(', ');
    }
    return [];
  };
  expect(named('us-esat-1')).toEqual(['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2']);
  expect(named('EU-WEST-9').every((region) => region.startsWith('eu-'))).toBe(true);
  expect(named('here').length).toBeGreaterThan(20);
});
