import { join } from 'node:path';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import * as z from 'zod';

/** An AWS account and region the application deploys to. */
export interface Environment {
  readonly account: string;
  readonly region: string;
}

/** A repository a pipeline's source action watches. */
export interface SourceRepository {
  /** `owner/name`, or the plain name in CodeCommit. */
  readonly repository: string;
  readonly branch: string;
}

export interface PipelineStack extends Environment {
  readonly stackName: string;
  /** What the CDK CLI calls the stack. */
  readonly displayName: string;
  /** Logical id of the pipeline in the stack's template. */
  readonly logicalId: string;
  /** The repositories it watches, the one whose commit is synthesized first. */
  readonly sources: readonly SourceRepository[];
}

export interface Application {
  readonly assemblyDir: string;
  readonly environments: readonly Environment[];
  readonly pipeline: PipelineStack;
  /** Qualifier of the bootstrap resources the application expects. */
  readonly qualifier: string;
}

const Action = z.object({
  ActionTypeId: z.object({ Category: z.string(), Provider: z.string() }),
  Configuration: z.record(z.string(), z.unknown()).optional(),
  InputArtifacts: z.array(z.object({ Name: z.string() })).optional(),
  OutputArtifacts: z.array(z.object({ Name: z.string() })).optional(),
});
const PipelineResource = z.object({
  Type: z.literal('AWS::CodePipeline::Pipeline'),
  Properties: z.object({ Stages: z.array(z.object({ Actions: z.array(Action) })) }),
});
const Template = z.object({ Resources: z.record(z.string(), z.unknown()).default({}) });

/**
 * Reads what `cdk synth` wrote.
 *
 * @param fallback environment of stacks that name none
 * @throws Error when there is no CDK pipeline in it, or more than one
 */
export function readApplication(assemblyDir: string, fallback: Environment): Application {
  const stacks = new CloudAssembly(assemblyDir, { skipVersionCheck: true }).stacksRecursively;
  const located = stacks.map((stack) => ({
    stack,
    account: stack.environment.account.startsWith('unknown') ? fallback.account : stack.environment.account,
    region: stack.environment.region.startsWith('unknown') ? fallback.region : stack.environment.region,
  }));
  const pipelines = located.flatMap(({ stack, account, region }) => {
    const resources = Object.entries(Template.parse(stack.template).Resources);
    return resources.flatMap(([logicalId, resource]) => {
      const pipeline = PipelineResource.safeParse(resource);
      if (!pipeline.success) return [];
      return [{ stackName: stack.stackName, displayName: stack.hierarchicalId, logicalId, account, region, sources: sourcesOf(pipeline.data) }];
    });
  });
  const [pipeline, second] = pipelines;
  if (!pipeline) throw new Error(`No AWS::CodePipeline::Pipeline among the ${stacks.length} stacks of ${assemblyDir}: is this a CDK Pipelines application?`);
  if (second) throw new Error(`The application has ${pipelines.length} pipelines (${pipelines.map((one) => one.displayName).join(', ')}); only one at a time can run here.`);
  return { assemblyDir, environments: distinct(located), pipeline, qualifier: qualifierOf(located.map(({ stack }) => stack.assumeRoleArn)) };
}

function sourcesOf(resource: z.infer<typeof PipelineResource>): SourceRepository[] {
  const actions = resource.Properties.Stages.flatMap((stage) => stage.Actions);
  const sources = actions.filter((action) => action.ActionTypeId.Category === 'Source');
  const synthInput = actions.find((action) => action.ActionTypeId.Category === 'Build')?.InputArtifacts?.[0]?.Name;
  const synthFirst = sources.toSorted((a, b) => Number(produces(b, synthInput)) - Number(produces(a, synthInput)));
  return synthFirst.flatMap(({ Configuration: configuration = {} }) => {
    const { FullRepositoryId, RepositoryName, Owner, Repo, BranchName, Branch } = configuration;
    const repository = FullRepositoryId ?? RepositoryName ?? (Owner && Repo ? `${text(Owner)}/${text(Repo)}` : undefined);
    const branch = BranchName ?? Branch;
    return repository && branch ? [{ repository: text(repository), branch: text(branch) }] : [];
  });
}

const produces = (action: z.infer<typeof Action>, artifact: string | undefined): boolean =>
  action.OutputArtifacts?.some(({ Name }) => Name === artifact) ?? false;

function text(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new Error(`A source action's repository or branch is not plain text but ${JSON.stringify(value)}; only plain text can be followed here.`);
}

function distinct(environments: readonly Environment[]): Environment[] {
  return [...new Map(environments.map(({ account, region }) => [`${account}/${region}`, { account, region }])).values()];
}

/** The qualifier stands in the names of the bootstrap roles: `cdk-<qualifier>-deploy-role-…`. */
function qualifierOf(roleArns: readonly (string | undefined)[]): string {
  for (const arn of roleArns) {
    const qualifier = /role\/cdk-([a-z0-9]+)-/.exec(arn ?? '')?.[1];
    if (qualifier) return qualifier;
  }
  return 'hnb659fds';
}

/** Where the assembly of an application is kept between starts. */
export const assemblyFolder = (stateDir: string): string => join(stateDir, 'cdk.out');
