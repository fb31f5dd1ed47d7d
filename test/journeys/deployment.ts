import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { Capability, CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import type { CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';
import * as z from 'zod';
import { StackOperation } from '../../local/codepipeline/cloudformation/stack-operation';
import { ROOT } from '../../local/host/folders';

const run = promisify(execFile);
const CDK_ASSETS = path.join(ROOT, 'node_modules/cdk-assets/bin/cdk-assets');
const Manifest = z.looseObject({ version: z.string(), files: z.record(z.string(), z.unknown()).default({}) });

export interface DeploymentProps {
  /** The folder of the stage's own assembly. */
  readonly stage: string;
  readonly env: Readonly<Record<string, string>>;
  readonly settings: { readonly endpoint: string; readonly region: string; readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } };
}

/**
 * Creates every stack of a stage, each as soon as those that it depends on are there: the CDK CLI does the same, but looks
 * only every five seconds whether a stack is done.
 * @throws Error in CloudFormation's words
 */
export async function deployStage({ stage, env, settings }: DeploymentProps): Promise<void> {
  const { stacks } = new CloudAssembly(stage, { skipVersionCheck: true });
  await publishAssets(stage, stacks, env);
  const client = new CloudFormationClient(settings);
  const creating = new Map<string, Promise<void>>();
  const create = (stack: CloudFormationStackArtifact): Promise<void> => {
    const begun = creating.get(stack.id) ?? createAfter(stack);
    creating.set(stack.id, begun);
    return begun;
  };
  const createAfter = async (stack: CloudFormationStackArtifact): Promise<void> => {
    await Promise.all(stacks.filter(({ id }) => stack.dependencies.some((dependency) => dependency.id === id)).map(create));
    await createStack(client, stack);
  };
  await Promise.all(stacks.map(create));
}

/** All stacks' assets at once, their templates with them. */
async function publishAssets(stage: string, stacks: readonly CloudFormationStackArtifact[], env: Readonly<Record<string, string>>): Promise<void> {
  const manifests = stacks.map(({ id }) => Manifest.parse(JSON.parse(readFileSync(path.join(stage, `${id}.assets.json`), 'utf8'))));
  const all = path.join(stage, 'all.assets.json');
  writeFileSync(all, JSON.stringify({ version: manifests[0]?.version, files: Object.assign({}, ...manifests.map(({ files }) => files)) }));
  await run(process.execPath, [CDK_ASSETS, '--path', all, 'publish'], { env: { ...env }, maxBuffer: 16 * 1024 * 1024 });
}

async function createStack(client: CloudFormationClient, stack: CloudFormationStackArtifact): Promise<void> {
  const operation = new StackOperation(client, { log: () => undefined, onProgress: () => undefined, signal: new AbortController().signal });
  const created = await operation.run(async (ClientRequestToken) => {
    const input = {
      StackName: stack.stackName,
      TemplateURL: concrete(stack, stack.stackTemplateAssetObjectUrl).replace('s3://', `https://s3.${stack.environment.region}.amazonaws.com/`),
      RoleARN: concrete(stack, stack.cloudFormationExecutionRoleArn),
      Capabilities: [Capability.CAPABILITY_NAMED_IAM, Capability.CAPABILITY_AUTO_EXPAND],
      Tags: Object.entries(stack.tags).map(([Key, Value]) => ({ Key, Value })),
      ClientRequestToken,
    };
    return (await client.send(new CreateStackCommand(input))).StackId;
  });
  if (created?.StackStatus !== 'CREATE_COMPLETE') throw new Error([`${stack.stackName} is ${created?.StackStatus}.`, ...operation.failures()].join('\n'));
}

/** With what a synth leaves to whoever deploys. */
const concrete = ({ environment: { account, region } }: CloudFormationStackArtifact, text = ''): string =>
  text.replaceAll('${AWS::AccountId}', account).replaceAll('${AWS::Region}', region).replaceAll('${AWS::Partition}', 'aws');
