import AdmZip from 'adm-zip';
import { Fault, type Input, type Operations } from './fakeAws';
import { fakePipeline, PIPELINE, WAITING_RUN } from './fakePipeline';

const codepipeline = 'CodePipeline_20150709';
const begun = Date.UTC(2026, 10, 20, 8, 0, 0) / 1000;
export const RELEASED_RUN = '1a1a1a1a-5f7e-4a0e-8a63-90b1c1f0e6d2';
const GATE_BEFORE = 'Website-Gate:0a1b33a0-1111-4222-8333-944455556666';
const prodRole = 'arn:aws:iam::444444444444:role/cdk-deploy-role';

export const table = (more: object = {}, hashKey = 'id') => ({
  Type: 'AWS::DynamoDB::Table',
  UpdateReplacePolicy: 'Retain',
  Metadata: { 'aws:cdk:path': 'Website/Prod/Orders/Orders/Resource' },
  Properties: { KeySchema: [{ AttributeName: hashKey, KeyType: 'HASH' }], AttributeDefinitions: [{ AttributeName: hashKey, AttributeType: 'S' }], ...more },
});
export const handler = (memory: number) => ({ Type: 'AWS::Lambda::Function', Properties: { MemorySize: memory, Role: 'role', Code: { S3Bucket: 'assets', S3Key: 'one.zip' } } });
export const policy = (action: string, resource = '*') => ({
  Type: 'AWS::IAM::Policy',
  Properties: { PolicyName: 'p', Roles: [{ Ref: 'Role' }], PolicyDocument: { Statement: [{ Effect: 'Allow', Action: action, Resource: resource }] } },
});
export const securityGroup = (cidr?: string) => ({
  Type: 'AWS::EC2::SecurityGroup',
  Properties: { GroupDescription: 'g', VpcId: 'v', SecurityGroupIngress: cidr ? [{ CidrIp: cidr, IpProtocol: 'tcp', FromPort: 443, ToPort: 443 }] : [] },
});

export interface ReleaseProps {
  /** Resources of each stack as it is deployed; one that is not named does not exist. */
  readonly deployed: Record<string, object>;
  /** Resources of each stack as the waiting run would deploy it. */
  readonly next: Record<string, object>;
  /** @default 'Prod' has had a release of another commit */
  readonly released?: 'never' | 'the same commit';
  /** The last release deployed no stack that this one does not. */
  readonly kept?: boolean;
  /** A run behind the one that waits. */
  readonly newer?: boolean;
}

/** What of its answers is built on. */
interface Answer {
  readonly pipeline: { readonly stages: readonly { readonly name: string }[] };
  readonly actionExecutionDetails: readonly { readonly actionName: string; readonly output: object }[];
  readonly stageStates: readonly { readonly stageName: string }[];
  readonly builds: readonly object[];
}

/** The pipeline of `fakePipeline` with templates behind its approval: one stack deployed by each action `<stack>.Deploy`. */
export function fakeRelease({ deployed, next, released, newer = false, kept = false }: ReleaseProps): Operations {
  const operations = fakePipeline();
  const perform = (name: string, input: Input): Answer => operations[name]?.(input) as Answer;
  const revision = (id: string, message: string) => ({ actionName: 'Repository', revisionId: id, revisionSummary: message });
  const run = (id: string, status: string, offset: number, commit: object) => ({ pipelineExecutionId: id, status, executionType: 'STANDARD', startTime: begun + offset, lastUpdateTime: begun + offset + 60, sourceRevisions: [commit] });
  const mine = revision('4f2a9d81c0ffee', 'Show delivery times');
  const runs = [
    ...(newer ? [run('99999999-5f7e-4a0e-8a63-90b1c1f0e6d2', 'InProgress', 900, revision('aaaa0000', 'Newer still'))] : []),
    run(WAITING_RUN, 'InProgress', 0, mine),
    run('2b9d2c70-5f7e-4a0e-8a63-90b1c1f0e6d2', 'Failed', -320, revision('bbbb1111', 'Count <b>visitors</b>')),
    ...(released === 'never' ? [] : [run(RELEASED_RUN, 'Succeeded', -9_000, released === 'the same commit' ? mine : revision('cccc2222', 'Before'))]),
  ];
  const actions = Object.keys(next).map((stack) => ({
    name: `${stack}.Deploy`,
    actionTypeId: { category: 'Deploy', owner: 'AWS', provider: 'CloudFormation', version: '1' },
    configuration: { StackName: stack, TemplatePath: `Synth_Output::assembly/${stack}.json` },
    runOrder: 1,
    roleArn: prodRole,
    region: 'us-east-1',
  }));
  const archive = new AdmZip();
  for (const [stack, Resources] of Object.entries(next)) archive.addFile(`assembly/${stack}.json`, Buffer.from(JSON.stringify({ Resources })));
  const succeeded = { pipelineExecutionId: RELEASED_RUN, status: 'Succeeded' };
  return {
    ...operations,
    [`${codepipeline}.ListPipelineExecutions`]: ({ filter }) => ({ pipelineExecutionSummaries: filter ? runs.filter(({ status }) => status === 'Succeeded') : runs }),
    [`${codepipeline}.GetPipelineExecution`]: (input) =>
      input.pipelineExecutionId === RELEASED_RUN ? { pipelineExecution: { pipelineName: PIPELINE, pipelineVersion: 2, pipelineExecutionId: RELEASED_RUN, status: 'Succeeded' } } : perform(`${codepipeline}.GetPipelineExecution`, input),
    [`${codepipeline}.GetPipeline`]: (input) => {
      const { pipeline } = perform(`${codepipeline}.GetPipeline`, input);
      const more = input.version === 2 && !kept ? [{ ...actions[0], name: 'Old.Deploy', configuration: { StackName: 'Prod-Old', TemplatePath: 'Synth_Output::old.json' } }] : [];
      return { pipeline: { ...pipeline, stages: pipeline.stages.map((stage) => (stage.name === 'Prod' ? { ...stage, actions: [...actions, ...more] } : stage)) } };
    },
    [`${codepipeline}.ListActionExecutions`]: (input) => {
      if ((input.filter as { pipelineExecutionId: string }).pipelineExecutionId === RELEASED_RUN) {
        return { actionExecutionDetails: [{ stageName: 'Dev', actionName: 'Integration', startTime: begun - 8_900, status: 'Succeeded', output: { executionResult: { externalExecutionId: GATE_BEFORE } } }] };
      }
      const { actionExecutionDetails } = perform(`${codepipeline}.ListActionExecutions`, input);
      const synth = { outputArtifacts: [{ name: 'Synth_Output', s3location: { bucket: 'artefacts', key: 'website/Synth_Outp/abc' } }] };
      return { actionExecutionDetails: actionExecutionDetails.map((detail) => (detail.actionName === 'Synth' ? { ...detail, output: { ...detail.output, ...synth } } : detail)) };
    },
    [`${codepipeline}.GetPipelineState`]: (input) => {
      const { stageStates } = perform(`${codepipeline}.GetPipelineState`, input);
      return { stageStates: stageStates.map((state) => (state.stageName === 'Prod' && released !== 'never' ? { ...state, latestExecution: succeeded } : state)) };
    },
    'CodeBuild_20161006.BatchGetBuilds': (input) => {
      const { builds } = perform('CodeBuild_20161006.BatchGetBuilds', input);
      const value = JSON.stringify({ hops: [{ from: 'order', to: 'search', sent: 1, arrived: 1, p50: 310, max: 310, deadline: 120 }] });
      return { builds: [...builds, ...((input.ids as string[]).includes(GATE_BEFORE) ? [{ id: GATE_BEFORE, projectName: 'Website-Gate', exportedEnvironmentVariables: [{ name: 'EVIDENCE', value }] }] : [])] };
    },
    'GET /artefacts/website/Synth_Outp/abc': () => archive.toBuffer(),
    GetTemplate: ({ StackName }) => {
      const Resources = deployed[String(StackName)];
      if (!Resources) throw new Fault('ValidationError', `Stack with id ${String(StackName)} does not exist`);
      return `<TemplateBody>${JSON.stringify({ Resources }).replaceAll('<', '&lt;')}</TemplateBody>`;
    },
  };
}
