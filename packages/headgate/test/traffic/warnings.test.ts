import { trafficOf, trafficOfStacks } from '../support/traffic';

const Lb = { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: {} };
const url = 'http://shop.example.com/';
const subnet = (zone: unknown) => ({ Type: 'AWS::EC2::Subnet', Properties: { AvailabilityZone: zone } });
const record = (name: string) => ({
  Type: 'AWS::Route53::RecordSet',
  Properties: { HostedZoneId: 'Z1', Name: name, Type: 'A', TTL: '60', ResourceRecords: ['192.0.2.1'] },
});

describe('a host that no record has', () => {
  const named = trafficOf({ Shop: record('shop.example.com.'), Api: record('api.example.com') });
  const ask = (host: string) => named.request({ url: `https://${host}/` }).warnings;

  test('is answered with the names that there are, those near it first', () => {
    expect(ask('aip.example.com')).toContain(
      'No record has the name aip.example.com; the templates have: api.example.com, shop.example.com.',
    );
    expect(ask('other.example.com')).toContain(
      'No record has the name other.example.com; the templates have: shop.example.com, api.example.com.',
    );
  });

  test('is not told of where a record has it', () => {
    expect(ask('shop.example.com').join()).not.toContain('the templates have');
  });

  test('is answered with ten names at most', () => {
    const names = Array.from({ length: 12 }, (_, n) => [`R${n}`, record(`s${n}.example.com`)]);
    const { warnings } = trafficOf(Object.fromEntries(names)).request({ url: 'http://other.example.com/' });
    expect(warnings.join()).toMatch(/the templates have: s0\.example\.com, .*s9\.example\.com and 2 more\.$/);
  });
});

describe('a fault of a Region or zone warns', () => {
  const plain = trafficOfStacks({ Plain: { resources: { Lb } } });
  const warnings = (traffic: typeof plain, ...faults: string[]) => traffic.given(...faults).request({ url }).warnings;

  test('where the Region of a stack with balancers is not known', () => {
    expect(warnings(plain, 'region=us-east-1')).toContain(
      "The Region of Plain isn't known, so region=us-east-1 breaks nothing of it: give it by --parameter AWS::Region=us-east-1.",
    );
    expect(warnings(plain, 'az=us-east-1a')).toContain(
      "The Region of Plain isn't known, so az=us-east-1a breaks only what names the zone: give it by --parameter AWS::Region=us-east-1.",
    );
  });

  test('where several Regions are not known, with a parameter for each stack', () => {
    const several = trafficOfStacks({
      us: { resources: { Lb } },
      eu: { resources: { Lb } },
      'eu/Nested': { resources: { Lb } },
      data: { resources: { B: { Type: 'AWS::S3::Bucket' } } },
      ap: { region: 'ap-south-1', resources: { Lb } },
    }).given('region=us-east-1');
    expect(several.request({ url, entry: 'us/Lb' }).warnings).toContain(
      "The Region of us, eu, eu/Nested isn't known, so region=us-east-1 breaks nothing of it: give it by --parameter us/AWS::Region=… --parameter eu/AWS::Region=….",
    );
  });

  test('where no stack stands in its Region', () => {
    const known = trafficOf({ Lb });
    expect(warnings(known, 'region=ap-south-1', 'az=ap-south-2a')).toEqual(
      expect.arrayContaining([
        'No stack is known to stand in ap-south-1, so region=ap-south-1 breaks none.',
        'No stack is known to stand in ap-south-2, so az=ap-south-2a breaks none.',
      ]),
    );
  });

  test('not where it breaks something', () => {
    const told = (traffic: typeof plain, ...faults: string[]) =>
      warnings(traffic, ...faults).filter((warning) => / breaks /.test(warning));
    expect(told(trafficOf({ Lb }), 'region=us-east-1', 'az=us-east-1a')).toEqual([]);
    expect(told(trafficOfStacks({ Plain: { resources: { Lb, A: subnet('us-east-1a') } } }), 'az=us-east-1a')).toEqual(
      [],
    );
    const Group = {
      Type: 'AWS::GlobalAccelerator::EndpointGroup',
      Properties: { ListenerArn: 'arn:x', EndpointGroupRegion: 'ap-south-1' },
    };
    expect(told(trafficOf({ Lb, Group }), 'region=ap-south-1')).toEqual([]);
    expect(told(plain, 'region=us-east-1')).toHaveLength(1);
    expect(told(plain)).toEqual([]);
  });
});
