import type { ActionExecutionDetail, CodePipelineClient } from '@aws-sdk/client-codepipeline';
import type { BuildLog } from '../model';
import { actionExecutions } from './actionExecutions';
import type { AwsClients } from './awsClients';
import { type LogStream, logStreamOf, readLog } from './logStream';
import { Refusal } from './problems';

export interface AttemptAddress {
  pipeline: string;
  executionId: string;
  attempt: string;
}

/** What an action that is no build has written: CodePipeline names the log of what it runs on machines of its own. */
export async function readAttemptLog({ codepipeline, logs }: Pick<AwsClients, 'codepipeline' | 'logs'>, address: AttemptAddress, from: string | undefined): Promise<BuildLog> {
  const attempt = await attemptOf(codepipeline, address);
  const endedAt = attempt.status === 'InProgress' ? undefined : attempt.lastUpdateTime;
  return {
    project: attempt.actionName ?? '',
    status: attempt.status ?? 'InProgress',
    startedAt: attempt.startTime?.toISOString(),
    endedAt: endedAt?.toISOString(),
    ...(await readLog(logs, streamOf(attempt), from, endedAt)),
  };
}

export async function attemptLogStream(codepipeline: CodePipelineClient, address: AttemptAddress): Promise<LogStream | undefined> {
  return streamOf(await attemptOf(codepipeline, address));
}

const streamOf = ({ output }: ActionExecutionDetail): LogStream | undefined => logStreamOf(output?.executionResult?.logStreamARN);

async function attemptOf(codepipeline: CodePipelineClient, { pipeline, executionId, attempt }: AttemptAddress): Promise<ActionExecutionDetail> {
  const found = (await actionExecutions(codepipeline, pipeline, executionId)).find(({ actionExecutionId }) => actionExecutionId === attempt);
  if (!found) throw new Refusal(404, `This run has not made the attempt ${attempt}.`);
  return found;
}
