import { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { ServiceFunction } from '../shared/function';
import type { FunctionDefaults } from '../shared/function';
import type { RetainedTable } from '../shared/table';
import type { OrderMachines } from './order-machines';
import type { Providers } from './providers';

export interface ReconcileProps {
  readonly functions: FunctionDefaults;
  readonly orders: RetainedTable;
  readonly waits: RetainedTable;
  readonly machines: OrderMachines;
  readonly providers: Providers;
  /** Where its figures are kept apart from those of other environments in the same account. */
  readonly metricNamespace: string;
}

const PERIOD = Duration.minutes(15);

/** Compares open orders with the payment provider, the carrier and the executions, every quarter of an hour. */
export class Reconcile extends Construct {
  constructor(scope: Construct, id: string, { functions, orders, waits, machines, providers, metricNamespace }: ReconcileProps) {
    super(scope, id);
    const checkpoint = new ssm.StringParameter(this, 'Checkpoint', { description: 'Where the next run of the comparison of orders goes on', stringValue: '{}' });
    const reconcile = new ServiceFunction(this, 'ReconcileOrders', {
      entry: 'workflow/reconcile-orders',
      description: 'Compares open orders with payments, shipments and executions',
      defaults: functions,
      environment: {
        ORDERS_TABLE_NAME: orders.tableName,
        WAITS_TABLE_NAME: waits.tableName,
        CHECKPOINT_PARAMETER: checkpoint.parameterName,
        ...machines.environment,
        ...providers.paymentEnvironment,
        ...providers.carrierEnvironment,
        POWERTOOLS_METRICS_NAMESPACE: metricNamespace,
      },
      // Over before the next run begins.
      timeout: Duration.minutes(10),
    });
    orders.allowIndex('by-work', reconcile, 'Query');
    orders.allow(reconcile, 'BatchGetItem', 'GetItem', 'PutItem');
    waits.allow(reconcile, 'UpdateItem');
    machines.allowStart(reconcile, machines.processOrder, machines.undoOrder);
    machines.allowOnExecutions(reconcile, [machines.processOrder, machines.undoOrder], 'DescribeExecution');
    iam.Grant.addToPrincipal({ grantee: reconcile, actions: ['states:SendTaskSuccess'], resourceArns: [machines.processOrder.stateMachineArn] });
    providers.grantPayment(reconcile);
    providers.grantCarrier(reconcile);
    iam.Grant.addToPrincipal({ grantee: reconcile, actions: ['ssm:GetParameter', 'ssm:PutParameter'], resourceArns: [checkpoint.parameterArn] });

    new events.Rule(this, 'Schedule', {
      description: 'Compares open orders with what others say of them',
      schedule: events.Schedule.rate(PERIOD),
      targets: [new targets.LambdaFunction(reconcile.live, { retryAttempts: 0, maxEventAge: PERIOD })],
    });
    // Neither EventBridge nor Lambda tries again: what one run misses the next one finds, and two at once would do the same twice.
    reconcile.live.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: PERIOD });
  }
}
