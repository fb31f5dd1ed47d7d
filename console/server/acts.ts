import {
  type CodePipelineClient,
  PutApprovalResultCommand,
  RetryStageExecutionCommand,
  RollbackStageCommand,
  StartPipelineExecutionCommand,
  StopPipelineExecutionCommand,
} from '@aws-sdk/client-codepipeline';
import * as z from 'zod';
import { Refusal } from './problems';
import { sourceRevisionsOf } from './sources';

const name = z.string().min(1).max(100);
/** CodePipeline takes at most 512 characters of an approval's summary and 200 of a reason to stop. */
const acts = {
  /** By source action; the newest of each that is not named. */
  start: z.strictObject({ revisions: z.record(name, z.string().trim().min(1).max(1500)).optional() }),
  rollback: z.strictObject({ target: z.uuid() }),
  stop: z.strictObject({ reason: z.string().max(200), abandon: z.boolean() }),
  retry: z.strictObject({ stage: name }),
  approval: z.strictObject({
    stage: name,
    action: name,
    token: z.string().min(1),
    decision: z.enum(['Approved', 'Rejected']),
    comment: z.string().max(512),
  }),
};

function parse<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new Refusal(400, z.prettifyError(parsed.error));
  return parsed.data;
}

/** Starts a run, of the newest revisions unless others are asked for. */
export async function start(codepipeline: CodePipelineClient, pipeline: string, body: unknown): Promise<{ executionId?: string }> {
  const { revisions = {} } = parse(acts.start, body);
  const sourceRevisions = Object.keys(revisions).length > 0 ? await sourceRevisionsOf(codepipeline, pipeline, revisions) : undefined;
  const { pipelineExecutionId } = await codepipeline.send(new StartPipelineExecutionCommand({ name: pipeline, sourceRevisions }));
  return { executionId: pipelineExecutionId };
}

/** Takes a stage back to what an earlier run brought there; that is a run of its own. */
export async function rollBack(codepipeline: CodePipelineClient, pipeline: string, stage: string, body: unknown): Promise<{ executionId?: string }> {
  const { target } = parse(acts.rollback, body);
  const { pipelineExecutionId } = await codepipeline.send(new RollbackStageCommand({ pipelineName: pipeline, stageName: stage, targetPipelineExecutionId: target }));
  return { executionId: pipelineExecutionId };
}

/** Stops a run once its running actions have ended, or at once when they are abandoned. */
export async function stop(codepipeline: CodePipelineClient, pipeline: string, executionId: string, body: unknown): Promise<void> {
  const { reason, abandon } = parse(acts.stop, body);
  await codepipeline.send(
    new StopPipelineExecutionCommand({ pipelineName: pipeline, pipelineExecutionId: executionId, abandon, ...(reason && { reason }) }),
  );
}

/** Tries the failed actions of a stage again. */
export async function retry(codepipeline: CodePipelineClient, pipeline: string, executionId: string, body: unknown): Promise<void> {
  const { stage } = parse(acts.retry, body);
  await codepipeline.send(
    new RetryStageExecutionCommand({ pipelineName: pipeline, pipelineExecutionId: executionId, stageName: stage, retryMode: 'FAILED_ACTIONS' }),
  );
}

/** Approves or rejects what the approver saw: the token names the one request for approval that was on the page. */
export async function decide(codepipeline: CodePipelineClient, pipeline: string, body: unknown): Promise<void> {
  const { stage, action, token, decision, comment } = parse(acts.approval, body);
  await codepipeline.send(
    new PutApprovalResultCommand({
      pipelineName: pipeline,
      stageName: stage,
      actionName: action,
      token,
      // The API refuses an empty summary.
      result: { status: decision, summary: comment.trim() || `${decision} on the console` },
    }),
  );
}
