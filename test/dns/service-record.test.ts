import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { ServiceDomain } from '../../lib/core';
import { ServiceRecord, type ServiceRecordProps } from '../../lib/dns';

const hostedZoneId = 'Z0123456789EXAMPLE';
const domain = ServiceDomain.fromHostedZoneAttributes({ hostedZoneId, zoneName: 'example.com', recordName: 'shop' });

function synthesize(props: Partial<ServiceRecordProps> = {}, withDistribution = false) {
  const stack = new Stack(new App(), 'Edge');
  const distribution = withDistribution
    ? cloudfront.Distribution.fromDistributionAttributes(stack, 'Distribution', {
        distributionId: 'E123',
        domainName: 'd123.cloudfront.net',
      })
    : undefined;
  const record = new ServiceRecord(stack, 'Record', { domain, distribution, ...props });
  const records = Template.fromStack(stack).findResources('AWS::Route53::RecordSet');
  return { record, records, stack };
}

const properties = (records: Record<string, { Properties?: unknown }>) =>
  Object.values(records).map(({ Properties }) => Properties);

test('without a distribution the name leads to the Regions, whatever their health', () => {
  expect(properties(synthesize().records)).toEqual([
    {
      Name: 'shop.example.com.',
      Type: 'A',
      HostedZoneId: hostedZoneId,
      AliasTarget: {
        DNSName: 'origin.shop.example.com',
        HostedZoneId: hostedZoneId,
        EvaluateTargetHealth: false,
      },
    },
  ]);
});

test('with a distribution the name leads to it, over IPv6 too', () => {
  const { records } = synthesize({}, true);
  const zones = { 'Fn::FindInMap': ['AWSCloudFrontPartitionHostedZoneIdMap', { Ref: 'AWS::Partition' }, 'zoneId'] };
  expect(properties(records)).toEqual(
    ['A', 'AAAA'].map((Type) => ({
      Name: 'shop.example.com.',
      Type,
      HostedZoneId: hostedZoneId,
      AliasTarget: { DNSName: 'd123.cloudfront.net', HostedZoneId: zones },
    })),
  );
});

test('without a distribution AAAA is there when every balancer has IPv6', () => {
  const [a, aaaa, ...more] = properties(synthesize({ dualStack: true }).records) as { Type: string }[];
  expect(more).toEqual([]);
  expect(aaaa).toEqual({ ...a, Type: 'AAAA' });
});

test('is the same record when a distribution or IPv6 comes or goes', () => {
  const idOf = (type: string, { records }: ReturnType<typeof synthesize>) =>
    Object.keys(records).find((id) => records[id]?.Properties.Type === type);
  const [plain, behind, dual] = [synthesize(), synthesize({}, true), synthesize({ dualStack: true })];
  expect(idOf('A', plain)).toBeDefined();
  expect([idOf('A', behind), idOf('A', dual)]).toEqual([idOf('A', plain), idOf('A', plain)]);
  expect(idOf('AAAA', behind)).toBe(idOf('AAAA', dual));
});

test('the A record can be had as an L2', () => {
  const { record, stack } = synthesize();
  expect(stack.resolve(record.record.domainName)).toEqual({ Ref: expect.stringMatching(/^RecordA/) });
});

test('the apex of a zone can be the service', () => {
  const apex = ServiceDomain.fromHostedZoneAttributes({ hostedZoneId, zoneName: 'example.com' });
  expect(properties(synthesize({ domain: apex }).records)).toEqual([expect.objectContaining({ Name: 'example.com.' })]);
});
