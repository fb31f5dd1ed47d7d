import { Aws, Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
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
  /** Secrets Manager's steps. */
  readonly rotator: IFunction;
  readonly #secret: ISecret;

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
    allow(distributionArn, ...['GetDistribution', 'GetDistributionConfig', 'UpdateDistribution'].map((action) => `cloudfront:${action}`));
    // CloudFront wants to see that who updates a distribution may write its logs' bucket and read its web ACL:
    // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html
    allow(site.accessLogs.bucketArn, 's3:GetBucketAcl', 's3:PutBucketAcl');
    allow(webAclArn, 'wafv2:GetWebACL');

    this.#secret = secret;
    // The function itself: Secrets Manager's documentation knows no alias here.
    this.rotator = rotate.live.lambda;
    new CfnPermission(this, 'Permission', {
      action: 'lambda:InvokeFunction',
      functionName: this.rotator.functionArn,
      principal: 'secretsmanager.amazonaws.com',
      sourceArn: secret.secretArn,
      sourceAccount: Aws.ACCOUNT_ID,
    });
  }

  /** Begins it, in a stack that is deployed once the API is open. */
  schedule(scope: Construct): CfnRotationSchedule {
    return new CfnRotationSchedule(scope, 'OriginSecretRotation', {
      secretId: this.#secret.secretArn,
      rotationLambdaArn: this.rotator.functionArn,
      rotationRules: { automaticallyAfterDays: 30 },
      // A deployment only tries the last step but one.
      rotateImmediatelyOnUpdate: false,
    });
  }
}
