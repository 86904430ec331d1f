import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { HeadgateError } from './errors';
import { recordDefault } from './private/defaults';
import { injected } from './private/injection';

/** Properties of a `LogBucket`. */
export interface LogBucketProps {
  /**
   * How long a log is kept. A whole number of days, at least 1.
   *
   * @default Duration.days(365)
   */
  readonly retention?: Duration;

  /**
   * Whether CloudFront's standard logging writes here, which needs ACLs on the bucket.
   *
   * @default false
   */
  readonly acceptsCloudFrontLogs?: boolean;
}

const DEFAULT_RETENTION = Duration.days(365);

/**
 * A bucket for access logs: private, versioned, TLS only, encrypted with S3's own keys (the only kind that balancers can write, ALB-37),
 * and kept when its stack goes.
 */
export class LogBucket extends s3.Bucket {
  /** Uniquely identifies this class to property injectors. */
  public static override readonly PROPERTY_INJECTION_ID: string = 'cdk-headgate.core.LogBucket';

  public constructor(scope: Construct, id: string, props: LogBucketProps = {}) {
    const { retention, acceptsCloudFrontLogs } = injected(LogBucket.PROPERTY_INJECTION_ID, scope, id, props);
    const expiration = retention ?? DEFAULT_RETENTION;
    checkRetention(expiration, scope);
    super(scope, id, {
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      encryption: s3.BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      objectOwnership: acceptsCloudFrontLogs
        ? s3.ObjectOwnership.BUCKET_OWNER_PREFERRED
        : s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      lifecycleRules: [
        {
          expiration,
          noncurrentVersionExpiration: Duration.days(30),
          abortIncompleteMultipartUploadAfter: Duration.days(7),
        },
      ],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    recordDefault(this, retention, {
      prop: 'retention',
      value: `${expiration.toDays()} days`,
      why: 'a year of access logs, kept when the stack goes',
    });
  }
}

/** S3 counts a lifecycle in whole days and refuses none at all. */
function checkRetention(retention: Duration, scope: Construct): void {
  if (retention.isUnresolved()) return;
  const days = retention.toDays({ integral: false });
  if (!Number.isInteger(days) || days < 1) {
    throw new HeadgateError(
      'HG0401',
      `'retention' must be whole days, at least 1, got ${days} days: use Duration.days()`,
      scope,
    );
  }
}
