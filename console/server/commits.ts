import type { ActionExecutionDetail, ArtifactRevision, SourceRevision } from '@aws-sdk/client-codepipeline';
import type { Commit } from '../model';
import { httpUrl } from './addresses';

/** Who wrote each commit, by the commit's id. */
export type Authors = ReadonlyMap<string, string>;

export function commitOf({ revisionId = '', revisionSummary, revisionUrl }: SourceRevision | ArtifactRevision, authors: Authors): Commit {
  return { id: revisionId, message: commitMessage(revisionSummary), author: authors.get(revisionId), url: httpUrl(revisionUrl) };
}

/**
 * What the source actions among these tell of authors. A connection puts them out beside the variables that
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodestarConnectionSource.html lists, with or
 * without a namespace; CodeCommit and the GitHub action of version 1 tell no author
 * (https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-variables.html#reference-variables-list).
 */
export function authorsIn(executions: readonly ActionExecutionDetail[]): Authors {
  return new Map(
    executions.flatMap(({ input, output }) => {
      const { CommitId, AuthorDisplayName, AuthorEmail, AuthorId } = output?.outputVariables ?? {};
      const author = [AuthorDisplayName, AuthorEmail, AuthorId].find(Boolean);
      return input?.actionTypeId?.category === 'Source' && CommitId && author ? [[CommitId, author] as const] : [];
    }),
  );
}

/**
 * A connection's revision summary is a JSON document, other sources give the bare commit message.
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodestarConnectionSource.html
 */
function commitMessage(summary: string | undefined): string | undefined {
  if (!summary?.startsWith('{')) return summary;
  try {
    const parsed: unknown = JSON.parse(summary);
    const message = typeof parsed === 'object' && parsed !== null && 'CommitMessage' in parsed ? parsed.CommitMessage : undefined;
    return typeof message === 'string' ? message : summary;
  } catch {
    return summary;
  }
}
