import { UnreadableCall, type Place } from './call';
import type { Input } from './input';
import { isArn, on, onEverything, type Reader, type Readers } from './readers';

/** A stack's ARN ends in an id of its own; of one that is not there yet, AWS takes any. */
async function stackArn(name: string, { account, region, deployed, arn }: Place): Promise<string> {
  return isArn(name) ? name : ((await deployed.stackArn(account, region, name)) ?? arn('cloudformation', `stack/${name}/*`));
}

const stack = (input: Input, at: Place): Promise<string> => stackArn(input.needed('StackName'), at);

/** Without a name it is about all stacks, which AWS asks on `*`. */
const stackOrAll = async (input: Input, at: Place): Promise<string> => (input.has('StackName') ? stack(input, at) : '*');

/** CloudFormation acts by the role it is given, which the caller must be allowed to pass. */
const change: Reader = async (input, at) => {
  const role = input.text('RoleARN');
  const keys = {
    'cloudformation:RoleArn': role === undefined ? null : [role],
    ...(input.has('ChangeSetName') && { 'cloudformation:ChangeSetName': [input.needed('ChangeSetName')] }),
  };
  const wanted = { resource: await stack(input, at), keys };
  return role === undefined ? [wanted] : [wanted, { action: 'iam:PassRole', resource: role, keys: { 'iam:PassedToService': ['cloudformation.amazonaws.com'] } }];
};

const changeSet: Reader = async (input, at) => {
  const name = input.needed('ChangeSetName');
  if (!input.has('StackName')) throw new UnreadableCall(`${input.operation} names its stack only by the change set ${name}`);
  return [{ resource: await stack(input, at), keys: { 'cloudformation:ChangeSetName': [name] } }];
};

export const cloudformation: Readers = {
  CreateStack: change, UpdateStack: change, DeleteStack: change, CreateChangeSet: change, ContinueUpdateRollback: change, RollbackStack: change,
  DescribeChangeSet: changeSet, ExecuteChangeSet: changeSet, DeleteChangeSet: changeSet,
  ...on('DescribeStackEvents GetTemplate ListStackResources DescribeStackResource DescribeStackResources UpdateTerminationProtection ListChangeSets GetStackPolicy CancelUpdateStack', stack),
  ...on('DescribeStacks GetTemplateSummary', stackOrAll),
  ...onEverything('ListStacks ValidateTemplate ListExports'),
};

const pipelineArn = (name: string, at: Place): string => at.arn('codepipeline', name);

export const codepipeline: Readers = {
  ...on('GetPipeline GetPipelineState StartPipelineExecution', (input, at) => pipelineArn(input.needed('name'), at)),
  ...on('GetPipelineExecution ListPipelineExecutions ListActionExecutions StopPipelineExecution ListRuleExecutions', (input, at) => pipelineArn(input.needed('pipelineName'), at)),
  ...on('RetryStageExecution EnableStageTransition DisableStageTransition RollbackStage', (input, at) => pipelineArn(`${input.needed('pipelineName')}/${input.needed('stageName')}`, at)),
  ...on('PutApprovalResult', (input, at) => pipelineArn(`${input.needed('pipelineName')}/${input.needed('stageName')}/${input.needed('actionName')}`, at)),
  ...onEverything('ListPipelines'),
};

const projectArn = (name: string, at: Place): string => at.arn('codebuild', `project/${name}`);
const project = (input: Input, at: Place): string => projectArn(input.needed('projectName'), at);
/** A build's id, or its ARN, begins with the name of its project. */
const ofBuild = (id: string, at: Place): string => projectArn(id.replace(/^arn:.*:build\//, '').replace(/:.*$/, ''), at);
/** A report's ARN ends in an id of its own after the name of its group. */
const ofReport = (arn: string): string => arn.replace(/:report\/([^:]+):.*$/, ':report-group/$1');

export const codebuild: Readers = {
  ...on('StartBuild ListBuildsForProject', project),
  ...on('BatchGetBuilds', (input, at) => [...new Set(input.neededTexts('ids').map((id) => ofBuild(id, at)))]),
  ...on('StopBuild RetryBuild', (input, at) => ofBuild(input.needed('id'), at)),
  ...on('BatchGetProjects', (input, at) => input.neededTexts('names').map((name) => (isArn(name) ? name : projectArn(name, at)))),
  ...on('CreateReportGroup', (input, at) => at.arn('codebuild', `report-group/${input.needed('name')}`)),
  ...on('CreateReport', (input) => input.needed('reportGroupArn')),
  ...on('UpdateReport BatchPutTestCases BatchPutCodeCoverages', (input) => ofReport(input.inner('report').text('arn') ?? input.needed('reportArn'))),
  ...onEverything('ListProjects ListBuilds'),
};
