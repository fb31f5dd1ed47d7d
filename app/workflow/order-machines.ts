import { ArnFormat, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { acknowledge, inFinding } from '../shared/acknowledge';
import type { ServiceFunction } from '../shared/function';

/** The order workflow's state machines, for those who look after them. */
export class OrderMachines {
  /** What a function needs to know them by. */
  readonly environment: Readonly<Record<'PROCESS_ORDER_ARN' | 'UNDO_ORDER_ARN' | 'TELL_CUSTOMER_ARN', string>>;

  constructor(
    readonly processOrder: sfn.StateMachine,
    readonly undoOrder: sfn.StateMachine,
    readonly tellCustomer: sfn.StateMachine,
  ) {
    this.environment = { PROCESS_ORDER_ARN: processOrder.stateMachineArn, UNDO_ORDER_ARN: undoOrder.stateMachineArn, TELL_CUSTOMER_ARN: tellCustomer.stateMachineArn };
  }

  get all(): readonly sfn.StateMachine[] {
    return [this.processOrder, this.undoOrder, this.tellCustomer];
  }

  /** Grants these actions (`DescribeExecution`) on every execution of `machines`. */
  allowOnExecutions(fn: ServiceFunction, machines: readonly sfn.StateMachine[], ...actions: readonly string[]): void {
    const { account, region } = Stack.of(fn);
    for (const machine of machines) {
      const executions = Stack.of(machine).formatArn({ service: 'states', resource: 'execution', resourceName: `${machine.stateMachineName}:*`, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
      iam.Grant.addToPrincipal({ grantee: fn, actions: actions.map((action) => `states:${action}`), resourceArns: [executions] });
      acknowledge(fn, `AwsSolutions-IAM5[Resource::arn:aws:states:${region}:${account}:execution:${inFinding(machine, fn, 'Name')}:*]`, 'Every order has executions of its own.');
    }
  }

  allowStart(fn: ServiceFunction, ...machines: readonly sfn.StateMachine[]): void {
    iam.Grant.addToPrincipal({ grantee: fn, actions: ['states:StartExecution'], resourceArns: machines.map(({ stateMachineArn }) => stateMachineArn) });
  }
}
