import type { Collection, Store } from '../sandbox/store';

/** What every resource has. Times are in seconds since 1970, as the protocol has them. */
interface Resource {
  readonly name: string;
  readonly creationDateTime: number;
}

export interface DatasetGroup extends Resource {
  readonly datasetGroupArn: string;
}

export interface EventTracker extends DatasetGroup {
  readonly eventTrackerArn: string;
  readonly accountId: string;
  readonly trackingId: string;
}

export interface Schema extends Resource {
  readonly schemaArn: string;
  readonly schema: string;
}

export interface Dataset extends DatasetGroup {
  readonly datasetArn: string;
  readonly schemaArn: string;
  /** INTERACTIONS, ITEMS or USERS. */
  readonly datasetType: string;
}

export interface Filter extends DatasetGroup {
  readonly filterArn: string;
  readonly filterExpression: string;
}

export interface Solution extends DatasetGroup {
  readonly solutionArn: string;
  readonly recipeArn: string;
  /** The only type of event that is trained on; all without it. */
  readonly eventType?: string;
  readonly performAutoTraining: boolean;
  readonly solutionConfig: { readonly autoTrainingConfig: { readonly schedulingExpression: string } };
}

export interface SolutionVersion {
  readonly solutionVersionArn: string;
  readonly solutionArn: string;
  readonly trainingType: 'AUTOMATIC' | 'MANUAL';
  readonly creationDateTime: number;
  readonly failureReason?: string;
}

export interface Campaign extends Resource {
  readonly campaignArn: string;
  readonly solutionArn: string;
  /** None where it is always the latest. */
  readonly solutionVersionArn?: string;
  readonly minProvisionedTPS: number;
  readonly campaignConfig: { readonly syncWithLatestSolutionVersion: boolean };
}

export interface ImportJob {
  readonly jobName: string;
  readonly datasetImportJobArn: string;
  readonly datasetArn: string;
  readonly dataSource: { readonly dataLocation: string };
  readonly roleArn: string;
  readonly importMode: 'FULL' | 'INCREMENTAL';
  readonly region: string;
  readonly creationDateTime: number;
  readonly status: 'CREATE IN_PROGRESS' | 'ACTIVE' | 'CREATE FAILED';
  readonly failureReason?: string;
}

/** What one user did with one item, in one dataset group. */
export interface Interaction {
  readonly group: string;
  /** The same id is counted once; without one, every event counts. */
  readonly eventId?: string;
  readonly userId: string;
  readonly itemId: string;
  readonly eventType: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Whether nobody had signed in: the user is then the session, and the model is not trained on it until somebody has. */
  readonly anonymous?: boolean;
  /** Whether an import job brought it, so that a full one takes its place. */
  readonly imported?: boolean;
}

/** An item or a user of one dataset group, with its columns. */
export interface Described {
  readonly group: string;
  readonly id: string;
  readonly columns: Readonly<Record<string, string>>;
}

/** All that is kept, of all accounts. */
export interface Kept {
  readonly groups: Collection<DatasetGroup>;
  readonly trackers: Collection<EventTracker>;
  readonly schemas: Collection<Schema>;
  readonly datasets: Collection<Dataset>;
  readonly filters: Collection<Filter>;
  readonly solutions: Collection<Solution>;
  readonly versions: Collection<SolutionVersion>;
  readonly campaigns: Collection<Campaign>;
  readonly imports: Collection<ImportJob>;
  readonly interactions: Collection<Interaction>;
  readonly items: Collection<Described>;
  readonly users: Collection<Described>;
  commit(): Promise<void>;
}

export const keptIn = (store: Store): Kept => ({
  groups: store.collection('groups'),
  trackers: store.collection('trackers'),
  schemas: store.collection('schemas'),
  datasets: store.collection('datasets'),
  filters: store.collection('filters'),
  solutions: store.collection('solutions'),
  versions: store.collection('versions'),
  campaigns: store.collection('campaigns'),
  imports: store.collection('imports'),
  interactions: store.collection('interactions'),
  items: store.collection('items'),
  users: store.collection('users'),
  commit: () => store.commit(),
});
