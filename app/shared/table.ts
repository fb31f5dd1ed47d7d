import { RemovalPolicy } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';

export interface RetainedTableProps {
  readonly partitionKey: string;
  readonly deletionProtection: boolean;
  /** @default none */
  readonly stream?: dynamodb.StreamViewType;
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
}
