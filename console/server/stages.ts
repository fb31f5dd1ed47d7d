import type {
  ActionDeclaration,
  ActionExecutionDetail,
  ActionState,
  StageDeclaration,
  StageExecutionStatus,
  StageState,
} from '@aws-sdk/client-codepipeline';
import type { Hop } from '../../contracts/evidence';
import type { Action, PendingApproval, Stage, WaitingApproval } from '../model';
import { outcomeOf } from './attempt';
import { httpUrl } from './addresses';

/**
 * The stages of one execution: the declaration says what there is, the action executions what became of it,
 * and the pipeline's present state what can be done now.
 */
export function stagesOf(declared: StageDeclaration[], executions: ActionExecutionDetail[], states: StageState[], executionId: string, evidence: ReadonlyMap<string, Hop[]>): Stage[] {
  return declared.map((stage) => {
    const state = states.find(({ stageName }) => stageName === stage.name);
    const current = state?.latestExecution?.pipelineExecutionId === executionId ? state : undefined;
    const actions = (stage.actions ?? []).map((action) =>
      actionOf(
        action,
        executions.filter(({ stageName, actionName }) => stageName === stage.name && actionName === action.name),
        current?.actionStates?.find(({ actionName }) => actionName === action.name),
        evidence,
      ),
    );
    const status = current?.latestExecution?.status ?? statusFrom(actions);
    return {
      name: stage.name ?? '',
      status,
      // AWS retries only the execution that is the latest in its stage.
      retryable: current !== undefined && status === 'Failed',
      closed: state?.inboundTransitionState?.enabled === false ? (state.inboundTransitionState.disabledReason ?? 'The transition is disabled.') : undefined,
      actions,
    };
  });
}

/** The approvals of a pipeline that wait for a person. */
export function waitingApprovals(states: StageState[]): WaitingApproval[] {
  return states.flatMap(({ stageName = '', latestExecution, actionStates = [] }) =>
    actionStates
      .filter((action) => pendingToken(action) !== undefined)
      .map(({ actionName = '' }) => ({ executionId: latestExecution?.pipelineExecutionId, stage: stageName, action: actionName })),
  );
}

function actionOf(declared: ActionDeclaration, attempts: ActionExecutionDetail[], state: ActionState | undefined, evidence: ReadonlyMap<string, Hop[]>): Action {
  const latest = attempts.reduce<ActionExecutionDetail | undefined>(
    (newest, attempt) => (newest && time(newest.startTime) >= time(attempt.startTime) ? newest : attempt),
    undefined,
  );
  const provider = declared.actionTypeId?.provider ?? '';
  const result = latest?.output?.executionResult;
  const configuration = latest?.input?.resolvedConfiguration ?? latest?.input?.configuration ?? declared.configuration;
  return {
    name: declared.name ?? '',
    provider,
    runOrder: declared.runOrder ?? 1,
    status: latest?.status,
    startedAt: latest?.startTime?.toISOString(),
    ...(latest && outcomeOf(latest)),
    attempts: attempts.length,
    updatedBy: latest?.updatedBy,
    buildId: provider === 'CodeBuild' ? result?.externalExecutionId : undefined,
    hops: evidence.get(result?.externalExecutionId ?? ''),
    stackName: provider === 'CloudFormation' && latest ? configuration?.StackName : undefined,
    // State and history are read side by side: what one calls over is no longer asked for.
    approval: latest?.status === 'InProgress' ? approvalOf(configuration, state) : undefined,
  };
}

function approvalOf(configuration: Record<string, string> | undefined, state: ActionState | undefined): PendingApproval | undefined {
  const token = state && pendingToken(state);
  return token ? { token, note: configuration?.CustomData, link: httpUrl(configuration?.ExternalEntityLink ?? state?.entityUrl) } : undefined;
}

function pendingToken({ latestExecution }: ActionState): string | undefined {
  return latestExecution?.status === 'InProgress' ? latestExecution.token : undefined;
}

/** For an execution that is no longer the latest in the stage: what its actions add up to. */
function statusFrom(actions: Action[]): StageExecutionStatus | undefined {
  const statuses = actions.map(({ status }) => status).filter((status) => status !== undefined);
  if (statuses.length === 0) return undefined;
  if (statuses.includes('Failed')) return 'Failed';
  if (statuses.includes('InProgress')) return 'InProgress';
  return statuses.length === actions.length && statuses.every((status) => status === 'Succeeded') ? 'Succeeded' : 'Stopped';
}

function time(instant: Date | undefined): number {
  return instant?.getTime() ?? 0;
}
