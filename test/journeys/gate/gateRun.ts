import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { Aws } from 'aws-cdk-lib';
import * as z from 'zod';
import { Evidence } from '../../../contracts/evidence';
import { awsSettings, environmentWithoutAws } from '../../../local/host/environment';
import { ROOT } from '../../../local/host/folders';
import { website } from '../../../stages/environments';
import { gateRoles } from '../../../stages/gate-identity';
import { resources } from '../../app/synthesized';
import type { DevEnvironment } from '../devEnvironment';

/** What one run of the integration step said. */
export interface GateRun {
  readonly exitCode: number | null;
  readonly printed: string;
  readonly evidence: Evidence;
  /** The checks that failed, by name. */
  readonly failed: readonly string[];
}

const Variables = z.array(z.object({ name: z.string(), value: z.string() }));
const Stages = z.array(z.object({ Name: z.string(), Actions: z.array(z.object({ Name: z.string(), Namespace: z.string().optional(), Configuration: z.looseObject({ EnvironmentVariables: z.string().optional(), StackName: z.string().optional() }).optional() })) }));
/** `#{Variables.SiteUrl}`: what the action of a namespace said, which is an output of the stack that it deployed. */
const OUTPUT = /^#\{(.+)\.(\w+)\}$/;

/** The variables that the pipeline gives to the integration step, with the outputs that CloudFormation has for them now. */
export async function gateVariables(dev: DevEnvironment): Promise<Record<string, string>> {
  const [pipeline] = resources('AWS::CodePipeline::Pipeline', 'Website-Pipeline');
  const actions = Stages.parse(pipeline?.Properties['Stages']).find(({ Name }) => Name === dev.name)?.Actions ?? [];
  const step = actions.find(({ Name }) => Name.endsWith('Integration'));
  const variables = Variables.parse(JSON.parse(step?.Configuration?.EnvironmentVariables ?? '[]'));
  const told = variables.flatMap(({ name, value }) => {
    const [, namespace, output = ''] = OUTPUT.exec(value) ?? [];
    const stack = actions.find(({ Namespace }) => Namespace !== undefined && Namespace === namespace)?.Configuration?.StackName;
    return stack === undefined ? [] : [{ name, output, stack: stack.replace(`${dev.name}-`, '') }];
  });
  const values = await Promise.all(told.map(async ({ name, stack, output }) => [name, await dev.output(stack, output)] as const));
  return { ...Object.fromEntries(values), ENVIRONMENT_REGION: dev.region };
}

/** A session of the role that the pipeline gives to its CodeBuild project, the one whom the environment's gate role trusts. */
export async function projectSession(dev: DevEnvironment): Promise<Record<string, string>> {
  const [environment] = website.environments;
  const { account, region } = website.pipeline;
  const { project, environment: ofEnvironment } = gateRoles(environment ?? { name: dev.name, account }, account);
  const arn = (text: string): string => text.replace(Aws.PARTITION, 'aws');
  const policy = (Statement: object): string => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...Statement }] });
  await dev.awsAs(account, 'iam', 'create-role', '--role-name', project.name, '--assume-role-policy-document', policy({ Principal: { AWS: account }, Action: 'sts:AssumeRole' }));
  await dev.awsAs(account, 'iam', 'put-role-policy', '--role-name', project.name, '--policy-name', 'TakeOn', '--policy-document', policy({ Action: 'sts:AssumeRole', Resource: arn(ofEnvironment.arn) }));
  const sts = new STSClient({ ...dev.settings, region, credentials: { accessKeyId: account, secretAccessKey: 'local' } });
  const { Credentials: session } = await sts.send(new AssumeRoleCommand({ RoleArn: arn(project.arn), RoleSessionName: 'gate' }));
  return { AWS_ACCESS_KEY_ID: session?.AccessKeyId ?? '', AWS_SECRET_ACCESS_KEY: session?.SecretAccessKey ?? '', AWS_SESSION_TOKEN: session?.SessionToken ?? '' };
}

/** Runs the integration step as the pipeline's CodeBuild project does, in a folder of its own below `home`. */
export async function runGate(dev: DevEnvironment, home: string, variables: Readonly<Record<string, string>>): Promise<GateRun> {
  mkdirSync(home, { recursive: true });
  const folder = mkdtempSync(path.join(home, 'gate-'));
  const env = { ...environmentWithoutAws(), ...awsSettings(dev.endpoint, website.pipeline.account, website.pipeline.region), ...variables };
  const step = spawn(process.execPath, [path.join(ROOT, 'dist/gate/integration.cjs')], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  for (const stream of [step.stdout, step.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (printed += text));
  const exitCode = await new Promise<number | null>((resolve, reject) => step.once('error', reject).once('close', resolve));
  const [, names = ''] = /checks failed: (.+)\.$/m.exec(printed) ?? [];
  const failed = names.split('; ').filter((name) => name !== '');
  const file = path.join(folder, 'evidence/hops.json');
  if (!existsSync(file)) throw new Error(`The step left no evidence:\n${printed}`);
  const evidence = Evidence.parse(JSON.parse(readFileSync(file, 'utf8')));
  return { exitCode, printed, evidence, failed };
}
