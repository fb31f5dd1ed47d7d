import * as events from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import type { RouteName } from '../../contracts/http';
import { ApiFunction } from '../shared/api';
import type { PublicApi } from '../shared/api';
import { ServiceFunction } from '../shared/function';
import type { FunctionDefaults } from '../shared/function';
import type { RetainedTable } from '../shared/table';
import type { OrderMachines } from './order-machines';
import type { UnheardEvents } from './unheard-events';

export interface OperatorsProps {
  readonly api: PublicApi;
  readonly functions: FunctionDefaults;
  readonly orders: RetainedTable;
  readonly machines: OrderMachines;
  readonly unheard: UnheardEvents;
}

/** What people need to see and mend what the workflow cannot settle by itself: a list, a view, a few acts. */
export class Operators extends Construct {
  constructor(scope: Construct, id: string, { api, functions: defaults, orders, machines, unheard }: OperatorsProps) {
    super(scope, id);
    const environment = { ORDERS_TABLE_NAME: orders.tableName };
    const withMachines = { ...environment, ...machines.environment };
    const answering = (functionId: string, route: RouteName, entry: `workflow/${string}`, description: string, more: Record<string, string> = environment): ApiFunction =>
      new ApiFunction(this, functionId, route, { api, defaults, entry, description, environment: more });

    const showOrder = answering('ShowOrder', 'showOrder', 'workflow/show-order', 'All that is known of an order, with its executions', withMachines);
    orders.allow(showOrder, 'GetItem');
    machines.allowOnExecutions(showOrder, machines.all, 'DescribeExecution', 'GetExecutionHistory');

    const listAttention = answering('ListAttention', 'listAttention', 'workflow/list-attention', 'The orders that a person has to look at');
    orders.allowIndex('by-work', listAttention, 'Query');
    orders.allow(listAttention, 'BatchGetItem');

    const refundOrder = answering('RefundOrder', 'refundOrder', 'workflow/refund-order', 'Asks for a refund of an order or of lines of it');
    const retryOrder = answering('RetryOrder', 'retryOrder', 'workflow/retry-order', "Goes on with an order's failed executions", withMachines);
    machines.allowOnExecutions(retryOrder, machines.all, 'DescribeExecution', 'RedriveExecution');
    const resendMail = answering('ResendMail', 'resendMail', 'workflow/resend-mail', 'Sends a customer a mail again', withMachines);
    machines.allowStart(resendMail, machines.tellCustomer);
    const attendOrder = answering('AttendOrder', 'attendOrder', 'workflow/attend-order', "Takes an order off the operators' list");

    const noteFailed = new ServiceFunction(this, 'NoteFailedExecution', {
      entry: 'workflow/note-failed-execution',
      description: "Puts the order of a failed execution on the operators' list",
      defaults,
      environment: withMachines,
    });
    machines.allowOnExecutions(noteFailed, machines.all, 'DescribeExecution');
    for (const fn of [refundOrder, retryOrder, resendMail, attendOrder, noteFailed]) orders.allow(fn, 'GetItem', 'PutItem');

    new events.Rule(this, 'FailedExecutions', {
      description: 'Executions of the order workflow that have ended badly',
      eventPattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: { status: ['FAILED', 'TIMED_OUT', 'ABORTED'], stateMachineArn: machines.all.map(({ stateMachineArn }) => stateMachineArn) },
      },
      targets: [unheard.orHandledBy(noteFailed.live)],
    });
  }
}
