import type { Collection, Store } from '../sandbox/store';
import type { DataSetSettings, DataSourceSettings, Permission, Schedule, Tag, VpcConnectionSettings } from './api/requests';
import type { Definition } from './definition/definition';

/** What every resource has. Times are in seconds since 1970, as the protocol has them. */
export interface Resource {
  readonly account: string;
  readonly region: string;
  /** Unique within an account, a region and a kind; chosen by whoever makes it. */
  readonly id: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly permissions: readonly Permission[];
  readonly tags: readonly Tag[];
}

export type DataSource = Resource & DataSourceSettings;
export type DataSet = Resource & DataSetSettings;
export type VpcConnection = Resource & VpcConnectionSettings;

/** Why an analysis or a version of a dashboard did not come about: https://docs.aws.amazon.com/quicksight/latest/APIReference/API_DashboardError.html */
export interface DefinitionError {
  readonly Type: 'DATA_SET_NOT_FOUND' | 'COLUMN_REPLACEMENT_MISSING' | 'COLUMN_TYPE_MISMATCH';
  readonly Message: string;
  readonly ViolatedEntities: readonly { readonly Path: string }[];
}

interface Defined {
  readonly definition: Definition;
  readonly errors: readonly DefinitionError[];
}

export interface Analysis extends Resource, Defined {
  readonly name: string;
  readonly status: 'CREATION_SUCCESSFUL' | 'CREATION_FAILED' | 'UPDATE_SUCCESSFUL' | 'UPDATE_FAILED' | 'DELETED';
}

export interface DashboardVersion extends Defined {
  readonly number: number;
  readonly description?: string;
  readonly createdAt: number;
  readonly status: 'CREATION_SUCCESSFUL' | 'CREATION_FAILED';
}

export interface Dashboard extends Resource {
  readonly name: string;
  readonly versions: readonly DashboardVersion[];
  /** None while no version has come about. */
  readonly published?: { readonly number: number; readonly at: number };
  readonly publishOptions?: unknown;
}

export interface RefreshSchedule extends Resource {
  readonly dataSet: string;
  readonly schedule: Schedule;
  /** When it last asked for an ingestion. */
  readonly lastRunAt?: number;
}

export interface Ingestion extends Resource {
  readonly dataSet: string;
  readonly status: 'QUEUED' | 'RUNNING' | 'COMPLETED' | 'FAILED' | 'CANCELLED';
  readonly source: 'MANUAL' | 'SCHEDULED';
  readonly type: 'INITIAL_INGESTION' | 'EDIT' | 'FULL_REFRESH';
  readonly error?: { readonly Type: string; readonly Message: string };
  readonly rows?: { readonly RowsIngested: number; readonly RowsDropped: number; readonly TotalRowsInDataset: number };
  readonly endedAt?: number;
}

/** All that is kept, of all accounts; by `keyOf`. */
export interface Kept {
  readonly dataSources: Collection<DataSource>;
  readonly dataSets: Collection<DataSet>;
  readonly analyses: Collection<Analysis>;
  readonly dashboards: Collection<Dashboard>;
  readonly schedules: Collection<RefreshSchedule>;
  readonly ingestions: Collection<Ingestion>;
  readonly vpcConnections: Collection<VpcConnection>;
  commit(): Promise<void>;
}

export const keptIn = (store: Store): Kept => ({
  dataSources: store.collection('data-sources'),
  dataSets: store.collection('data-sets'),
  analyses: store.collection('analyses'),
  dashboards: store.collection('dashboards'),
  schedules: store.collection('refresh-schedules'),
  ingestions: store.collection('ingestions'),
  vpcConnections: store.collection('vpc-connections'),
  commit: () => store.commit(),
});

export const seconds = (): number => Date.now() / 1_000;
