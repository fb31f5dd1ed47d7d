import { type CloudFormationClient, paginateDescribeStacks } from '@aws-sdk/client-cloudformation';
import { type ActionDeclaration, type CodePipelineClient, GetPipelineCommand, GetPipelineStateCommand, ListPipelineExecutionsCommand, type StageDeclaration, type StageState } from '@aws-sdk/client-codepipeline';
import type { Address, Environment } from '../model';
import { actionExecutions } from './actionExecutions';
import { httpUrl } from './addresses';
import type { AwsClients } from './awsClients';
import { authorsIn } from './commits';
import { summaryOf } from './pipelines';
import { whyOf } from './problems';
import { remembered } from './remembered';
import { Unread } from './unread';

/** Runs among which the one is looked for that a stage runs, before the stage's own list is asked. */
const RECENT = 100;
/** Outputs change with a deployment only. */
const ADDRESSES_KEPT_MS = 60_000;

interface Target {
  readonly region?: string;
  readonly roleArn?: string;
  readonly stacks: string[];
}

/** Reads what each stage that deploys stacks runs, and where it can be reached. */
export function environmentsReader(clients: AwsClients): (pipeline: string) => Promise<Environment[]> {
  const addresses = remembered(ADDRESSES_KEPT_MS, ({ region, roleArn, stacks }: Target) => addressesOf(clients.cloudformation({ region, roleArn }), new Set(stacks)));
  return async (name) => {
    const { codepipeline } = clients;
    const present = new Unread();
    const [{ pipeline }, now] = await Promise.all([
      codepipeline.send(new GetPipelineCommand({ name })),
      present.unlessRefused('Its state', 'codepipeline:GetPipelineState', codepipeline.send(new GetPipelineStateCommand({ name }))),
    ]);
    const environments = (pipeline?.stages ?? []).filter((stage) => deployments(stage).length > 0);
    return Promise.all(
      environments.map(async (stage) => {
        const { name: stageName = '' } = stage;
        const state = now?.stageStates?.find((one) => one.stageName === stageName);
        const unread = new Unread();
        const runs = await whatRuns(codepipeline, name, stageName, state, unread);
        const reading = await Promise.allSettled(targetsOf(stage).map(addresses));
        const [why] = reading.flatMap((outcome) => (outcome.status === 'rejected' ? whyOf(outcome.reason) : []));
        return {
          stage: stageName,
          status: state?.latestExecution?.status,
          ...runs,
          addresses: reading.flatMap((outcome) => (outcome.status === 'fulfilled' ? outcome.value : [])),
          unread: [...present.list, ...unread.list, ...(why === undefined ? [] : [{ what: 'Its addresses', why }])],
        };
      }),
    );
  };
}

const deployments = ({ actions = [] }: StageDeclaration): ActionDeclaration[] => actions.filter(({ actionTypeId, configuration }) => actionTypeId?.provider === 'CloudFormation' && configuration?.StackName !== undefined);

/** The stacks of a stage by who may read them. */
function targetsOf(stage: StageDeclaration): Target[] {
  const targets = new Map<string, Target>();
  for (const { region, roleArn, configuration } of deployments(stage)) {
    const key = `${region} ${roleArn}`;
    const target = targets.get(key) ?? { region, roleArn, stacks: [] };
    target.stacks.push(configuration?.StackName ?? '');
    targets.set(key, target);
  }
  return [...targets.values()];
}

/** The run that last went through the stage, and when it did. */
async function whatRuns(codepipeline: CodePipelineClient, pipelineName: string, stageName: string, state: StageState | undefined, unread: Unread): Promise<Pick<Environment, 'run' | 'at'>> {
  const latest = state?.latestExecution?.status === 'Succeeded' ? state.latestExecution.pipelineExecutionId : undefined;
  // The filter knows the runs of the pipeline's present structure only, the list all.
  const listed = await unread.unlessRefused(
    'What it runs',
    'codepipeline:ListPipelineExecutions',
    codepipeline.send(new ListPipelineExecutionsCommand({ pipelineName, maxResults: latest ? RECENT : 1, ...(!latest && { filter: { succeededInStage: { stageName } } }) })),
  );
  const runs = listed?.pipelineExecutionSummaries ?? [];
  const run = latest ? runs.find(({ pipelineExecutionId }) => pipelineExecutionId === latest) : runs[0];
  if (!run?.pipelineExecutionId) return {};
  const executions = (await unread.unlessRefused('When it was deployed', 'codepipeline:ListActionExecutions', actionExecutions(codepipeline, pipelineName, run.pipelineExecutionId))) ?? [];
  const ended = executions.flatMap(({ stageName: at, lastUpdateTime }) => (at === stageName && lastUpdateTime ? lastUpdateTime.getTime() : []));
  return { run: summaryOf(run, authorsIn(executions)), at: ended.length > 0 ? new Date(Math.max(...ended)).toISOString() : undefined };
}

async function addressesOf(client: CloudFormationClient, stacks: ReadonlySet<string>): Promise<Address[]> {
  const found: Address[] = [];
  for await (const { Stacks = [] } of paginateDescribeStacks({ client }, {})) {
    for (const { StackName = '', Outputs = [] } of Stacks) {
      if (!stacks.has(StackName)) continue;
      for (const { OutputKey = '', OutputValue } of Outputs) {
        const url = httpUrl(OutputValue);
        // What one stack hands to another is no address for people.
        if (url && !OutputKey.startsWith('ExportsOutput')) found.push({ stack: StackName, name: OutputKey, url });
      }
    }
  }
  return found.toSorted((one, other) => one.name.localeCompare(other.name));
}
