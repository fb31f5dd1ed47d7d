import {
  type ActionDeclaration,
  type ActionExecutionDetail,
  type ArtifactDetail,
  type CodePipelineClient,
  GetPipelineStateCommand,
} from '@aws-sdk/client-codepipeline';
import * as z from 'zod';
import type { ActionDetail, Artefact, Attempt, Setting, Variable } from '../action';
import { actionExecutions, latestActionExecutions } from './actionExecutions';
import { outcomeOf } from './attempt';
import { actionSeen, executionOf, stagesDeclared } from './declaration';
import { Refusal } from './problems';
import { Unread } from './unread';

export interface ActionAddress {
  pipeline: string;
  executionId: string;
  stage: string;
  action: string;
}

export interface FoundAction {
  declared: ActionDeclaration;
  /** Newest first. */
  attempts: ActionExecutionDetail[];
  /** Every attempt at every action of the run; absent where they may not be listed. */
  run?: ActionExecutionDetail[];
  unread: Unread;
}

/**
 * An action as the run's version of the pipeline declares it, with what the run made of it, each as far as it may be read.
 *
 * @throws Refusal (404) when that version has no such action
 */
export async function findAction(codepipeline: CodePipelineClient, { pipeline: name, executionId, stage, action }: ActionAddress): Promise<FoundAction> {
  const unread = new Unread();
  const [stages, run] = await Promise.all([
    unread
      .unlessRefused('On which version of the pipeline it ran', 'codepipeline:GetPipelineExecution', executionOf(codepipeline, name, executionId))
      .then((execution) => unread.unlessRefused('The action as the pipeline declares it', 'codepipeline:GetPipeline', stagesDeclared(codepipeline, name, execution?.pipelineVersion))),
    unread.unlessRefused('Earlier attempts, times, variables and artefacts', 'codepipeline:ListActionExecutions', actionExecutions(codepipeline, name, executionId)),
  ]);
  const ran = run ?? (await latestOfRun(codepipeline, name, executionId, unread));
  const attempts = ran
    .filter(({ stageName, actionName }) => stageName === stage && actionName === action)
    .toSorted((one, other) => (other.startTime?.getTime() ?? 0) - (one.startTime?.getTime() ?? 0));
  const declared = stages ? stages.find((one) => one.name === stage)?.actions?.find((one) => one.name === action) : attempts[0] && actionSeen(action, attempts[0]);
  if (!declared) throw new Refusal(404, `This run's pipeline has no action ${stage}/${action}${stages ? '' : ' that could be read'}.`);
  return { declared, attempts, run, unread };
}

async function latestOfRun(codepipeline: CodePipelineClient, name: string, executionId: string, unread: Unread): Promise<ActionExecutionDetail[]> {
  const state = await unread.unlessRefused('What the action did last', 'codepipeline:GetPipelineState', codepipeline.send(new GetPipelineStateCommand({ name })));
  return latestActionExecutions(state?.stageStates ?? [], executionId);
}

/** What there is to know of an action, in the values that its latest attempt ran with. */
export async function readAction(codepipeline: CodePipelineClient, address: ActionAddress): Promise<ActionDetail> {
  const { declared, attempts, unread } = await findAction(codepipeline, address);
  const [latest] = attempts;
  const written = declared.configuration ?? {};
  const resolved = latest?.input?.resolvedConfiguration ?? latest?.input?.configuration ?? written;
  const provider = declared.actionTypeId?.provider ?? '';
  return {
    name: address.action,
    stage: address.stage,
    provider,
    category: declared.actionTypeId?.category ?? '',
    runOrder: declared.runOrder ?? 1,
    region: latest?.input?.region ?? declared.region,
    roleArn: latest?.input?.roleArn ?? declared.roleArn,
    namespace: declared.namespace,
    status: latest?.status,
    configuration: Object.entries(resolved).map(([name, value]) => settingOf(name, value, written[name])),
    variablesIn: provider === 'CodeBuild' ? buildVariables(resolved.EnvironmentVariables) : [],
    variablesOut: Object.entries(latest?.output?.outputVariables ?? {}).map(([name, value]) => ({ name, value })),
    artefactsIn: artefacts(latest?.input?.inputArtifacts ?? declared.inputArtifacts),
    artefactsOut: artefacts(latest?.output?.outputArtifacts ?? declared.outputArtifacts),
    attempts: attempts.map((attempt) => attemptOf(attempt, provider === 'CodeBuild')),
    stackName: provider === 'CloudFormation' ? resolved.StackName : undefined,
    unread: unread.list,
  };
}

/** `#{namespace.variable}`, which the run replaces by what an earlier action put out. */
const REFERENCE = /#\{[^}]+\}/;

function settingOf(name: string, value: string, written: string | undefined): Setting {
  return { name, value, ...(written !== undefined && written !== value && REFERENCE.test(written) && { written }) };
}

const buildVariable = z.array(z.object({ name: z.string(), value: z.string(), type: z.string().optional() }));

/** https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeBuild.html: a list in JSON. */
function buildVariables(json: string | undefined): Variable[] {
  if (!json) return [];
  try {
    const parsed = buildVariable.safeParse(JSON.parse(json));
    return parsed.success ? parsed.data.map(({ type, ...variable }) => ({ ...variable, ...(type !== 'PLAINTEXT' && { type }) })) : [];
  } catch {
    // The configuration shows it as it is.
    return [];
  }
}

const artefacts = (details: readonly ArtifactDetail[] | undefined): Artefact[] =>
  (details ?? []).map(({ name = '', s3location }) => ({ name, bucket: s3location?.bucket, key: s3location?.key }));

function attemptOf(attempt: ActionExecutionDetail, isBuild: boolean): Attempt {
  const { actionExecutionId = '', status, startTime, updatedBy, output } = attempt;
  const result = output?.executionResult;
  return {
    id: actionExecutionId,
    status,
    startedAt: startTime?.toISOString(),
    ...outcomeOf(attempt),
    by: updatedBy,
    buildId: isBuild ? result?.externalExecutionId : undefined,
    hasLog: !isBuild && result?.logStreamARN !== undefined,
  };
}
