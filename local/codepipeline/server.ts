import { serve, type ServerType } from '@hono/node-server';
import path from 'node:path';
import { jsonServices } from '../aws/json-service';
import { Roles } from '../aws/roles';
import { ServicePermissions } from '../aws/servicePermissions';
import { manualApproval } from './actions/approval';
import { cloudFormation } from './actions/cloudformation';
import { codeBuildActions } from './actions/codebuild';
import { gitSources } from './actions/git-source';
import { s3Source } from './actions/s3-source';
import { actionOperations } from './api/actions';
import { buildOperations } from './api/builds';
import { executionOperations } from './api/executions';
import { logOperations } from './api/logs';
import { pipelineOperations } from './api/pipelines';
import { projectOperations } from './api/projects';
import { stageOperations } from './api/stages';
import { Builds } from './codebuild/builds';
import { Projects } from './codebuild/projects';
import { LogStreams } from './logs/log-streams';
import { Pipelines } from './pipelines';
import { SourceWatch } from './sources/source-watch';
import { ArtifactFolders } from './store/artifact-folders';
import { serveArtifacts } from './store/artifactDownloads';
import { PipelineStore } from './store/pipeline-store';

export interface RunnerOptions {
  readonly port: number;
  /** Where pipelines, executions, builds, artefacts and logs are kept. */
  readonly stateDir: string;
  /** Bare repositories, `<owner>/<name>.git`, which stand for those of a git host. */
  readonly gitDir: string;
  /** Where every AWS call goes, also those of builds. */
  readonly endpoint: string;
}

export interface Runner {
  readonly port: number;
  /** Ends all builds and actions, records that they were interrupted, and closes the server. */
  stop(): Promise<void>;
}

/** Starts CodePipeline and CodeBuild on the loopback. */
export async function startRunner({ port, stateDir, gitDir, endpoint }: RunnerOptions): Promise<Runner> {
  const at = (folder: string) => path.resolve(stateDir, folder);
  const roles = new Roles(endpoint);
  const permissions = new ServicePermissions(endpoint);
  const logs = new LogStreams(at('logs'));
  const projects = new Projects(at('projects'));
  const builds = new Builds({ stateDir: at('codebuild'), roles, permissions, logs });
  const providers = [...gitSources(path.resolve(gitDir)), s3Source, ...codeBuildActions(projects, builds, permissions), cloudFormation, manualApproval];
  const artifacts = new ArtifactFolders(at('artifacts'));
  const pipelines = new Pipelines({ store: new PipelineStore(at('pipelines')), artifacts, providers, roles, permissions, logs });
  const watch = new SourceWatch({ pipelines, gitDir: path.resolve(gitDir), roles });

  const app = jsonServices(
    [
      {
        targetPrefix: 'CodePipeline_20150709',
        name: 'CodePipeline',
        validationError: 'ValidationException',
        operations: { ...pipelineOperations(pipelines, watch), ...executionOperations(pipelines), ...stageOperations(pipelines), ...actionOperations(pipelines) },
      },
      { targetPrefix: 'CodeBuild_20161006', name: 'CodeBuild', validationError: 'InvalidInputException', operations: { ...projectOperations(projects), ...buildOperations(projects, builds) } },
      { targetPrefix: 'Logs_20140328', name: 'CloudWatch Logs', validationError: 'InvalidParameterException', operations: logOperations(logs) },
    ],
    (target, error) => console.error(`${target}:`, error),
  );
  serveArtifacts(app, () => pipelines.all(), (executionId, runId, artifact) => {
    const folder = artifacts.folder(executionId, runId, artifact);
    return artifacts.exists(folder) ? folder : undefined;
  });
  app.get('/_local/health', (context) => context.json({ status: 'ok' }));

  await builds.recover();
  const { server, port: listening } = await listen(app.fetch, port);
  pipelines.resume();
  watch.start();
  return {
    port: listening,
    stop: async () => {
      watch.stop();
      pipelines.stop();
      await builds.stopAll();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      });
    },
  };
}

function listen(fetch: Parameters<typeof serve>[0]['fetch'], port: number): Promise<{ server: ServerType; port: number }> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, port, hostname: '127.0.0.1' }, (address) => resolve({ server, port: address.port }));
    server.once('error', reject);
  });
}
