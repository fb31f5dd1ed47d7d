import type { ActionExecutionDetail } from '@aws-sdk/client-codepipeline';

/** When an attempt at an action ended, and what became of it in the service's words: a summary, or what it failed with. */
export function outcomeOf({ status, lastUpdateTime, output }: ActionExecutionDetail): { endedAt?: string; summary?: string; error?: string } {
  const { externalExecutionSummary: summary, errorDetails } = output?.executionResult ?? {};
  const failed = status === 'Failed' || status === 'Abandoned';
  return {
    endedAt: status === 'InProgress' ? undefined : lastUpdateTime?.toISOString(),
    ...(failed ? { error: errorDetails?.message ?? summary } : { summary }),
  };
}
