import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { ApiFunction } from '../shared/api';
import type { PublicApi } from '../shared/api';
import type { FunctionDefaults } from '../shared/function';
import { RetainedTable } from '../shared/table';

export interface OrdersStackProps extends StackProps {
  readonly api: PublicApi;
  readonly functions: FunctionDefaults;
  readonly products: RetainedTable;
  /** Orders under this client's tokens are marked synthetic. @default there is no gate */
  readonly gateClientId?: string;
  readonly deletionProtection: boolean;
}

export class OrdersStack extends Stack {
  readonly orders: RetainedTable;
  readonly ordersTableName: CfnOutput;

  constructor(scope: Construct, id: string, props: OrdersStackProps) {
    super(scope, id, props);
    const { api, functions: defaults } = props;
    this.orders = new RetainedTable(this, 'Orders', { partitionKey: 'orderId', deletionProtection: props.deletionProtection, stream: dynamodb.StreamViewType.NEW_AND_OLD_IMAGES });
    new ApiFunction(this, 'SubmitOrder', 'submitOrder', { api, defaults, entry: 'orders/submit-order', description: 'x' });
    this.ordersTableName = new CfnOutput(this, 'OrdersTableName', { value: this.orders.tableName });
  }
}
