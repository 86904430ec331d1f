import { Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { LogBucket, type LogBucketProps } from '../../lib/core';

function synthesize(props?: LogBucketProps) {
  const stack = new Stack();
  const bucket = new LogBucket(stack, 'Logs', props);
  return { bucket, template: Template.fromStack(stack) };
}

test('is private, versioned, encrypted with the keys of S3, kept for a year and when its stack goes', () => {
  synthesize().template.hasResource('AWS::S3::Bucket', {
    Properties: {
      AccessControl: Match.absent(),
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      VersioningConfiguration: { Status: 'Enabled' },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      LifecycleConfiguration: {
        Rules: [
          {
            Status: 'Enabled',
            ExpirationInDays: 365,
            NoncurrentVersionExpiration: { NoncurrentDays: 30 },
            AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
          },
        ],
      },
    },
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
  });
});

test('refuses plain HTTP and old TLS', () => {
  const { template } = synthesize();
  for (const condition of [
    { Bool: { 'aws:SecureTransport': 'false' } },
    { NumericLessThan: { 's3:TlsVersion': 1.2 } },
  ]) {
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Action: 's3:*', Effect: 'Deny', Principal: { AWS: '*' }, Condition: condition }),
        ]),
      },
    });
  }
});

test('takes ACLs only for the logs of CloudFront', () => {
  synthesize({ acceptsCloudFrontLogs: true }).template.hasResourceProperties('AWS::S3::Bucket', {
    OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] },
    PublicAccessBlockConfiguration: { BlockPublicAcls: true },
  });
});

test('keeps logs for as long as it is told, and records only what it was not told', () => {
  const { bucket, template } = synthesize({ retention: Duration.days(30) });
  template.hasResourceProperties('AWS::S3::Bucket', {
    LifecycleConfiguration: { Rules: [Match.objectLike({ ExpirationInDays: 30 })] },
  });
  const recorded = ({ node }: LogBucket) => node.metadata.filter(({ type }) => type === 'cdk-headgate:default');
  expect(recorded(bucket)).toEqual([]);
  expect(recorded(synthesize().bucket).map(({ data }) => data)).toEqual([
    { prop: 'retention', value: '365 days', why: 'a year of access logs, kept when the stack goes' },
  ]);
});

test.each([
  [Duration.days(0), 0],
  [Duration.hours(36), 1.5],
  [Duration.hours(6), 0.25],
])('fails with a retention of %p', (retention, days) => {
  expect(() => synthesize({ retention })).toThrow(
    `HG0401: 'retention' must be whole days, at least 1, got ${days} days: use Duration.days()`,
  );
});

test('takes a day, in hours too', () => {
  for (const retention of [Duration.days(1), Duration.hours(24)]) {
    synthesize({ retention }).template.hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: { Rules: [Match.objectLike({ ExpirationInDays: 1 })] },
    });
  }
});
