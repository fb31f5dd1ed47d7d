import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IStream } from 'aws-cdk-lib/aws-kinesis';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acknowledge, inFinding } from '../shared/acknowledge';
import type { RetainedTable } from '../shared/table';

export interface GateStackProps extends StackProps {
  readonly roleName: string;
  /** The one role, in the pipeline's account, that may take this one on. */
  readonly assumedBy: { readonly account: string; readonly roleArn: string };
  readonly userPool: IUserPool;
  /** Tables in which the gate looks for what became of its orders. */
  readonly tables: readonly RetainedTable[];
  /** Where it looks for its clicks. */
  readonly clicks: IStream;
  readonly rawClicks: IBucket;
}

/**
 * What the pipeline's integration step may do in an environment: make and remove its own shoppers, and read what
 * became of their orders. Orders themselves go in through the public edge, like everybody's.
 */
export class GateStack extends Stack {
  readonly roleArn: CfnOutput;

  constructor(scope: Construct, id: string, props: GateStackProps) {
    super(scope, id, props);
    const role = new iam.Role(this, 'Role', {
      roleName: props.roleName,
      description: 'Taken on by the integration step of the pipeline',
      // The account with a condition rather than the role itself: IAM refuses a principal that does not exist yet,
      // and would go on trusting the id of one that was made anew.
      assumedBy: new iam.AccountPrincipal(props.assumedBy.account).withConditions({ ArnEquals: { 'aws:PrincipalArn': props.assumedBy.roleArn } }),
    });
    props.userPool.grant(role, 'cognito-idp:AdminCreateUser', 'cognito-idp:AdminSetUserPassword', 'cognito-idp:AdminInitiateAuth', 'cognito-idp:AdminDeleteUser');
    for (const table of props.tables) table.allow(role, 'GetItem');
    const read = (actions: readonly string[], resourceArn: string, conditions?: iam.PolicyStatementProps['conditions']) =>
      role.addToPolicy(new iam.PolicyStatement({ actions: [...actions], resources: [resourceArn], conditions }));
    read(['kinesis:ListShards', 'kinesis:GetShardIterator', 'kinesis:GetRecords'], props.clicks.streamArn);
    read(['s3:ListBucket'], props.rawClicks.bucketArn, { StringLike: { 's3:prefix': 'clicks/*' } });
    read(['s3:GetObject'], props.rawClicks.arnForObjects('clicks/*'));
    acknowledge(role, `AwsSolutions-IAM5[Resource::${inFinding(props.rawClicks, role, 'Arn')}/clicks/*]`, 'Firehose names the objects by time.');
    this.roleArn = new CfnOutput(this, 'GateRoleArn', { value: role.roleArn });
  }
}
