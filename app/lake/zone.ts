import { Duration } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acknowledge } from '../shared/acknowledge';
import { RetainedBucket } from '../shared/retained-bucket';

export interface ZoneProps {
  /** When what lies in it is removed. */
  readonly keepDays: number;
}

/** A bucket of the lake that is written by jobs and queries and can be made again from the raw zone. */
export class Zone extends RetainedBucket {
  constructor(scope: Construct, id: string, { keepDays }: ZoneProps) {
    super(scope, id, {
      lifecycleRules: [
        // Versions are for mistakes, not for the folders that runs replace.
        { expiration: Duration.days(keepDays), noncurrentVersionExpiration: Duration.days(7), abortIncompleteMultipartUploadAfter: Duration.days(1) },
        ...(keepDays > 90 ? [{ transitions: [{ storageClass: s3.StorageClass.INTELLIGENT_TIERING, transitionAfter: Duration.days(30) }] }] : []),
      ],
    });
    acknowledge(this, 'AwsSolutions-S1', 'Written by jobs and queries alone, whose history says what they did; who reads it is in CloudTrail.');
  }
}
