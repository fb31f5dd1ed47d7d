import { GetPipelineExecutionCommand, ListActionExecutionsCommand, type ActionExecutionDetail, type CodePipelineClient } from '@aws-sdk/client-codepipeline';
import { setTimeout as sleep } from 'node:timers/promises';

/** A change of one run of an action: it started, or it ended. A retry is a run of its own. */
export interface ActionChange {
  readonly actionExecutionId: string;
  readonly stage: string;
  readonly action: string;
  /** E.g. `CodeBuild`, `CloudFormation`, `Manual`. */
  readonly provider: string;
  readonly status: 'InProgress' | 'Succeeded' | 'Failed' | 'Abandoned';
  readonly startedAt: Date;
  /** Absent while it is in progress. */
  readonly endedAt?: Date;
  /** Why it failed, else its summary. */
  readonly message?: string;
  /** E.g. the id of the CodeBuild build, or of the stack. */
  readonly externalExecutionId?: string;
  /** Where its log can be read while it grows. */
  readonly logStreamArn?: string;
}

export interface FollowOptions {
  readonly client: CodePipelineClient;
  readonly pipelineName: string;
  readonly executionId: string;
  /** Tells only of what started later: a retry goes on in the same execution. @default all of it */
  readonly after?: Date;
  /** Ends the iteration early. */
  readonly signal?: AbortSignal;
  /** Milliseconds between two looks. @default 250 */
  readonly pause?: number;
}

/** Yields what happens to the actions of an execution, in the order it happens, until the execution has ended. */
export async function* followExecution({ client, pipelineName, executionId, after = new Date(0), signal, pause = 250 }: FollowOptions): AsyncGenerator<ActionChange> {
  const told = new Map<string, ActionChange['status']>();
  for (;;) {
    if (signal?.aborted === true) return;
    // The status is read first: what the actions did until then is all there when the execution had ended.
    const { pipelineExecution } = await client.send(new GetPipelineExecutionCommand({ pipelineName, pipelineExecutionId: executionId }));
    for (const change of (await changes(client, pipelineName, executionId)).filter(({ actionExecutionId, status, startedAt }) => startedAt > after && told.get(actionExecutionId) !== status)) {
      if (!told.has(change.actionExecutionId) && change.status !== 'InProgress') yield { ...change, status: 'InProgress', endedAt: undefined, message: undefined };
      told.set(change.actionExecutionId, change.status);
      yield change;
    }
    if (pipelineExecution?.status !== 'InProgress' && pipelineExecution?.status !== 'Stopping') return;
    await sleep(pause, undefined, { signal }).catch(() => undefined);
  }
}

/** The execution's actions as they are, oldest first. */
async function changes(client: CodePipelineClient, pipelineName: string, pipelineExecutionId: string): Promise<ActionChange[]> {
  const found: ActionChange[] = [];
  let nextToken: string | undefined;
  do {
    const page = await client.send(new ListActionExecutionsCommand({ pipelineName, filter: { pipelineExecutionId }, nextToken }));
    found.push(...(page.actionExecutionDetails ?? []).map(changeOf));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return found.toReversed();
}

function changeOf({ actionExecutionId = '', stageName = '', actionName = '', status = 'InProgress', startTime, lastUpdateTime, input, output }: ActionExecutionDetail): ActionChange {
  const { errorDetails, externalExecutionSummary, externalExecutionId, logStreamARN } = output?.executionResult ?? {};
  return {
    actionExecutionId,
    stage: stageName,
    action: actionName,
    provider: input?.actionTypeId?.provider ?? '',
    status,
    startedAt: startTime ?? new Date(),
    endedAt: status === 'InProgress' ? undefined : lastUpdateTime,
    message: errorDetails?.message ?? externalExecutionSummary,
    externalExecutionId,
    logStreamArn: logStreamARN,
  };
}
