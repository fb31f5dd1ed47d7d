import { Fault, type Input, type Operations } from './fakeAws';

const codepipeline = 'CodePipeline_20150709';
const begun = Date.UTC(2026, 10, 20, 8, 0, 0) / 1000;

export const PIPELINE = 'Website';
export const WAITING_RUN = '7c1f8f5e-0a4b-4c58-9f51-1f6f3f0c2a11';
export const FAILED_RUN = '2b9d2c70-5f7e-4a0e-8a63-90b1c1f0e6d2';
export const BUILD_ID = 'Website-Synth:5e1c33a0-1111-4222-8333-944455556666';
const GATE_BUILD_ID = 'Website-Gate:7d2c33a0-1111-4222-8333-944455556666';
const LOST_BUILD_ID = 'Website-Gate:8e3d44b1-1111-4222-8333-944455556666';
const FOREIGN_BUILD_ID = 'Website-Assets:9f4e55c2-1111-4222-8333-944455556666';
/** What each build exported, besides one whose variable of the same name is another's. */
const EXPORTED: Readonly<Record<string, string>> = {
  [GATE_BUILD_ID]: JSON.stringify({ hops: [{ from: 'click', to: 'S3', sent: 20, arrived: 20, p50: 1_250, max: 3_400, deadline: 900 }, { from: 'order', to: 'search', sent: 1, arrived: 1, p50: 420, max: 420, deadline: 120 }] }),
  [LOST_BUILD_ID]: JSON.stringify({ hops: [{ from: 'order', to: 'search', sent: 2, arrived: 1, p50: 420, max: 420, deadline: 120 }] }),
  [FOREIGN_BUILD_ID]: '<b>not ours</b>',
};
const deployRole = 'arn:aws:iam::222222222222:role/cdk-deploy-role';

const declaration = {
  name: PIPELINE,
  roleArn: 'arn:aws:iam::111111111111:role/pipeline',
  version: 3,
  stages: [
    { name: 'Source', actions: [action('Repository', 'Source', 'CodeStarSourceConnection')] },
    { name: 'Build', actions: [action('Synth', 'Build', 'CodeBuild')] },
    {
      name: 'Dev',
      actions: [
        { ...action('Shop.Deploy', 'Deploy', 'CloudFormation', { StackName: 'Dev-Shop' }), roleArn: deployRole, region: 'us-east-1' },
        action('Integration', 'Test', 'CodeBuild'),
        action('Foreign', 'Test', 'CodeBuild'),
      ],
    },
    { name: 'Approve', actions: [action('Release', 'Approval', 'Manual', { CustomData: 'Look at staging <b>first</b>.', ExternalEntityLink: 'https://staging.example.com/' })] },
    { name: 'Prod', actions: [action('Shop.Deploy', 'Deploy', 'CloudFormation', { StackName: 'Prod-Shop' })] },
  ],
};

function stackWithAddress(name: string): string {
  const output = (key: string, value: string) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`;
  const outputs = output('SiteUrl', `https://${name.toLowerCase()}.example.com/`) + output('ExportsOutputRefQueue', 'https://sqs.us-east-1.amazonaws.com/1/q') + output('TableName', 'orders');
  return `<member><StackName>${name}</StackName><CreationTime>2026-11-20T08:00:00Z</CreationTime><StackStatus>CREATE_COMPLETE</StackStatus><Outputs>${outputs}</Outputs></member>`;
}

function action(name: string, category: string, provider: string, configuration: Record<string, string> = {}) {
  return { name, actionTypeId: { category, owner: 'AWS', provider, version: '1' }, configuration, runOrder: 1 };
}

function ran(stageName: string, actionName: string, offset: number, seconds: number, more: { status?: string; result?: object; input?: object } = {}) {
  return {
    actionExecutionId: `${stageName}-${actionName}-${offset}`,
    stageName,
    actionName,
    startTime: begun + offset,
    lastUpdateTime: begun + offset + seconds,
    status: more.status ?? 'Succeeded',
    input: more.input ?? {},
    output: { executionResult: more.result ?? {} },
  };
}

const source = { actionName: 'Repository', revisionId: '4f2a9d81c0ffee', revisionSummary: JSON.stringify({ ProviderType: 'GitHub', CommitMessage: 'Show delivery times\n\nAnd why.' }) };

/** A pipeline with one run that waits for approval and one that failed in Dev, kept in memory. */
export function fakePipeline(): Operations {
  let approval = 'Waiting';
  let retried = false;
  const failure = { errorDetails: { code: 'JobFailed', message: 'Orders: Table already exists' }, externalExecutionSummary: 'Stack failed' };
  const waitingActions = () => [
    ran('Approve', 'Release', 60, approval === 'Waiting' ? 0 : 5, { status: approval === 'Waiting' ? 'InProgress' : approval === 'Approved' ? 'Succeeded' : 'Failed' }),
    ran('Dev', 'Foreign', 58, 1, { result: { externalExecutionId: FOREIGN_BUILD_ID } }),
    ran('Dev', 'Integration', 56, 4, { result: { externalExecutionId: GATE_BUILD_ID } }),
    ran('Dev', 'Shop.Deploy', 40, 15, { input: { resolvedConfiguration: { StackName: 'Dev-Shop' } } }),
    ran('Build', 'Synth', 5, 30, { result: { externalExecutionId: BUILD_ID } }),
    ran('Source', 'Repository', 0, 2),
  ];
  const failedActions = () => [
    ...(retried ? [ran('Dev', 'Shop.Deploy', -200, 0, { status: 'InProgress' })] : []),
    ran('Dev', 'Integration', -290, 9, { status: 'Failed', result: { errorDetails: { code: 'JobFailed', message: 'Build terminated with state: FAILED' }, externalExecutionId: LOST_BUILD_ID } }),
    ran('Dev', 'Shop.Deploy', -300, 9, { status: 'Failed', result: failure }),
    ran('Source', 'Repository', -320, 2),
  ];
  const stateOfApproval = () =>
    approval === 'Waiting' ? { status: 'InProgress', token: 'token-1' } : { status: approval === 'Approved' ? 'Succeeded' : 'Failed' };

  return {
    [`${codepipeline}.ListPipelines`]: () => ({ pipelines: [{ name: PIPELINE, version: 3 }] }),
    [`${codepipeline}.ListPipelineExecutions`]: ({ filter }: Input) => ({
      // Nothing has succeeded in any stage's list.
      pipelineExecutionSummaries: filter ? [] : [
        { pipelineExecutionId: WAITING_RUN, status: 'InProgress', startTime: begun, lastUpdateTime: begun + 60, sourceRevisions: [source], trigger: { triggerType: 'WebhookV2' } },
        { pipelineExecutionId: FAILED_RUN, status: retried ? 'InProgress' : 'Failed', startTime: begun - 320, lastUpdateTime: begun - 291, sourceRevisions: [source] },
      ],
    }),
    [`${codepipeline}.GetPipeline`]: () => ({ pipeline: declaration }),
    [`${codepipeline}.GetPipelineExecution`]: ({ pipelineExecutionId }: Input) => {
      if (pipelineExecutionId !== WAITING_RUN && pipelineExecutionId !== FAILED_RUN) throw new Fault('PipelineExecutionNotFoundException', 'There is no such run.');
      const status = pipelineExecutionId === FAILED_RUN && !retried ? 'Failed' : 'InProgress';
      return { pipelineExecution: { pipelineName: PIPELINE, pipelineVersion: 3, pipelineExecutionId, status, artifactRevisions: [source] } };
    },
    [`${codepipeline}.ListActionExecutions`]: ({ filter }: Input) => ({
      actionExecutionDetails: (filter as { pipelineExecutionId: string }).pipelineExecutionId === FAILED_RUN ? failedActions() : waitingActions(),
    }),
    [`${codepipeline}.GetPipelineState`]: () => ({
      stageStates: [
        { stageName: 'Dev', latestExecution: { pipelineExecutionId: FAILED_RUN, status: retried ? 'InProgress' : 'Failed' }, actionStates: [] },
        {
          stageName: 'Approve',
          latestExecution: { pipelineExecutionId: WAITING_RUN, status: 'InProgress' },
          actionStates: [{ actionName: 'Release', latestExecution: stateOfApproval() }],
        },
        { stageName: 'Prod', inboundTransitionState: { enabled: false, disabledReason: 'Release freeze' } },
      ],
    }),
    [`${codepipeline}.PutApprovalResult`]: ({ token, result }: Input) => {
      if (token !== 'token-1') throw new Fault('InvalidApprovalTokenException', 'The token is not valid.');
      if (approval !== 'Waiting') throw new Fault('ApprovalAlreadyCompletedException', 'Done.');
      approval = (result as { status: string }).status;
      return { approvedAt: begun };
    },
    [`${codepipeline}.RetryStageExecution`]: () => {
      retried = true;
      return { pipelineExecutionId: FAILED_RUN };
    },
    [`${codepipeline}.StartPipelineExecution`]: () => ({ pipelineExecutionId: WAITING_RUN }),
    [`${codepipeline}.StopPipelineExecution`]: () => ({ pipelineExecutionId: WAITING_RUN }),
    ...fakeBuild(),
    AssumeRole: () =>
      `<Credentials><AccessKeyId>ASIADEPLOY</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>session</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>`,
    DescribeStacks: () => `<Stacks>${['Dev-Shop', 'Prod-Shop', 'Foreign'].map(stackWithAddress).join('')}</Stacks>`,
    DescribeStackEvents: () =>
      `<StackEvents>${[stackEvent('Orders', 'AWS::DynamoDB::Table', 'CREATE_COMPLETE', 50), stackEvent('Orders', 'AWS::DynamoDB::Table', 'CREATE_IN_PROGRESS', 45), stackEvent('Old', 'AWS::S3::Bucket', 'CREATE_COMPLETE', 10)].join('')}</StackEvents>`,
  };
}

function fakeBuild(): Operations {
  return {
    'CodeBuild_20161006.BatchGetBuilds': ({ ids }: Input) => ({
      builds: (ids as string[])
        .filter((id) => id === BUILD_ID || EXPORTED[id])
        .map((id) => ({
          id,
          projectName: id.split(':')[0],
          buildStatus: 'SUCCEEDED',
          currentPhase: 'COMPLETED',
          startTime: begun + 5,
          endTime: begun + 35,
          logs: { groupName: '/aws/codebuild/Website-Synth', streamName: '5e1c33a0' },
          exportedEnvironmentVariables: EXPORTED[id] ? [{ name: 'EVIDENCE', value: EXPORTED[id] }] : [],
        })),
    }),
    'Logs_20140328.GetLogEvents': ({ nextToken }: Input) => ({
      events: nextToken ? [] : [{ timestamp: (begun + 6) * 1000, message: '\u001B[32mnpm run synth\u001B[0m\n' }, { timestamp: (begun + 7) * 1000, message: 'a <script> is text\n' }],
      nextForwardToken: 'f/end',
    }),
  };
}

function stackEvent(logicalId: string, type: string, status: string, offset: number): string {
  const at = new Date((begun + offset) * 1000).toISOString();
  return `<member><StackId>id</StackId><EventId>${logicalId}-${status}</EventId><StackName>Dev-Shop</StackName><LogicalResourceId>${logicalId}</LogicalResourceId><ResourceType>${type}</ResourceType><Timestamp>${at}</Timestamp><ResourceStatus>${status}</ResourceStatus></member>`;
}
