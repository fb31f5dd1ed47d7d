import { type ActionDeclaration, type ActionExecutionDetail, GetPipelineStateCommand, type StageDeclaration } from '@aws-sdk/client-codepipeline';
import type { Hop } from '../../../contracts/evidence';
import type { Commit, Release, StackChange } from '../../model';
import { actionExecutions, BUILD_ID } from '../actionExecutions';
import type { ReadAuthors } from '../authors';
import type { AwsClients } from '../awsClients';
import type { Authors } from '../commits';
import { declarationOf } from '../declaration';
import { evidenceOfBuilds } from '../evidence';
import { summaryOf } from '../pipelines';
import { Refusal, whyOf } from '../problems';
import { remembered } from '../remembered';
import { Unread } from '../unread';
import { type GuardedStage, stagesBehind } from './behind';
import { type RunsSince, runsSince } from './runsSince';
import type { Template } from './templateChanges';
import { artefactLocations, artefactReader, deployedTemplate, nextTemplate, type ReadArtefact } from './templates';

/** It is read from many stacks, and asked for by everybody who looks. */
const KEPT_MS = 20_000;

interface Asked {
  readonly pipeline: string;
  readonly executionId: string;
  readonly stage: string;
  readonly action: string;
}

export function releaseReader(clients: AwsClients, authors: ReadAuthors): (asked: Asked) => Promise<Release> {
  const artefact = artefactReader(clients.s3);
  return remembered(KEPT_MS, (asked) => readRelease(clients, authors, artefact, asked));
}

/**
 * What approving would bring: commits, changes to stacks, what was measured. Each part is read by itself, and a part that
 * may not be read is said to be missing and holds nothing up.
 *
 * @throws Refusal (404) when the pipeline of this run has no such approval
 */
async function readRelease(clients: AwsClients, readAuthors: ReadAuthors, artefact: ReadArtefact, { pipeline: name, executionId, stage, action }: Asked): Promise<Release> {
  const { codepipeline } = clients;
  const { stages } = await declarationOf(codepipeline, name, executionId);
  if (!stages.some((one) => one.name === stage && one.actions?.some((declared) => declared.name === action))) throw new Refusal(404, `This run has no approval ${stage}/${action}.`);
  const behind = stagesBehind(stages, stage, action);
  const unread = new Unread();
  const target = behind.at(-1)?.name ?? stages.at(-1)?.name ?? stage;
  const [executions, runs] = await Promise.all([
    actionExecutions(codepipeline, name, executionId),
    unread.unless(
      'The runs since the last release',
      codepipeline.send(new GetPipelineStateCommand({ name })).then(({ stageStates = [] }) => runsSince(codepipeline, name, executionId, target, stageStates)),
    ),
  ]);
  const locations = artefactLocations(executions);
  // A rollback measured nothing: the run that it brought back did.
  const lastId = runs?.last?.rollbackMetadata?.rollbackTargetPipelineExecutionId ?? runs?.last?.pipelineExecutionId;
  const [authors, compared, before, left] = await Promise.all([
    readAuthors(name, runs ? [...runs.since, ...runs.newer.slice(0, 1)] : []),
    compareStacks((declared) => nextTemplate(artefact, locations, declared), clients, behind, unread),
    lastId ? unread.unless('What the gate measured of the last release', actionExecutions(codepipeline, name, lastId).then((ran) => evidenceByStage(clients.codebuild, ran))) : undefined,
    lastId ? unread.unless('Stacks that the last release deployed', declarationOf(codepipeline, name, lastId).then((earlier) => noLongerDeployed(earlier.stages, stages, behind))) : undefined,
  ]);
  return {
    into: behind.map((one) => one.name),
    last: runs?.last && summaryOf(runs.last),
    newer: runs?.newer[0] && summaryOf(runs.newer[0], authors),
    ...(runs ? revisionsOf(runs, authors) : { commits: [] }),
    stacks: compared && [...(left ?? []), ...compared.filter(({ kind, resources }) => kind === 'added' || resources.length > 0)],
    unchanged: compared?.filter(({ kind, resources }) => kind === 'changed' && resources.length === 0).length ?? 0,
    before: [...(before ?? [])].map(([measured, hops]) => ({ stage: measured, hops })),
    unread: unread.list,
  };
}

/** The commit of each run that has not been released; one that was tried twice is there once. */
function revisionsOf({ since, last }: RunsSince, authors: Authors): Pick<Release, 'commits' | 'revision'> {
  const released = new Set(last?.sourceRevisions?.map(({ revisionId }) => revisionId));
  const commits = new Map<string, Commit>();
  const brought = since.map((run) => summaryOf(run, authors).commits);
  for (const commit of brought.flat()) if (commit.id && !released.has(commit.id) && !commits.has(commit.id)) commits.set(commit.id, commit);
  if (since.length === 0 && last) return { commits: [], revision: 'earlier' };
  const own = brought[0] ?? [];
  return { commits: [...commits.values()], revision: last && own.length > 0 && own.every(({ id }) => released.has(id)) ? 'the same' : 'new' };
}

type Compared = StackChange & { kind: 'added' | 'changed' };

type NextTemplate = (action: ActionDeclaration) => Promise<Template>;

async function compareStacks(next: NextTemplate, clients: AwsClients, behind: readonly GuardedStage[], unread: Unread): Promise<Compared[] | undefined> {
  const deployments = behind.flatMap(({ name, deployments: actions }) => actions.map((action) => ({ stage: name, action })));
  const compared = await Promise.allSettled(deployments.map(({ stage, action }) => compareStack(next, clients, stage, action)));
  const reasons = new Map<string, string[]>();
  for (const [index, outcome] of compared.entries()) {
    if (outcome.status === 'rejected') {
      const why = whyOf(outcome.reason);
      reasons.set(why, [...(reasons.get(why) ?? []), stackNameOf(deployments[index]?.action)]);
    }
  }
  for (const [why, stacks] of reasons) unread.list.push({ what: `What changes in ${stacks.join(', ')}`, why });
  const done = compared.flatMap((outcome) => (outcome.status === 'fulfilled' ? outcome.value : []));
  return done.length > 0 || deployments.length === 0 ? done : undefined;
}

async function compareStack(nextOf: NextTemplate, clients: AwsClients, stage: string, action: ActionDeclaration): Promise<Compared> {
  const name = stackNameOf(action);
  const [next, deployed] = await Promise.all([nextOf(action), deployedTemplate(clients.cloudformation({ region: action.region, roleArn: action.roleArn }), name)]);
  // It knows every type of resource there is, and takes its time to load.
  const { templateChanges } = await import('./templateChanges');
  return { stage, name, kind: deployed.exists ? 'changed' : 'added', ...templateChanges(deployed.template, next) };
}

const stackNameOf = (action: ActionDeclaration | undefined): string => action?.configuration?.StackName ?? '';

/** Stacks that the pipeline deployed and would not any more. It deletes none: whoever wants them gone does that. */
function noLongerDeployed(before: readonly StageDeclaration[], now: readonly StageDeclaration[], behind: readonly GuardedStage[]): StackChange[] {
  const names = new Set(now.flatMap(({ actions = [] }) => actions.map(stackNameOf)));
  return before
    .filter(({ name }) => behind.some((one) => one.name === name))
    .flatMap(({ name: stage = '', actions = [] }) => [...new Set(actions.map(stackNameOf))].filter((name) => name && !names.has(name)).map((name) => ({ stage, name, kind: 'no longer deployed' as const, resources: [], widenings: [] })));
}

async function evidenceByStage(codebuild: AwsClients['codebuild'], executions: readonly ActionExecutionDetail[]): Promise<Map<string, Hop[]>> {
  // Oldest first, so that of several attempts the last one counts.
  const builds = executions.toReversed().flatMap(({ stageName = '', output }) => {
    const id = output?.executionResult?.externalExecutionId;
    return id && BUILD_ID.test(id) ? [{ stageName, id }] : [];
  });
  const evidence = await evidenceOfBuilds(codebuild, builds.map(({ id }) => id));
  return new Map(builds.flatMap(({ stageName, id }) => (evidence.has(id) ? [[stageName, evidence.get(id) ?? []] as const] : [])));
}
