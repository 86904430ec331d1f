import { Computed, Joined, Reference, type Value } from '../../lib/template';
import { downRegionOf } from '../../lib/traffic/reach';
import { worldOf } from './dns/support';

const STACKS = {
  East: {
    region: 'us-east-1',
    resources: {
      Api: { Type: 'AWS::ApiGateway::RestApi', Properties: {} },
      Web: { Type: 'AWS::CloudFront::Distribution', Properties: {} },
    },
  },
  West: { region: 'us-west-2', resources: { Bucket: { Type: 'AWS::S3::Bucket', Properties: {} } } },
};

function isDown(name: (reference: (id: string, attribute?: string) => Reference) => Value): boolean {
  const world = worldOf({}, { stacks: STACKS, faults: ['region=us-east-1'] });
  const named = name((id, attribute) => new Reference(world.templates.find(id), attribute));
  return downRegionOf(named, world) !== undefined;
}

test.each([
  ['web-1.us-east-1.elb.amazonaws.com', true],
  ['Bucket.S3-Website-US-East-1.amazonaws.com.', true],
  ['abc.execute-api.us-east-1.amazonaws.com', true],
  ['abc.execute-api.us-west-2.amazonaws.com', false],
  ['us-east-1.shop.example.com', false],
  ['192.0.2.1', false],
])('%s is down with us-east-1: %s', (name, expected) => {
  expect(isDown(() => name)).toBe(expected);
});

test('what a reference leads to is down with the Region of its stack', () => {
  expect(isDown((ref) => ref('Api', 'RegionalDomainName'))).toBe(true);
  expect(isDown((ref) => new Computed('Select', [2, ref('Api')]))).toBe(true);
  expect(isDown((ref) => ref('Bucket', 'DomainName'))).toBe(false);
});

test('the Region in a name counts more than the stack that it refers to', () => {
  expect(isDown((ref) => new Joined([ref('Api'), '.execute-api.us-west-2.amazonaws.com']))).toBe(false);
  expect(isDown((ref) => new Joined([ref('Bucket'), '.s3.us-east-1.amazonaws.com']))).toBe(true);
});

test('a distribution survives the Region of its stack', () => {
  expect(isDown((ref) => ref('Web', 'DomainName'))).toBe(false);
});
