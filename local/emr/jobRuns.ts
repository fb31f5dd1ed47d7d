import { createReadStream, mkdirSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { createGzip } from 'node:zlib';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Caller } from '../aws/caller';
import { messageOf, ServiceError } from '../aws/errors';
import type { Credentials, Roles } from '../aws/roles';
import { applicationArn, newId } from './applications';
import type { Applications } from './applications';
import type { Spark } from './install';
import { ENDED, seconds } from './kept';
import type { JobRun, JobRunState, Kept } from './kept';
import type { JobSettings } from './requests';
import { submit } from './sparkSubmit';
import type { RunningJob } from './sparkSubmit';

export interface JobRunsProps {
  readonly kept: Kept;
  readonly applications: Applications;
  readonly roles: Roles;
  /** Where AWS calls go. */
  readonly endpoint: string;
  /** For the jobs' own files. */
  readonly folder: string;
  /** Installs Spark when the first job needs it; what it says is the state's detail meanwhile. */
  readonly spark: (onProgress: (line: string) => void) => Promise<Spark>;
}

const SERVICE = 'emr-serverless.amazonaws.com';
const hasEnded = ({ state }: Pick<JobRun, 'state'>): boolean => ENDED.some((ended) => ended === state);

/** Job runs, one after the other: each has the whole machine. */
export class JobRuns {
  #running: { readonly id: string; readonly job: RunningJob } | undefined;
  #last: Promise<void> = Promise.resolve();

  constructor(private readonly props: JobRunsProps) {
    for (const run of props.kept.jobRuns.values()) if (!hasEnded(run)) this.#become(run.jobRunId, 'FAILED', 'This machine was stopped while the job ran.');
  }

  of(place: Pick<Caller, 'account' | 'region'>, applicationId: string, jobRunId: string): JobRun {
    this.props.applications.of(place, applicationId);
    const found = this.props.kept.jobRuns.get(jobRunId);
    if (found?.applicationId !== applicationId) throw new ServiceError('ResourceNotFoundException', `Job run ${jobRunId} does not exist.`, 404);
    return found;
  }

  list(place: Pick<Caller, 'account' | 'region'>, applicationId: string): JobRun[] {
    this.props.applications.of(place, applicationId);
    return [...this.props.kept.jobRuns.values()].filter((run) => run.applicationId === applicationId).toReversed();
  }

  /** The same client token is the same run. @throws ServiceError ValidationException when the application is not started and starts not by itself */
  async start(caller: Caller, applicationId: string, settings: JobSettings): Promise<JobRun> {
    const { kept, applications } = this.props;
    const application = applications.of(caller, applicationId);
    const same = this.list(caller, applicationId).find(({ clientToken }) => clientToken === settings.clientToken);
    if (same) return same;
    if (application.state !== 'STARTED') {
      if (!application.autoStartConfiguration.enabled) throw new ServiceError('ValidationException', `Application ${applicationId} is ${application.state} and does not start by itself.`);
      await applications.become(caller, applicationId, 'STARTED');
    }
    const { account, region, arn } = caller;
    const run: JobRun = { ...settings, applicationId, jobRunId: newId(), account, region, createdBy: arn, state: 'SUBMITTED', stateDetails: '', createdAt: seconds(), updatedAt: seconds() };
    kept.jobRuns.put(run.jobRunId, run);
    await kept.commit();
    this.#last = this.#last.then(() => this.#work(run)).catch((error: unknown) => this.#become(run.jobRunId, 'FAILED', messageOf(error)));
    return run;
  }

  async cancel(place: Pick<Caller, 'account' | 'region'>, applicationId: string, jobRunId: string): Promise<void> {
    const run = this.of(place, applicationId, jobRunId);
    if (hasEnded(run)) throw new ServiceError('ValidationException', `Job run ${jobRunId} is ${run.state}.`);
    const isRunning = this.#running?.id === jobRunId;
    this.#become(jobRunId, isRunning ? 'CANCELLING' : 'CANCELLED', 'It was cancelled.');
    if (isRunning) this.#running?.job.end();
    await this.props.kept.commit();
  }

  /** Ends what runs, and resolves when nothing does. */
  async stop(): Promise<void> {
    for (const run of this.props.kept.jobRuns.values()) if (!hasEnded(run)) this.#become(run.jobRunId, 'CANCELLED', 'This machine was stopped.');
    this.#running?.job.end();
    await this.#last;
  }

  async #work({ jobRunId, account, region, executionRoleArn, ...settings }: JobRun): Promise<void> {
    const { roles, endpoint } = this.props;
    if (this.#has(jobRunId, 'CANCELLED')) return;
    this.#become(jobRunId, 'PENDING', 'Spark is being installed.');
    const spark = await this.props.spark((line) => this.#become(jobRunId, 'PENDING', line));
    if (this.#has(jobRunId, 'CANCELLED')) return;
    this.#become(jobRunId, 'SCHEDULED', '');
    const credentials = await roles.assume(executionRoleArn, jobRunId, region, roles.ofService(SERVICE, account));
    const folder = path.join(this.props.folder, jobRunId);
    mkdirSync(folder, { recursive: true });
    const job = submit({ job: settings, spark, credentials, region, endpoint, folder });
    this.#running = { id: jobRunId, job };
    this.#become(jobRunId, 'RUNNING', '');
    const minutes = settings.executionTimeoutMinutes;
    const tooLong = minutes > 0 ? setTimeout(() => job.end(), minutes * 60_000) : undefined;
    const from = Date.now();
    try {
      const ended = await job.ended;
      const logged = await this.#log(jobRunId, settings, credentials, region, folder);
      if (this.#has(jobRunId, 'CANCELLING', 'CANCELLED')) this.#become(jobRunId, 'CANCELLED', 'It was cancelled.');
      else if (ended === 0) this.#become(jobRunId, 'SUCCESS', logged ?? '');
      else this.#become(jobRunId, 'FAILED', minutes > 0 && Date.now() - from >= minutes * 60_000 ? `It took longer than ${minutes} minutes.` : await reasonOf(ended, folder));
    } finally {
      clearTimeout(tooLong);
      this.#running = undefined;
      rmSync(path.join(folder, 'spill'), { recursive: true, force: true });
      await this.props.kept.commit();
    }
  }

  /** Puts the driver's logs where https://docs.aws.amazon.com/emr/latest/EMR-Serverless-UserGuide/logging.html says. @returns why it could not */
  async #log(jobRunId: string, { applicationId, configurationOverrides }: Pick<JobRun, 'applicationId' | 'configurationOverrides'>, credentials: Credentials, region: string, folder: string): Promise<string | undefined> {
    const logUri = configurationOverrides?.monitoringConfiguration?.s3MonitoringConfiguration?.logUri;
    if (logUri === undefined) return undefined;
    const { hostname: bucket, pathname } = new URL(logUri);
    const client = new S3Client({ ...this.props.roles.settings(credentials, region), forcePathStyle: true });
    try {
      for (const name of ['stdout', 'stderr']) {
        const Key = path.posix.join(pathname.slice(1), 'applications', applicationId, 'jobs', jobRunId, 'SPARK_DRIVER', `${name}.gz`);
        await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: await buffer(createReadStream(path.join(folder, name)).pipe(createGzip())) }));
      }
      return undefined;
    } catch (error) {
      return `Its logs could not be written to ${logUri}: ${messageOf(error)}`;
    } finally {
      client.destroy();
    }
  }

  #has(jobRunId: string, ...states: readonly JobRunState[]): boolean {
    const state = this.props.kept.jobRuns.get(jobRunId)?.state;
    return state !== undefined && states.includes(state);
  }

  #become(jobRunId: string, state: JobRunState, stateDetails: string): void {
    const run = this.props.kept.jobRuns.get(jobRunId);
    if (!run || hasEnded(run)) return;
    const now = seconds();
    this.props.kept.jobRuns.put(jobRunId, { ...run, state, stateDetails, updatedAt: now, ...(state === 'RUNNING' && { startedAt: now }), ...(hasEnded({ state }) && { endedAt: now }) });
  }
}

/** What went wrong, in the last words of an error: Python's are in the output, Spark's own beside it. */
async function reasonOf(ended: number | string, folder: string): Promise<string> {
  const texts = await Promise.all(['stdout', 'stderr'].map((name) => readFile(path.join(folder, name), 'utf8')));
  const error = texts.flatMap((text) => text.split('\n')).findLast((line) => /^(: )?([\w.]+\.)?\w*(Error|Exception|Exit)\b/.test(line)) ?? 'Its logs say more.';
  return `Job failed with exit code ${ended}. ${error}`.slice(0, 256);
}

export const shownRun = ({ account, region, executionRoleArn, ...run }: JobRun, releaseLabel: string): object => ({
  ...run,
  arn: `${applicationArn({ account, region }, run.applicationId)}/jobruns/${run.jobRunId}`,
  executionRole: executionRoleArn,
  releaseLabel,
  attempt: 1,
  mode: 'BATCH',
  totalExecutionDurationSeconds: run.startedAt === undefined ? 0 : Math.round((run.endedAt ?? seconds()) - run.startedAt),
});
