import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { RetainedTable } from '../shared/table';
import { noteUnsentMail, sendRequestedMail } from './mail-steps';
import { ServiceStateMachine } from '../shared/state-machine';
import type { StateMachineDefaults } from '../shared/state-machine';

export interface TellCustomerProps extends StateMachineDefaults {
  readonly orders: RetainedTable;
  readonly sendMail: lambda.IFunction;
}

/** Mails a customer what the carrier has reported, or again what an operator asks for. Given a MailRequest. */
export class TellCustomer extends Construct {
  readonly stateMachine: sfn.StateMachine;

  constructor(scope: Construct, id: string, props: TellCustomerProps) {
    super(scope, id);
    const begin = sfn.Pass.jsonata(this, 'Begin', { assign: { orderId: '{% $states.input.orderId %}' } });
    const tell = sendRequestedMail(this, 'SendMail', props.sendMail, sfn.TaskInput.fromText('{% $states.input %}'));
    const told = sfn.Succeed.jsonata(this, 'Told');
    const unsent = noteUnsentMail(this, props.orders, told);
    begin.next(tell);
    tell.next(told);
    tell.addCatch(unsent, { errors: [sfn.Errors.ALL], outputs: { error: '{% $states.errorOutput.Error %}' } });
    this.stateMachine = new ServiceStateMachine(this, 'StateMachine', { ...props, start: begin, comment: 'Mails a customer' });
  }
}
