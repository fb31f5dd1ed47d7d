import { Fault, type Input, type Operations } from './fakeAws';

const codepipeline = 'CodePipeline_20150709';
const begun = Date.UTC(2026, 10, 20, 8, 0, 0) / 1000;

export const PIPELINE = 'Website';
export const WAITING_RUN = '7c1f8f5e-0a4b-4c58-9f51-1f6f3f0c2a11';
export const FAILED_RUN = '2b9d2c70-5f7e-4a0e-8a63-90b1c1f0e6d2';
export const BUILD_ID = 'Website-Synth:5e1c33a0-1111-4222-8333-944455556666';
/** Where the page shows the log of a build, as one of an action of the run that waits. */
export const logAddress = (buildId: string): string => `#/runs/${PIPELINE}/${WAITING_RUN}/Build/Synth/builds/${encodeURIComponent(buildId)}`;
/** A build whose log has as many lines as a person will ever look through. */
export const LONG_BUILD_ID = 'Website-Long:6f2d44b1-1111-4222-8333-944455556666';
export const LONG_LINES = 50_000;
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

const changeSet = { StackName: 'Dev-Shop', ChangeSetName: 'PipelineChange' };
/** The build action of the gate, as it ran. */
const gate = {
  input: {
    resolvedConfiguration: { ProjectName: 'Website-Gate', EnvironmentVariables: '[{"name":"SITE","type":"PLAINTEXT","value":"https://dev.example.com"}]' },
    inputArtifacts: [{ name: 'Synth_Output', s3location: { bucket: 'artefacts', key: 'Website/Synth_Outp/9oK2' } }],
  },
  output: { outputVariables: { LONGEST: '<i>3.4</i> s' } },
};

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
        { ...action('Shop.Deploy', 'Deploy', 'CloudFormation', { ...changeSet, ActionMode: 'CHANGE_SET_EXECUTE' }, 2), roleArn: deployRole, region: 'us-east-1' },
        { ...action('Integration', 'Test', 'CodeBuild', { ProjectName: 'Website-Gate', EnvironmentVariables: '[{"name":"SITE","type":"PLAINTEXT","value":"#{Shop.Site}"}]' }, 3), namespace: 'Gate', inputArtifacts: [{ name: 'Synth_Output' }], outputArtifacts: [] },
        action('Foreign', 'Test', 'CodeBuild', {}, 3),
        action('Lint', 'Compute', 'Commands', {}, 3),
        action('Auth.Deploy', 'Deploy', 'CloudFormation', { StackName: 'Dev-Auth', ActionMode: 'CREATE_UPDATE' }),
        { ...action('Shop.Prepare', 'Deploy', 'CloudFormation', { ...changeSet, ActionMode: 'CHANGE_SET_REPLACE' }), roleArn: deployRole, region: 'us-east-1' },
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

function action(name: string, category: string, provider: string, configuration: Record<string, string> = {}, runOrder = 1) {
  return { name, actionTypeId: { category, owner: 'AWS', provider, version: '1' }, configuration, runOrder };
}

function ran(stageName: string, actionName: string, offset: number, seconds: number, more: { status?: string; result?: object; input?: object; output?: object } = {}) {
  return {
    actionExecutionId: `${stageName}-${actionName}-${offset}`,
    stageName,
    actionName,
    startTime: begun + offset,
    lastUpdateTime: begun + offset + seconds,
    status: more.status ?? 'Succeeded',
    input: more.input ?? {},
    updatedBy: 'arn:aws:sts::111111111111:assumed-role/pipeline/1',
    output: { ...more.output, executionResult: more.result ?? {} },
  };
}

const source = { actionName: 'Repository', revisionId: '4f2a9d81c0ffee', revisionSummary: JSON.stringify({ ProviderType: 'GitHub', CommitMessage: 'Show delivery times\n\nAnd why.' }) };

/** The source action as it ran, with what a connection puts out. */
const sourced = {
  input: { actionTypeId: { category: 'Source', owner: 'AWS', provider: 'CodeStarSourceConnection', version: '1' } },
  output: { outputVariables: { BranchName: 'main', CommitId: source.revisionId, AuthorDate: '2026-11-20T07:58:00Z', AuthorDisplayName: 'Ada <b>Lovelace</b>', AuthorEmail: 'ada@example.com' } },
};

/** A pipeline with one run that waits for approval and one that failed in Dev, kept in memory. */
export function fakePipeline(): Operations {
  let approval = 'Waiting';
  let retried = false;
  const failure = { errorDetails: { code: 'JobFailed', message: 'Orders: Table already exists' }, externalExecutionSummary: 'Stack failed' };
  const waitingActions = () => [
    ran('Approve', 'Release', 60, approval === 'Waiting' ? 0 : 5, { status: approval === 'Waiting' ? 'InProgress' : approval === 'Approved' ? 'Succeeded' : 'Failed' }),
    ran('Dev', 'Foreign', 58, 1, { result: { externalExecutionId: FOREIGN_BUILD_ID } }),
    ran('Dev', 'Lint', 56, 2, { result: { logStreamARN: 'arn:aws:logs:us-east-1:111111111111:log-group:/aws/codepipeline/Website:log-stream:lint' } }),
    ran('Dev', 'Integration', 56, 4, { ...gate, result: { externalExecutionId: GATE_BUILD_ID } }),
    ran('Dev', 'Shop.Deploy', 40, 15, { input: { resolvedConfiguration: { ...changeSet, ActionMode: 'CHANGE_SET_EXECUTE' } } }),
    ran('Dev', 'Shop.Prepare', 36, 4, { input: { resolvedConfiguration: { ...changeSet, ActionMode: 'CHANGE_SET_REPLACE' } } }),
    ran('Dev', 'Auth.Deploy', 36, 2, { input: { resolvedConfiguration: { StackName: 'Dev-Auth', ActionMode: 'CREATE_UPDATE' } } }),
    ran('Build', 'Synth', 5, 30, { result: { externalExecutionId: BUILD_ID } }),
    ran('Source', 'Repository', 0, 2, sourced),
  ];
  const failedActions = () => [
    ...(retried ? [ran('Dev', 'Shop.Deploy', -200, 0, { status: 'InProgress' })] : []),
    ran('Dev', 'Integration', -290, 9, { status: 'Failed', result: { errorDetails: { code: 'JobFailed', message: 'Build terminated with state: FAILED' }, externalExecutionId: LOST_BUILD_ID } }),
    ran('Dev', 'Shop.Deploy', -300, 9, { status: 'Failed', result: failure, input: { configuration: changeSet } }),
    ran('Source', 'Repository', -320, 2, sourced),
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
      `<StackEvents>${[
        stackEvent('Orders', 'AWS::DynamoDB::Table', 'CREATE_COMPLETE', 50),
        stackEvent('Orders', 'AWS::DynamoDB::Table', 'CREATE_IN_PROGRESS', 45),
        stackEvent('Old', 'AWS::S3::Bucket', 'CREATE_COMPLETE', 10),
        stackEvent('Queue', 'AWS::SQS::Queue', 'CREATE_FAILED', -292, 'Resource creation cancelled'),
        stackEvent('Orders', 'AWS::DynamoDB::Table', 'CREATE_FAILED', -293, 'Resource handler returned message: "Table already exists" (RequestToken: 1a, HandlerErrorCode: AlreadyExists)'),
        stackEvent('Orders', 'AWS::DynamoDB::Table', 'CREATE_IN_PROGRESS', -298),
      ].join('')}</StackEvents>`,
    DescribeChangeSet: () =>
      `<ChangeSetName>PipelineChange</ChangeSetName><CreationTime>${instant(38)}</CreationTime><Status>CREATE_COMPLETE</Status><Changes>${[
        resourceChange('Add', 'Queue', 'AWS::SQS::Queue'),
        resourceChange('Modify', 'Orders', 'AWS::DynamoDB::Table', '<Replacement>True</Replacement><Details><member><Target><Attribute>Properties</Attribute><Name>KeySchema</Name></Target></member></Details>'),
        resourceChange('Remove', 'Logs', 'AWS::S3::Bucket'),
      ].join('')}</Changes>`,
  };
}

/** As many lines as CloudWatch Logs answers with at once. */
const LOG_PAGE = 10_000;
const LOGS: Readonly<Record<string, readonly string[]>> = {
  synth: [
    '\u001B[32mnpm run synth\u001B[0m',
    'a <script> is text',
    '\u001B[1;31mwarning\u001B[0m: \u001B[38;5;208mtwo\u001B[39m findings',
    `a line that is wider than any screen: ${'wide '.repeat(100)}`,
    '\u001B[44m the end \u001B[0m',
  ],
  lint: ['oxlint finds nothing'],
  long: Array.from({ length: LONG_LINES }, (_, index) => (index % 10_000 === 4_999 ? `needle in line ${index + 1}` : `line ${index + 1} says \u001B[36mnothing\u001B[39m new`)),
};

function fakeBuild(): Operations {
  return {
    'CodeBuild_20161006.BatchGetBuilds': ({ ids }: Input) => ({
      builds: (ids as string[])
        .filter((id) => id === BUILD_ID || id === LONG_BUILD_ID || EXPORTED[id])
        .map((id) => ({
          id,
          projectName: id.split(':')[0],
          buildStatus: 'SUCCEEDED',
          currentPhase: 'COMPLETED',
          startTime: begun + 5,
          endTime: begun + 35,
          logs: { groupName: '/aws/codebuild/Website-Synth', streamName: id === LONG_BUILD_ID ? 'long' : 'synth' },
          exportedEnvironmentVariables: EXPORTED[id] ? [{ name: 'EVIDENCE', value: EXPORTED[id] }] : [],
        })),
    }),
    'Logs_20140328.GetLogEvents': ({ logStreamName, nextToken }: Input) => {
      const lines = LOGS[logStreamName as string] ?? [];
      const first = Number(/\d+/.exec((nextToken as string | undefined) ?? '')?.[0] ?? 0);
      const events = lines.slice(first, first + LOG_PAGE).map((message, index) => ({ timestamp: (begun + 6) * 1000 + first + index, message: `${message}\n` }));
      return { events, nextForwardToken: `f/${first + events.length}` };
    },
  };
}

const instant = (offset: number) => new Date((begun + offset) * 1000).toISOString();

function stackEvent(logicalId: string, type: string, status: string, offset: number, reason?: string): string {
  const why = reason ? `<ResourceStatusReason>${reason}</ResourceStatusReason>` : '';
  return `<member><StackId>id</StackId><EventId>${logicalId}-${status}-${offset}</EventId><StackName>Dev-Shop</StackName><LogicalResourceId>${logicalId}</LogicalResourceId><ResourceType>${type}</ResourceType><Timestamp>${instant(offset)}</Timestamp><ResourceStatus>${status}</ResourceStatus>${why}</member>`;
}

function resourceChange(kind: string, logicalId: string, type: string, more = ''): string {
  return `<member><Type>Resource</Type><ResourceChange><Action>${kind}</Action><LogicalResourceId>${logicalId}</LogicalResourceId><ResourceType>${type}</ResourceType>${more}</ResourceChange></member>`;
}
