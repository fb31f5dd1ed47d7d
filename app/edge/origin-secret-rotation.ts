import { Aws, Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { CfnRotationSchedule } from 'aws-cdk-lib/aws-secretsmanager';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { ServiceFunction } from '../shared/function';
import type { FunctionDefaults } from '../shared/function';
import type { Site } from './site';

export interface OriginSecretRotationProps {
  readonly secret: ISecret;
  readonly site: Site;
  readonly webAclArn: string;
  /** The API's own address, past CloudFront. */
  readonly apiUrl: string;
  readonly defaults: FunctionDefaults;
}

/**
 * Puts another secret between CloudFront and the API every month, without a deployment. A deployment that changes the
 * distribution meanwhile writes the current version into it, which is what CloudFront sends already.
 */
export class OriginSecretRotation extends Construct {
  constructor(scope: Construct, id: string, { secret, site, webAclArn, apiUrl, defaults }: OriginSecretRotationProps) {
    super(scope, id);
    const rotate = new ServiceFunction(this, 'RotateOriginSecret', {
      entry: 'edge/rotate-origin-secret',
      description: "Secrets Manager's steps of a new secret between CloudFront and the API",
      defaults,
      environment: { DISTRIBUTION_ID: site.distribution.distributionId, API_URL: apiUrl },
      // It waits until CloudFront has the secret everywhere, which takes minutes.
      timeout: Duration.minutes(15),
    });
    const allow = (resourceArn: string, ...actions: readonly string[]): iam.Grant => iam.Grant.addToPrincipal({ grantee: rotate, actions: [...actions], resourceArns: [resourceArn] });
    allow(secret.secretArn, ...['DescribeSecret', 'GetSecretValue', 'PutSecretValue', 'UpdateSecretVersionStage'].map((action) => `secretsmanager:${action}`));
    const distributionArn = Stack.of(this).formatArn({ service: 'cloudfront', region: '', resource: 'distribution', resourceName: site.distribution.distributionId });
    const allowed = allow(distributionArn, ...['GetDistribution', 'GetDistributionConfig', 'UpdateDistribution'].map((action) => `cloudfront:${action}`));
    // CloudFront wants to see that who updates a distribution may write its logs' bucket and read its web ACL:
    // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html
    allow(site.accessLogs.bucketArn, 's3:GetBucketAcl', 's3:PutBucketAcl');
    allow(webAclArn, 'wafv2:GetWebACL');

    // The function itself: Secrets Manager's documentation knows no alias here.
    const { functionArn } = rotate.live.lambda;
    const permission = new CfnPermission(this, 'Permission', {
      action: 'lambda:InvokeFunction',
      functionName: functionArn,
      principal: 'secretsmanager.amazonaws.com',
      sourceArn: secret.secretArn,
      sourceAccount: Aws.ACCOUNT_ID,
    });
    const schedule = new CfnRotationSchedule(this, 'Schedule', {
      secretId: secret.secretArn,
      rotationLambdaArn: functionArn,
      rotationRules: { automaticallyAfterDays: 30 },
      // A deployment only tries the last step but one.
      rotateImmediatelyOnUpdate: false,
    });
    schedule.node.addDependency(permission, allowed, rotate);
  }
}
