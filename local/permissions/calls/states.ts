import { UnreadableCall } from './call';
import { on, type Reader, type Readers } from './readers';

/** An alias or version is no resource of its own for these actions, but a condition key. */
const machine: Reader = (input) => {
  const [, arn = input.needed('stateMachineArn'), qualifier] = /^(arn:[^:]*:states:[^:]*:\d*:stateMachine:[^:]+):(.+)$/.exec(input.needed('stateMachineArn')) ?? [];
  return [{ resource: arn, keys: { 'states:StateMachineQualifier': qualifier === undefined ? null : [qualifier] } }];
};

/**
 * A token names nothing to its bearer, but AWS asks for the machine that waits with it. AWS's list of actions knows no resource
 * for these; its errors, and a trial reported with CDK's `grantTaskResponse`, do: https://github.com/aws/aws-cdk/pull/8486.
 */
const task: Reader = async (input, at) => {
  const resource = await at.deployed.stateMachineOfTask(input.needed('taskToken'));
  if (resource === undefined) throw new UnreadableCall(`${input.operation} has a token that no state machine waits with`);
  return [{ resource }];
};

export const states: Readers = {
  StartExecution: machine, StartSyncExecution: machine, DescribeStateMachine: machine, ListExecutions: machine,
  SendTaskSuccess: task, SendTaskFailure: task, SendTaskHeartbeat: task,
  ...on('DescribeExecution GetExecutionHistory RedriveExecution StopExecution DescribeStateMachineForExecution', (input) => input.needed('executionArn')),
  ...on('ListStateMachines', (_input, at) => at.arn('states', 'stateMachine:*')),
};
