import { RemovalPolicy } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IStream } from 'aws-cdk-lib/aws-kinesis';
import type { Construct } from 'constructs';

export interface RetainedTableProps {
  readonly partitionKey: string;
  readonly deletionProtection: boolean;
  /** @default none */
  readonly stream?: dynamodb.StreamViewType;
  /** Where every change goes besides, for readers that the stream has no room for: at least once, in no order. @default nowhere */
  readonly kinesisStream?: IStream;
  /** The attribute with the epoch second after which DynamoDB may delete an item. @default items stay */
  readonly timeToLiveAttribute?: string;
}

/** A table on demand that outlives its stack and can be taken back to any second of the last 35 days. */
export class RetainedTable extends dynamodb.Table {
  constructor(scope: Construct, id: string, { partitionKey, ...props }: RetainedTableProps) {
    super(scope, id, {
      ...props,
      partitionKey: { name: partitionKey, type: dynamodb.AttributeType.STRING },
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  /** Grants these actions (`GetItem`) on the items of the table, not on its indexes. */
  allow(grantee: iam.IGrantable, ...actions: readonly string[]): void {
    grantExactly(grantee, this.tableArn, actions);
  }

  /** Grants these actions on one index, and nothing on the table: the CDK's own grants cover every index there is. */
  allowIndex(indexName: string, grantee: iam.IGrantable, ...actions: readonly string[]): void {
    grantExactly(grantee, `${this.tableArn}/index/${indexName}`, actions);
  }
}

const grantExactly = (grantee: iam.IGrantable, resourceArn: string, actions: readonly string[]): iam.Grant =>
  iam.Grant.addToPrincipal({ grantee, actions: actions.map((action) => `dynamodb:${action}`), resourceArns: [resourceArn] });
