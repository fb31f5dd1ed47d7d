import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import * as z from 'zod/mini';
import { readEnvironment } from '../shared/environment';
import type { Execution } from './executions';

const MACHINES = ['ProcessOrder', 'UndoOrder', 'TellCustomer'] as const satisfies readonly Execution['machine'][];

/** Starts executions; one that is there already, running or ended, is as good as started. */
export class StateMachines {
  constructor(
    private readonly client: Pick<SFNClient, 'send'>,
    private readonly arns: Readonly<Record<Execution['machine'], string>>,
  ) {}

  async start({ machine, name, input }: Execution): Promise<void> {
    try {
      await this.client.send(new StartExecutionCommand({ stateMachineArn: this.arns[machine], name, input: JSON.stringify(input) }));
    } catch (error) {
      if (!(error instanceof ExecutionAlreadyExists)) throw error;
    }
  }

  /** Which of them has this ARN, if any. */
  machineOf(stateMachineArn: string): Execution['machine'] | undefined {
    return MACHINES.find((machine) => this.arns[machine] === stateMachineArn);
  }

  /** `arn:…:stateMachine:name` → `arn:…:execution:name:execution` */
  executionArn(machine: Execution['machine'], name: string): string {
    return `${this.arns[machine].replace(':stateMachine:', ':execution:')}:${name}`;
  }
}

export function configuredStateMachines(client = new SFNClient({ maxAttempts: 5 })): StateMachines {
  const arn = z.string();
  const { PROCESS_ORDER_ARN, UNDO_ORDER_ARN, TELL_CUSTOMER_ARN } = readEnvironment(z.object({ PROCESS_ORDER_ARN: arn, UNDO_ORDER_ARN: arn, TELL_CUSTOMER_ARN: arn }));
  return new StateMachines(client, { ProcessOrder: PROCESS_ORDER_ARN, UndoOrder: UNDO_ORDER_ARN, TellCustomer: TELL_CUSTOMER_ARN });
}
