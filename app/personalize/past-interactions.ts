import { Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledge, inFinding } from '../shared/acknowledge';
import { RetainedBucket } from '../shared/retained-bucket';

/** Where `npm run personalize:import` puts what Personalize is to import, and the role with which Personalize reads it. */
export class PastInteractions extends Construct {
  readonly bucket: s3.Bucket;
  readonly role: iam.Role;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.bucket = new RetainedBucket(this, 'Bucket', {
      // It can be made from the raw clicks again.
      lifecycleRules: [{ expiration: Duration.days(30), noncurrentVersionExpiration: Duration.days(7) }],
    });
    acknowledge(this.bucket, 'AwsSolutions-S1', 'Written by people who import past clicks, seldom; who reads it is in CloudTrail.');

    // Personalize asks both the role and the bucket's policy
    // (https://docs.aws.amazon.com/personalize/latest/dg/granting-personalize-s3-access.html).
    const service = new iam.ServicePrincipal('personalize.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } } });
    this.role = new iam.Role(this, 'Role', { assumedBy: service, description: 'With which Personalize reads what it imports' });
    this.role.addToPolicy(new iam.PolicyStatement({ actions: ['s3:ListBucket'], resources: [this.bucket.bucketArn] }));
    this.role.addToPolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [this.bucket.arnForObjects('*')] }));
    acknowledge(this.role, `AwsSolutions-IAM5[Resource::${inFinding(this.bucket, this.role, 'Arn')}/*]`, 'All that is in this bucket is there for Personalize.');
    this.bucket.addToResourcePolicy(new iam.PolicyStatement({ principals: [service], actions: ['s3:ListBucket', 's3:GetObject'], resources: [this.bucket.bucketArn, this.bucket.arnForObjects('*')] }));
  }
}
