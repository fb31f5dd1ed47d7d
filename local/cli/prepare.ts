import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CloudFormationClient, DescribeStackResourceCommand } from '@aws-sdk/client-cloudformation';
import { assemblyFolder, readApplication, type Application } from '../application/assembly';
import { bootstrap } from '../application/bootstrap';
import { cdk } from '../application/cdk';
import { pushCurrentCommit, type Pushed } from '../application/remote';
import { awsSettings, environmentWithoutAws } from '../host/environment';
import type { Folders } from '../host/folders';
import type { Terminal } from './terminal';

/** Environment of stacks that name none; 12 digits no real account of the application should have. */
const FALLBACK = { account: '111111111111', region: 'us-east-1' };

export interface PrepareProps {
  readonly app: string;
  readonly folders: Folders;
  readonly gatewayUrl: string;
  readonly terminal: Terminal;
}

export interface Prepared {
  readonly application: Application;
  readonly pushed: readonly Pushed[];
  /** When the commit began to be pushed, milliseconds: what started since then is this start's own run, however soon it was over. */
  readonly pushedAt: number;
  readonly pipelineName: string;
}

/**
 * Brings the application's pipeline to life: synthesizes it, puts the current commit where its source looks, bootstraps
 * the accounts and deploys the pipeline stack. Where that was done in an earlier start, only the commit is pushed: from
 * then on the pipeline updates itself.
 */
export async function prepare(props: PrepareProps): Promise<Prepared> {
  const { app, folders, gatewayUrl, terminal } = props;
  const assemblyDir = assemblyFolder(join(folders.state, 'application'));
  const env = { ...environmentWithoutAws(), ...awsSettings(gatewayUrl, FALLBACK.account, FALLBACK.region) };
  const deployed = existsSync(assemblyDir) && (await deployedPipeline(readApplication(assemblyDir, FALLBACK), gatewayUrl)) !== undefined;
  if (!deployed) {
    await terminal.step('Synthesizing the application', (_, detail) => cdk(['synth', '--quiet', '--output', assemblyDir], { folder: app, env, onLine: detail }));
  }
  const application = readApplication(assemblyDir, FALLBACK);
  const pushedAt = Date.now();
  const pushed = await terminal.step('Pushing the current commit', async () => push(app, folders.git, application));
  if (!deployed) {
    await terminal.step('Bootstrapping the environments', (progress) => bootstrap(application, gatewayUrl, progress));
    const { displayName, account, region } = application.pipeline;
    // In the assembly's own folder no cdk.json asks the CLI to build the application once more.
    await terminal.step(`Deploying ${displayName}`, (_, detail) =>
      cdk(['deploy', displayName, '--app', assemblyDir, '--require-approval', 'never', '--progress', 'events'], {
        folder: assemblyDir,
        env: { ...env, ...awsSettings(gatewayUrl, account, region) },
        onLine: detail,
      }),
    );
  }
  const pipelineName = await deployedPipeline(application, gatewayUrl);
  if (pipelineName === undefined) throw new Error(`${application.pipeline.displayName} was deployed, but its pipeline is not there.`);
  return { application, pushed, pushedAt, pipelineName };
}

function push(app: string, gitDir: string, { pipeline }: Application): Promise<Pushed[]> {
  const [synthesized] = pipeline.sources;
  if (!synthesized) throw new Error(`${pipeline.displayName} has no source action that watches a git repository.`);
  return Promise.resolve([pushCurrentCommit(app, gitDir, synthesized)]);
}

/** The name of the application's pipeline, or `undefined` while its stack is not deployed. */
async function deployedPipeline({ pipeline }: Application, gatewayUrl: string): Promise<string | undefined> {
  const client = new CloudFormationClient({ endpoint: gatewayUrl, region: pipeline.region, credentials: { accessKeyId: pipeline.account, secretAccessKey: 'local' } });
  try {
    const { StackResourceDetail: resource } = await client.send(new DescribeStackResourceCommand({ StackName: pipeline.stackName, LogicalResourceId: pipeline.logicalId }));
    return /^(CREATE|UPDATE)_COMPLETE$/.test(resource?.ResourceStatus ?? '') ? resource?.PhysicalResourceId : undefined;
  } catch (error) {
    if (error instanceof Error && error.name === 'ValidationError') return undefined;
    throw error;
  }
}
