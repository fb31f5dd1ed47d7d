import * as z from 'zod';
import type { Builds } from '../codebuild/builds';
import { environmentVariable, failureOf } from '../codebuild/model';
import type { Projects } from '../codebuild/projects';
import type { ServicePermissions } from '../../aws/servicePermissions';
import { artifactNeeds } from './permissions';
import { ActionFailure, type ActionContext, type ActionProvider, type ActionResult } from './provider';

const environmentVariables = z.array(environmentVariable);

/** Build and test actions: a build of a project, with the action's artefacts as input and output. */
export function codeBuildActions(projects: Projects, builds: Builds, permissions: ServicePermissions): ActionProvider[] {
  const run = (context: ActionContext) => build(context, { projects, builds, permissions });
  return [
    { category: 'Build', provider: 'CodeBuild', required: ['ProjectName'], run },
    { category: 'Test', provider: 'CodeBuild', required: ['ProjectName'], run },
  ];
}

async function build(context: ActionContext, { projects, builds, permissions }: { projects: Projects; builds: Builds; permissions: ServicePermissions }): Promise<ActionResult> {
  const { action, configuration, execution, region, account, signal } = context;
  const name = configuration['ProjectName'] ?? '';
  if (configuration['BatchEnabled'] === 'true') throw new ActionFailure('ConfigurationError', `${action.name}: BatchEnabled is not supported on this machine.`);
  const project = projects.find(account, region, name);
  if (project === undefined) throw new ActionFailure('ConfigurationError', `The CodeBuild project ${name} does not exist in account ${account}, region ${region}.`);

  const handedOn = artifactNeeds(context.pipeline, region, { reads: action.inputArtifacts.length > 0, writes: action.outputArtifacts.length > 0 });
  await permissions.demand(project.settings.serviceRole, execution.id, region, handedOn);
  const inputs = action.inputArtifacts.map((artifact) => artifact.name);
  const primary = configuration['PrimarySource'] ?? inputs[0];
  const artifacts = await Promise.all(action.outputArtifacts.map(async (artifact) => [artifact.name, await context.output(artifact.name)] as const));
  const { build: started, done } = builds.start(project, {
    initiator: `codepipeline/${context.pipeline.declaration.name}`,
    environmentVariables: variablesOf(configuration['EnvironmentVariables']),
    sourceVersion: execution.revisions.find(({ artifact }) => artifact === primary)?.revisionId ?? execution.revisions[0]?.revisionId,
    source: primary === undefined ? undefined : context.input(primary),
    secondarySources: Object.fromEntries(inputs.filter((input) => input !== primary).map((input) => [input, context.input(input)])),
    artifacts: Object.fromEntries(artifacts),
  });
  context.progress({
    externalExecutionId: started.id,
    externalExecutionUrl: `https://${region}.console.aws.amazon.com/codesuite/codebuild/${account}/projects/${name}/build/${encodeURIComponent(started.id)}/?region=${region}`,
    logStreamArn: `arn:aws:logs:${region}:${account}:log-group:${started.logGroup}:log-stream:${started.logStream}`,
  });
  const stop = () => void builds.stop(started.id);
  signal.addEventListener('abort', stop);
  await done;
  signal.removeEventListener('abort', stop);

  const variables = Object.fromEntries(started.exportedVariables.map((variable) => [variable.name, variable.value]));
  if (started.status !== 'SUCCEEDED') throw new ActionFailure('JobFailed', failureOf(started), variables);
  return { variables };
}

function variablesOf(json: string | undefined) {
  if (json === undefined || json === '') return [];
  try {
    return environmentVariables.parse(JSON.parse(json));
  } catch {
    throw new ActionFailure('ConfigurationError', `EnvironmentVariables is not a JSON list of {name, value, type}: ${json}`);
  }
}
