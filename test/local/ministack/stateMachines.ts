import { callJson } from './functions';
import type { TestServer } from './ministackServer';
import { eventually } from '../../support/eventually';
import type { Resources } from './stacks';

/** What DescribeExecution tells; times are seconds since 1970. */
export interface Execution {
  readonly executionArn: string;
  readonly status: string;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly redriveCount: number;
  readonly redriveStatus: string;
}

/** `{ type, <type>EventDetails }`, as GetExecutionHistory gives it. */
export interface HistoryEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly type: string;
  readonly [details: string]: unknown;
}

/** A state machine in JSONata and its role; `Ref` it by `id`. */
export function stateMachineOf(id: string, StartAt: string, States: object, more: object = {}): Resources {
  return {
    [`${id}Role`]: {
      Type: 'AWS::IAM::Role',
      Properties: { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'states.amazonaws.com' }, Action: 'sts:AssumeRole' }] } },
    },
    [id]: {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: { RoleArn: { 'Fn::GetAtt': [`${id}Role`, 'Arn'] }, DefinitionString: JSON.stringify({ QueryLanguage: 'JSONata', StartAt, States }), ...more },
    },
  };
}

/** Calls an operation of Step Functions; an error is `{ __type, message }`. */
export const states = (server: TestServer, operation: string, input: object): Promise<Record<string, unknown>> => callJson(server, 'states', `AWSStepFunctions.${operation}`, input);

/** Starts an execution. @returns its ARN */
export async function start(server: TestServer, stateMachineArn: string, input: unknown = {}, more: object = {}): Promise<string> {
  const answer = await states(server, 'StartExecution', { stateMachineArn, input: JSON.stringify(input), ...more });
  if (typeof answer['executionArn'] !== 'string') throw new Error(JSON.stringify(answer));
  return answer['executionArn'];
}

export const describeExecution = async (server: TestServer, executionArn: string): Promise<Execution> => (await states(server, 'DescribeExecution', { executionArn })) as unknown as Execution;

/** The execution once it has ended, whichever way. */
export const ended = (server: TestServer, executionArn: string): Promise<Execution> =>
  eventually(async () => {
    const execution = await describeExecution(server, executionArn);
    return execution.status !== 'RUNNING' && execution;
  });

/** Runs a state machine to its end. @returns the output, parsed; or the error and its cause */
export async function run(server: TestServer, stateMachineArn: string, input: unknown = {}): Promise<{ readonly output?: unknown; readonly error?: string; readonly cause?: string }> {
  const { output, error, cause } = await ended(server, await start(server, stateMachineArn, input));
  return { ...(output !== undefined && { output: JSON.parse(output) as unknown }), ...(error !== undefined && { error, cause }) };
}

export const history = async (server: TestServer, executionArn: string, more: object = {}): Promise<readonly HistoryEvent[]> =>
  (await states(server, 'GetExecutionHistory', { executionArn, maxResults: 1000, ...more }))['events'] as readonly HistoryEvent[];
