import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { messageOf } from '../../aws/errors';
import { type Commit, Repository } from '../sources/repository';
import type { ActionDeclaration } from '../structure/declaration';
import { ActionFailure, type ActionContext, type ActionProvider, type ActionResult } from './provider';

/** A repository and branch that a source action watches. */
export interface GitSource {
  readonly fullName: string;
  readonly branch: string;
}

/** Reads which repository and branch a source action names; nothing when it is no git source. */
export function gitSourceOf({ actionTypeId, configuration }: Pick<ActionDeclaration, 'actionTypeId' | 'configuration'>): GitSource | undefined {
  const { FullRepositoryId, BranchName, RepositoryName, Owner, Repo, Branch } = configuration;
  if (actionTypeId.provider === 'CodeStarSourceConnection') return { fullName: FullRepositoryId ?? '', branch: BranchName ?? '' };
  if (actionTypeId.provider === 'CodeCommit') return { fullName: RepositoryName ?? '', branch: BranchName ?? 'main' };
  if (actionTypeId.provider === 'GitHub') return { fullName: `${Owner}/${Repo}`, branch: Branch ?? 'main' };
  return undefined;
}

export function repositoryOf(gitDir: string, { fullName }: GitSource): Repository {
  return new Repository(path.join(gitDir, `${fullName}.git`));
}

/** Source actions that take a branch of a bare repository `<gitDir>/<owner>/<name>.git` (CodeCommit: `<gitDir>/<name>.git`). */
export function gitSources(gitDir: string): ActionProvider[] {
  const run = (context: ActionContext) => takeCommit(context, gitDir);
  return [
    { category: 'Source', provider: 'CodeStarSourceConnection', required: ['ConnectionArn', 'FullRepositoryId', 'BranchName'], run },
    { category: 'Source', provider: 'CodeCommit', required: ['RepositoryName', 'BranchName'], run },
    { category: 'Source', provider: 'GitHub', required: ['Owner', 'Repo', 'Branch'], run },
  ];
}

async function takeCommit(context: ActionContext, gitDir: string): Promise<ActionResult> {
  const { action, configuration, requestedRevision } = context;
  const source = gitSourceOf({ actionTypeId: action.actionTypeId, configuration });
  if (source === undefined) throw new ActionFailure('ConfigurationError', `${action.name} names no repository.`);
  const repository = repositoryOf(gitDir, source);
  const branch = requestedRevision?.branch ?? source.branch;
  if (!repository.exists()) throw new ActionFailure('ConfigurationError', `The repository ${source.fullName} does not exist on this machine (${repository.folder}).`);
  const wanted = requestedRevision?.revisionId ?? repository.head(branch);
  if (wanted === undefined) throw new ActionFailure('ConfigurationError', `The repository ${source.fullName} has no branch ${branch}.`);
  const commit = await repository.commit(wanted).catch((error: unknown) => {
    throw new ActionFailure('ConfigurationError', `The repository ${source.fullName} has no commit ${wanted}: ${messageOf(error)}`);
  });

  const artifact = action.outputArtifacts[0]?.name ?? '';
  const folder = await context.output(artifact);
  if (configuration['OutputArtifactFormat'] === 'CODEBUILD_CLONE_REF') await repository.clone(commit.id, branch, folder);
  else await repository.export(commit.id, folder);
  await mkdir(folder, { recursive: true });

  const summary = commit.message.split('\n')[0] ?? '';
  const url = `https://github.com/${source.fullName}/commit/${commit.id}`;
  return {
    summary,
    revision: { action: action.name, artifact, revisionId: commit.id, summary, ...(action.actionTypeId.provider !== 'CodeCommit' && { url }) },
    variables: variablesOf(context, source.fullName, branch, commit),
  };
}

/**
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-variables.html#reference-variables-list
 * A connection names the author as well, which that list leaves out; the other sources do not.
 */
function variablesOf({ action, configuration }: ActionContext, fullName: string, branch: string, commit: Commit): Record<string, string> {
  const common = { BranchName: branch, CommitId: commit.id, CommitMessage: commit.message, AuthorDate: commit.authorDate };
  const { provider } = action.actionTypeId;
  if (provider === 'CodeStarSourceConnection') {
    return { ...common, AuthorDisplayName: commit.authorName, AuthorEmail: commit.authorEmail, FullRepositoryName: fullName, ConnectionArn: configuration['ConnectionArn'] ?? '' };
  }
  const repository = { ...common, CommitterDate: commit.committerDate, RepositoryName: fullName.split('/').at(-1) ?? fullName };
  return provider === 'GitHub' ? { ...repository, CommitUrl: `https://github.com/${fullName}/commit/${commit.id}` } : repository;
}
