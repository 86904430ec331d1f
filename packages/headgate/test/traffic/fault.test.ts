import { Fault } from '../../lib/traffic';
import { trafficOf } from '../support/traffic';

const TRAFFIC = trafficOf({
  Blue: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: {} },
  Check: { Type: 'AWS::Route53::HealthCheck', Properties: { HealthCheckConfig: { Type: 'TCP' } } },
  Edge: {
    Type: 'AWS::CloudFront::Distribution',
    Properties: { DistributionConfig: { Origins: [{ Id: 'api', DomainName: 'api.example.org' }] } },
  },
});

test.each([
  'region=us-east-1',
  'region=ap-southeast-2',
  'az=us-east-1a',
  'target-group=Blue',
  'target-group=Stack/Blue',
  'targets=Blue:2/6',
  'targets=Blue:0/0',
  'health-check=Check',
  'origin=api:503',
  'origin=api.example.org:404',
])('%s is a fault', (text) => {
  expect(Fault.parse(text).text).toBe(text);
  expect(() => TRAFFIC.given(text)).not.toThrow();
});

test.each([
  ['', 'HM2003', /write one of region=R, az=Z/],
  ['region', 'HM2003', /write one of/],
  ['region=', 'HM2003', /write one of/],
  ['__proto__=x', 'HM2003', /write one of/],
  ['region=us-esat-1', 'HM2003', /'us-esat-1' isn't a Region; did you mean us-east-1\?$/],
  ['az=us-east-1', 'HM2003', /a zone is a Region and a letter/],
  ['az=us-esat-1a', 'HM2003', /'us-esat-1' isn't a Region/],
  ['target-group=Bleu', 'HM2001', /No resource has the id 'Bleu'; did you mean Blue\? There are: Stack\/Blue\./],
  ['target-group=Check', 'HM2001', /isn't one of AWS::ElasticLoadBalancingV2::TargetGroup\. There are: Stack\/Blue\.$/],
  ['targets=Blue', 'HM2003', /write targets=ID:HEALTHY\/REGISTERED/],
  ['targets=Blue:7/6', 'HM2003', /from 0 to all that are registered/],
  ['targets=Blue:-1/6', 'HM2003', /write targets=ID/],
  ['health-check=Blue', 'HM2001', /isn't one of AWS::Route53::HealthCheck/],
  ['origin=api', 'HM2003', /write origin=NAME:STATUS/],
  ['origin=api:200', 'HM2003', /from 400 to 599/],
  ['origin=ipa:503', 'HM2003', /no distribution has an origin 'ipa' \(there are: api, api\.example\.org\)/],
])('fails for %j', (text, code, message) => {
  expect(() => TRAFFIC.given(text)).toThrow(expect.objectContaining({ code, message: expect.stringMatching(message) }));
});

test.each(['region', 'zone', 'targetGroup', 'healthCheck'] as const)('Fault.%s() fails for what is no text', (make) => {
  const fault = Fault[make] as (name?: unknown) => Fault;
  expect(() => fault(5)).toThrow(
    expect.objectContaining({ code: 'HM2003', message: expect.stringMatching(/, got 5\.$/) }),
  );
  expect(() => fault()).toThrow(expect.objectContaining({ code: 'HM2003' }));
});
