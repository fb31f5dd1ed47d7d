import { DescribeExecutionCommand, ExecutionDoesNotExist, ExecutionNotRedrivable, GetExecutionHistoryCommand, RedriveExecutionCommand } from '@aws-sdk/client-sfn';
import type { DescribeExecutionOutput, HistoryEvent, SFNClient } from '@aws-sdk/client-sfn';
import { toInstant } from '../../../contracts/instant';
import type { OrderExecution } from '../../../contracts/operations';
import type { Execution } from '../executions';
import type { StateMachines } from '../state-machines';
import { stepsIn } from './history';

export type ExecutionName = Pick<Execution, 'machine' | 'name'>;
type Description = Omit<OrderExecution, 'steps' | 'cut'>;

/** An order's executions have some tens of events; one with more is retrying without end. */
const EVENTS_READ = 3_000;
const PAGE = 1_000;

/** What has become of executions, as Step Functions remembers them for 90 days after their end. */
export class ExecutionLog {
  constructor(
    private readonly client: Pick<SFNClient, 'send'>,
    private readonly machines: Pick<StateMachines, 'executionArn'>,
  ) {}

  /** Undefined for one that never was, or is forgotten. */
  async find(execution: ExecutionName): Promise<Description | undefined> {
    try {
      return describe(execution, await this.client.send(new DescribeExecutionCommand({ executionArn: this.#arn(execution) })));
    } catch (error) {
      if (error instanceof ExecutionDoesNotExist) return undefined;
      throw error;
    }
  }

  async findWithSteps(execution: ExecutionName): Promise<OrderExecution | undefined> {
    const described = await this.find(execution);
    if (!described) return undefined;
    const history = await this.#history(execution);
    return { ...described, steps: stepsIn(history.events), cut: history.cut };
  }

  /** Goes on with a failed execution where it failed. @returns whether it did: somebody else may have been faster */
  async redrive(execution: ExecutionName): Promise<boolean> {
    try {
      await this.client.send(new RedriveExecutionCommand({ executionArn: this.#arn(execution) }));
      return true;
    } catch (error) {
      if (error instanceof ExecutionNotRedrivable) return false;
      throw error;
    }
  }

  async #history(execution: ExecutionName): Promise<{ readonly events: HistoryEvent[]; readonly cut: boolean }> {
    const events: HistoryEvent[] = [];
    let nextToken: string | undefined;
    do {
      const page = await this.client.send(new GetExecutionHistoryCommand({ executionArn: this.#arn(execution), maxResults: PAGE, nextToken }));
      events.push(...(page.events ?? []));
      nextToken = page.nextToken;
    } while (nextToken !== undefined && events.length < EVENTS_READ);
    return { events, cut: nextToken !== undefined };
  }

  #arn({ machine, name }: ExecutionName): string {
    return this.machines.executionArn(machine, name);
  }
}

const describe = ({ machine, name }: ExecutionName, { status, startDate, stopDate, error, cause, redriveStatus }: DescribeExecutionOutput): Description => ({
  machine,
  name,
  status: status ?? 'RUNNING',
  startedAt: toInstant(startDate ?? new Date(0)),
  ...(stopDate && { endedAt: toInstant(stopDate) }),
  ...(error && { error }),
  ...(cause && { cause: cause.slice(0, 2_000) }),
  retriable: redriveStatus === 'REDRIVABLE',
});
