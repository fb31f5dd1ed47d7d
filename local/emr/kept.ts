import type { Collection, Store } from '../sandbox/store';
import type { ApplicationSettings, JobSettings } from './requests';

export interface Application extends ApplicationSettings {
  readonly applicationId: string;
  readonly account: string;
  readonly region: string;
  readonly state: 'CREATED' | 'STARTED' | 'STOPPED' | 'TERMINATED';
  /** Seconds since 1970, as the protocol has them. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

export const ENDED = ['SUCCESS', 'FAILED', 'CANCELLED'] as const;
export type JobRunState = 'SUBMITTED' | 'PENDING' | 'SCHEDULED' | 'RUNNING' | 'CANCELLING' | (typeof ENDED)[number];

export interface JobRun extends JobSettings {
  readonly applicationId: string;
  readonly jobRunId: string;
  readonly account: string;
  readonly region: string;
  readonly createdBy: string;
  readonly state: JobRunState;
  readonly stateDetails: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly startedAt?: number;
  readonly endedAt?: number;
}

export interface Kept {
  readonly applications: Collection<Application>;
  readonly jobRuns: Collection<JobRun>;
  commit(): Promise<void>;
}

export const keptIn = (store: Store): Kept => ({ applications: store.collection('applications'), jobRuns: store.collection('job-runs'), commit: () => store.commit() });

export const seconds = (): number => Date.now() / 1_000;
