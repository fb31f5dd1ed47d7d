import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CancelJobRunCommand, CreateApplicationCommand, DeleteApplicationCommand, EMRServerlessClient, GetApplicationCommand, GetJobRunCommand, ListJobRunsCommand, StartJobRunCommand, StopApplicationCommand } from '@aws-sdk/client-emr-serverless';
import type { JobRun } from '@aws-sdk/client-emr-serverless';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import AdmZip from 'adm-zip';
import { v7 as uuidv7 } from 'uuid';
import { ClickEvent } from '../../../contracts/click';
import { startEmr } from '../../../local/emr/server';
import { PARTS } from '../../../local/host/folders';
import { freePort } from '../../../local/host/ports';
import { PermissionUse } from '../../../local/permissions/use/permissionUse';
import { eventually } from '../../support/eventually';
import { temporaryFolder } from '../../support/folder';
import { startMinistack, type TestServer } from '../ministack/ministackServer';
import { outputsOf } from '../ministack/stacks';
import { describeExecution, ended as executed, start as execute, states } from '../ministack/stateMachines';

const stateDir = temporaryFolder('emr');
const use = new PermissionUse();
const BUCKET = 'lake-of-the-test';
const objects = (...prefixes: readonly string[]): string[] => prefixes.map((prefix) => `arn:aws:s3:::${BUCKET}/${prefix}*`);
const att = (id: string, name: string) => ({ 'Fn::GetAtt': [id, name] });
const counting = {
  QueryLanguage: 'JSONata',
  StartAt: 'Count',
  States: {
    Count: {
      Type: 'Task',
      Resource: 'arn:aws:states:::emr-serverless:startJobRun.sync',
      Arguments: {
        ApplicationId: '${Application}',
        ExecutionRoleArn: '${Job}',
        JobDriver: { SparkSubmit: { EntryPoint: `{% 's3://${BUCKET}/jobs/' & $states.input.job %}`, EntryPointArguments: '{% $states.input.arguments %}' } },
      },
      Output: '{% $states.result.State %}',
      End: true,
    },
  },
};
const RESOURCES = {
  Counting: {
    Type: 'AWS::StepFunctions::StateMachine',
    Properties: { RoleArn: att('CountingRole', 'Arn'), DefinitionString: JSON.stringify(counting), DefinitionSubstitutions: { Application: { Ref: 'Application' }, Job: att('Job', 'Arn') } },
  },
  CountingRole: {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'states.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
      Policies: [
        {
          PolicyName: 'jobs',
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              { Effect: 'Allow', Action: 'emr-serverless:StartJobRun', Resource: att('Application', 'Arn') },
              { Effect: 'Allow', Action: ['emr-serverless:GetJobRun', 'emr-serverless:CancelJobRun'], Resource: { 'Fn::Join': ['', [att('Application', 'Arn'), '/jobruns/*']] } },
              { Effect: 'Allow', Action: 'iam:PassRole', Resource: att('Job', 'Arn'), Condition: { StringEquals: { 'iam:PassedToService': 'emr-serverless.amazonaws.com' } } },
            ],
          },
        },
      ],
    },
  },
  Application: { Type: 'AWS::EMRServerless::Application', Properties: { Name: 'lake', ReleaseLabel: 'emr-7.5.0', Type: 'Spark', Architecture: 'ARM64', MaximumCapacity: { Cpu: '8 vCPU', Memory: '32 GB' }, AutoStopConfiguration: { Enabled: true, IdleTimeoutMinutes: 5 } } },
  Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: BUCKET } },
  Job: {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'emr-serverless.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
      Policies: [
        {
          PolicyName: 'lake',
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              { Effect: 'Allow', Action: 's3:ListBucket', Resource: `arn:aws:s3:::${BUCKET}` },
              { Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], Resource: objects('jobs', 'raw', 'clicks', 'orders', 'processed', 'logs') },
            ],
          },
        },
      ],
    },
  },
};
let server: TestServer;
let service: Awaited<ReturnType<typeof startEmr>>;
let emr: EMRServerlessClient;
let s3: S3Client;
let applicationId: string | undefined;
let role: string | undefined;
let machine: string;

const COUNTING = `
import sys
from pyspark.sql import SparkSession
spark = SparkSession.builder.getOrCreate()
lines = spark.read.text(sys.argv[1])
lines.distinct().write.parquet(sys.argv[2])
print("counted", spark.read.parquet(sys.argv[2]).count())
`;

beforeAll(async () => {
  const port = await freePort();
  server = await startMinistack({}, {}, use, { 'emr-serverless': port });
  service = await startEmr({ port, stateDir, partsDir: PARTS, endpoint: server.url });
  emr = new EMRServerlessClient(server.client());
  s3 = new S3Client({ ...server.client(), forcePathStyle: true });
  const outputs = await outputsOf(new CloudFormationClient(server.client()), 'lake', RESOURCES, { Role: att('Job', 'Arn'), Application: { Ref: 'Application' }, Counting: { Ref: 'Counting' } });
  machine = outputs['Counting'] ?? '';
  role = outputs['Role'];
  applicationId = outputs['Application'];
  await put('jobs/count.py', COUNTING);
  await put('jobs/sleep.py', 'import time\nprint("asleep", flush=True)\ntime.sleep(600)\n');
  await put('raw/a.txt', 'one\ntwo\ntwo\n');
});
afterAll(async () => {
  emr?.destroy();
  s3?.destroy();
  await service?.close();
  await server?.stop();
});

const put = (Key: string, Body: string | Buffer) => s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body }));
const start = async (entryPoint: string, entryPointArguments: string[] = [], sparkSubmitParameters?: string) =>
  emr.send(
    new StartJobRunCommand({
      applicationId,
      executionRoleArn: role,
      jobDriver: { sparkSubmit: { entryPoint: `s3://${BUCKET}/${entryPoint}`, entryPointArguments, sparkSubmitParameters } },
      configurationOverrides: { monitoringConfiguration: { s3MonitoringConfiguration: { logUri: `s3://${BUCKET}/logs` } } },
    }),
  );
const runOf = async (jobRunId: string | undefined): Promise<JobRun | undefined> => (await emr.send(new GetJobRunCommand({ applicationId, jobRunId }))).jobRun;
const ended = (jobRunId: string | undefined): Promise<JobRun> =>
  eventually(async () => {
    const run = await runOf(jobRunId);
    return run && ['SUCCESS', 'FAILED', 'CANCELLED'].includes(run.state ?? '') && run;
  }, 300);
const textOf = async (Key: string): Promise<string> => gunzipSync(await (await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key }))).Body?.transformToByteArray() ?? new Uint8Array()).toString();

test('a job reads and writes s3:// as its role, and its logs lie where AWS puts them', async () => {
  const { jobRunId } = await start('jobs/count.py', [`s3://${BUCKET}/raw/`, `s3://${BUCKET}/processed/counted`], '--conf spark.executor.cores=4 --conf spark.executor.memory=16g');
  const run = await ended(jobRunId);
  expect(run).toMatchObject({ state: 'SUCCESS', executionRole: role, releaseLabel: 'emr-7.5.0' });
  expect(await textOf(`logs/applications/${applicationId}/jobs/${jobRunId}/SPARK_DRIVER/stdout.gz`)).toContain('counted 2');
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix: 'processed/' }));
  expect(Contents.map(({ Key }) => Key)).toEqual(expect.arrayContaining([expect.stringMatching(/\.parquet$/)]));
  expect(use.list().filter(({ action, decision }) => action === 's3:PutObject' && decision === 'ALLOWED')).not.toEqual([]);
  await expect(emr.send(new GetApplicationCommand({ applicationId }))).resolves.toMatchObject({ application: { name: 'lake', state: 'STARTED', autoStopConfiguration: { idleTimeoutMinutes: 5 } } });
}, 600_000);

test("the lake's own job makes a day of what Firehose delivered", async () => {
  const jobs = path.join(__dirname, '../../../app/lake/jobs');
  const zip = new AdmZip();
  zip.addLocalFolder(jobs, 'jobs', (file) => /\.(py|json)$/.test(file));
  await put('jobs/jobs.zip', zip.toBuffer());
  await put('jobs/process_day.py', readFileSync(path.join(jobs, 'process_day.py')));
  const at = '2026-11-22T12:00:00.000Z';
  const [anonymousId, sessionId] = ['5b6b8a3e-7f0b-4a53-9f0d-1f6f6f0a5a10', '5b6b8a3e-7f0b-4a53-9f0d-1f6f6f0a5a11'];
  const click = ClickEvent.parse({ eventId: uuidv7(), type: 'View', eventTime: at, receiveTime: at, anonymousId, sessionId, page: '/', productId: 'mug', synthetic: false });
  await put('clicks/year=2026/month=11/day=22/hour=12/delivery.gz', gzipSync(`${JSON.stringify(click)}\nno click\n`));
  const words = ['clicks', 'orders', 'processed'].flatMap((name) => [`--${name}`, `s3://${BUCKET}/${name}`]);
  const { jobRunId } = await start('jobs/process_day.py', ['--day', '2026-11-22', '--run', 'first', ...words], `--py-files s3://${BUCKET}/jobs/jobs.zip`);
  await expect(ended(jobRunId)).resolves.toMatchObject({ state: 'SUCCESS' });
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'processed/runs/first/summary.json' }));
  expect(JSON.parse((await Body?.transformToString()) ?? '')).toMatchObject({
    days: ['2026-11-22'],
    clicks: { files: 1, lines: 2, read: 2, faulty: 1, quarantined: { 'not JSON': 1 } },
    tables: { '2026-11-22': { clicks: { rows: 1, distinct: 1, nulls: 0 }, sessions: { rows: 1 } } },
  });
}, 600_000);

test('what a job\'s role may not read fails it, and says so', async () => {
  const { jobRunId } = await start('jobs/count.py', [`s3://${BUCKET}/secret/`, `s3://${BUCKET}/processed/secret`]);
  const run = await ended(jobRunId);
  expect(run.state).toBe('FAILED');
  expect(run.stateDetails).toMatch(/exit code 1\b.*AccessDenied/);
  expect(await textOf(`logs/applications/${applicationId}/jobs/${jobRunId}/SPARK_DRIVER/stdout.gz`)).toContain('Traceback');
}, 600_000);

test('a job that runs is cancelled, and one that waits behind it never starts', async () => {
  const { jobRunId } = await start('jobs/sleep.py');
  const waiting = await start('jobs/sleep.py');
  await eventually(async () => (await runOf(jobRunId))?.state === 'RUNNING');
  await emr.send(new CancelJobRunCommand({ applicationId, jobRunId: waiting.jobRunId }));
  await emr.send(new CancelJobRunCommand({ applicationId, jobRunId }));
  await expect(ended(jobRunId)).resolves.toMatchObject({ state: 'CANCELLED' });
  await expect(ended(waiting.jobRunId)).resolves.toMatchObject({ state: 'CANCELLED' });
  await expect(emr.send(new CancelJobRunCommand({ applicationId, jobRunId }))).rejects.toThrow(/is CANCELLED/);
}, 600_000);

test('a state machine waits for a job, and fails with it', async () => {
  const good = await execute(server, machine, { job: 'count.py', arguments: [`s3://${BUCKET}/raw/`, `s3://${BUCKET}/processed/by-machine`] });
  await expect(executed(server, good)).resolves.toMatchObject({ status: 'SUCCEEDED', output: '"SUCCESS"' });
  const bad = await execute(server, machine, { job: 'count.py', arguments: ['s3://nowhere/'] });
  const failed = await executed(server, bad);
  expect(failed).toMatchObject({ status: 'FAILED', error: 'States.TaskFailed' });
  expect(JSON.parse(failed.cause ?? '')).toMatchObject({ State: 'FAILED', StateDetails: expect.stringContaining('exit code 1') });
}, 600_000);

test('a job that a stopped execution waited for is cancelled', async () => {
  const execution = await execute(server, machine, { job: 'sleep.py', arguments: ['now'] });
  const running = await eventually(async () => (await emr.send(new ListJobRunsCommand({ applicationId }))).jobRuns?.find(({ state }) => state === 'RUNNING'));
  await states(server, 'StopExecution', { executionArn: execution });
  await expect(describeExecution(server, execution)).resolves.toMatchObject({ status: 'ABORTED' });
  await expect(ended(running.id)).resolves.toMatchObject({ state: 'CANCELLED' });
}, 600_000);

test('the same client token is the same job run', async () => {
  const asked = new StartJobRunCommand({ applicationId, clientToken: 'once', executionRoleArn: role, jobDriver: { sparkSubmit: { entryPoint: `s3://${BUCKET}/jobs/sleep.py` } } });
  const [one, other] = [await emr.send(asked), await emr.send(asked)];
  expect(other.jobRunId).toBe(one.jobRunId);
  await emr.send(new CancelJobRunCommand({ applicationId, jobRunId: one.jobRunId }));
  await ended(one.jobRunId);
  const { jobRuns = [] } = await emr.send(new ListJobRunsCommand({ applicationId }));
  expect(jobRuns.filter(({ id }) => id === one.jobRunId)).toHaveLength(1);
}, 600_000);

test('what EMR Serverless would refuse, or this machine does not know, is refused by name', async () => {
  await expect(emr.send(new CreateApplicationCommand({ releaseLabel: 'emr-6.9.0', type: 'Spark' }))).rejects.toThrow(/releaseLabel.*emr-7/);
  await expect(emr.send(new CreateApplicationCommand({ releaseLabel: 'emr-7.5.0', type: 'Hive' }))).rejects.toThrow(/type/);
  await expect(emr.send(new GetApplicationCommand({ applicationId: '00nothing' }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  const { jobRunId } = await start('jobs/count.py', [], '--class Main');
  await expect(ended(jobRunId)).resolves.toMatchObject({ state: 'FAILED', stateDetails: expect.stringContaining('--class Main') });
}, 600_000);

test('an application is deleted once it is stopped', async () => {
  await expect(emr.send(new DeleteApplicationCommand({ applicationId }))).rejects.toMatchObject({ name: 'ConflictException' });
  await emr.send(new StopApplicationCommand({ applicationId }));
  await emr.send(new DeleteApplicationCommand({ applicationId }));
  await expect(emr.send(new GetApplicationCommand({ applicationId }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});
