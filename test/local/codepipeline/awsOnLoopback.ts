import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CodeBuildClient } from '@aws-sdk/client-codebuild';
import { CodePipelineClient } from '@aws-sdk/client-codepipeline';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort, freePorts } from '../../../local/host/ports';
import { carrierPart } from '../../../local/carrier/carrierPart';
import { installOpenSearch } from '../../../local/opensearch/install';
import { opensearchPart } from '../../../local/opensearch/opensearchPart';
import { personalizePart } from '../../../local/personalize/personalizePart';
import { quicksightPart } from '../../../local/quicksight/quicksightPart';
import { emrPart } from '../../../local/emr/emrPart';
import { redshiftPart } from '../../../local/redshift/redshiftPart';
import { paymentPart } from '../../../local/payment/paymentPart';
import { publicNames, putProviderKeys, sandboxPorts } from '../../../local/sandbox/sandboxes';
import { gatewayPart } from '../../../local/gateway/gatewayPart';
import { installMinistack } from '../../../local/ministack/install';
import { ministackPart } from '../../../local/ministack/ministack';
import type { Part } from '../../../local/supervisor/part';
import { runnerPart } from '../../../local/codepipeline/runnerPart';
import { PartProcess } from '../../support/partProcess';
import { makeRoles } from './roles';

export const region = 'us-east-1';
const partsDir = path.join(__dirname, '..', '..', '..', '.local', 'parts');

/** Gateway, runner and MiniStack as real processes, with state of their own. */
export interface AwsOnLoopback {
  readonly url: string;
  readonly folder: string;
  readonly gitDir: string;
  pipelines(account: string, inRegion?: string): CodePipelineClient;
  builds(account: string, inRegion?: string): CodeBuildClient;
  stacks(account: string, inRegion?: string): CloudFormationClient;
  settings(account: string, inRegion?: string): { endpoint: string; region: string; credentials: { accessKeyId: string; secretAccessKey: string } };
  runnerLog(): string;
  stopRunner(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  startRunner(): Promise<void>;
  stop(): Promise<void>;
}

export interface StartAwsOptions {
  /** Whether what else the shop needs is there as well: payment provider and carrier, with its keys, OpenSearch, Personalize, EMR Serverless, Redshift and QuickSight. @default false */
  readonly sandboxes?: boolean;
}

export async function startAws({ sandboxes = false }: StartAwsOptions = {}): Promise<AwsOnLoopback> {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'runner-test-')));
  const gitDir = path.join(folder, 'git');
  mkdirSync(gitDir);
  const [port, ministackPort, runnerPort, personalizePort, redshiftPort] = [await freePort(), await freePort(), await freePort(), await freePort(), await freePort()];
  const [searchPort, emrPort, quicksightPort] = [await freePort(), await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  const processes: PartProcess[] = [];
  const logFile = ({ name }: Part) => path.join(folder, `${name}.log`);
  const start = async (part: Part): Promise<PartProcess> => {
    const running = await PartProcess.start(part, logFile(part), environment());
    processes.push(running);
    return running;
  };
  const runner = runnerPart({ port: runnerPort, stateDir: path.join(folder, 'state'), gitDir, gatewayUrl: url });
  await start(gatewayPart({ port, ministackPort, answering: { codepipeline: runnerPort, codebuild: runnerPort, personalize: personalizePort, 'redshift-data': redshiftPort, 'redshift-serverless': redshiftPort, es: searchPort, 'emr-serverless': emrPort, quicksight: quicksightPort }, stateDir: path.join(folder, 'gateway'), firstSitePort: await freePort() }));
  await installMinistack({ partsDir, onProgress: () => undefined });
  const tmpDir = path.join(folder, 'functions');
  mkdirSync(tmpDir);
  const ports = sandboxes ? sandboxPorts(await freePorts(3)) : undefined;
  await start(await ministackPart({ port: ministackPort, gatewayUrl: url, stateDir: path.join(folder, 'ministack'), partsDir, tmpDir, publicNames: ports && publicNames(ports) }));
  if (ports) {
    await start(paymentPart({ port: ports.payment, stateDir: path.join(folder, 'payment') }));
    await start(carrierPart({ port: ports.carrier, stateDir: path.join(folder, 'carrier') }));
    await installOpenSearch({ partsDir, onProgress: () => undefined });
    await start(await opensearchPart({ port: searchPort, transportPort: await freePort(), stateDir: path.join(folder, 'opensearch'), partsDir }));
    await start(personalizePart({ port: personalizePort, stateDir: path.join(folder, 'personalize'), gatewayUrl: url }));
    await start(emrPart({ port: emrPort, stateDir: path.join(folder, 'emr'), partsDir, gatewayUrl: url }));
    await start(redshiftPart({ port: redshiftPort, stateDir: path.join(folder, 'redshift'), gatewayUrl: url }));
    await start(quicksightPart({ port: quicksightPort, stateDir: path.join(folder, 'quicksight'), gatewayUrl: url }));
    await putProviderKeys(url);
  }
  const settings = (account: string, inRegion = region) => ({ endpoint: url, region: inRegion, credentials: { accessKeyId: account, secretAccessKey: 'test' } });
  await makeRoles(settings);
  let running = await start(runner);

  return {
    url,
    folder,
    gitDir,
    settings,
    pipelines: (account, inRegion) => new CodePipelineClient(settings(account, inRegion)),
    builds: (account, inRegion) => new CodeBuildClient(settings(account, inRegion)),
    stacks: (account, inRegion) => new CloudFormationClient(settings(account, inRegion)),
    runnerLog: () => readFileSync(logFile(runner), 'utf8'),
    stopRunner: (signal) => running.end(signal),
    startRunner: async () => {
      running = await start(runner);
    },
    stop: async () => {
      for (const child of processes.toReversed()) await child.end('SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const environment = () => Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_') && !name.startsWith('CDK_')));
