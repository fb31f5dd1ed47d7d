import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Caller } from '../aws/caller';
import { ServiceError } from '../aws/errors';
import { operation, type Operation } from '../aws/json-service';
import type { Store } from '../sandbox/store';

interface DatasetGroup {
  readonly name: string;
  readonly datasetGroupArn: string;
  /** Seconds since 1970, as the protocol has times. */
  readonly creationDateTime: number;
}

interface EventTracker extends DatasetGroup {
  readonly eventTrackerArn: string;
  readonly accountId: string;
  readonly trackingId: string;
}

interface Schema {
  readonly name: string;
  readonly schemaArn: string;
  readonly schema: string;
  readonly creationDateTime: number;
}

interface Dataset extends DatasetGroup {
  readonly datasetArn: string;
  readonly schemaArn: string;
  readonly datasetType: string;
}

/** https://docs.aws.amazon.com/personalize/latest/dg/API_CreateDatasetGroup.html */
const Name = z.string().min(1).max(63).regex(/^[a-zA-Z0-9][a-zA-Z0-9\-_]*$/);
/** How long what was made is not there yet. */
const PENDING_SECONDS = 0.2;

const seconds = (): number => Date.now() / 1_000;
const described = <T extends { readonly creationDateTime: number }>(resource: T) => ({
  ...resource,
  status: seconds() - resource.creationDateTime < PENDING_SECONDS ? 'CREATE PENDING' : 'ACTIVE',
  lastUpdatedDateTime: resource.creationDateTime,
});

/** https://docs.aws.amazon.com/personalize/latest/dg/how-it-works-dataset-schema.html: what the schema of interactions must have. */
const Interactions = z.object({ type: z.literal('record'), name: z.literal('Interactions'), namespace: z.literal('com.amazonaws.personalize.schema'), version: z.string(), fields: z.array(z.object({ name: z.string(), type: z.unknown() })) });
const REQUIRED_FIELDS = ['USER_ID', 'ITEM_ID', 'TIMESTAMP'];

/** Dataset groups, schemas, datasets and event trackers of all accounts, kept in `store`. */
export class Resources {
  readonly #groups;
  readonly #trackers;
  readonly #schemas;
  readonly #datasets;

  constructor(private readonly store: Store) {
    this.#groups = store.collection<DatasetGroup>('groups');
    this.#trackers = store.collection<EventTracker>('trackers');
    this.#schemas = store.collection<Schema>('schemas');
    this.#datasets = store.collection<Dataset>('datasets');
  }

  /** @throws ServiceError ResourceNotFoundException */
  tracker(trackingId: string): EventTracker {
    for (const tracker of this.#trackers.values()) if (tracker.trackingId === trackingId) return tracker;
    throw new ServiceError('ResourceNotFoundException', `There is no event tracker with the tracking id ${trackingId}.`, 404);
  }

  get operations(): Readonly<Record<string, Operation>> {
    const ofGroup = z.strictObject({ datasetGroupArn: z.string() });
    const ofDataset = z.strictObject({ datasetArn: z.string() });
    const ofTracker = z.strictObject({ eventTrackerArn: z.string() });
    const group = (arn: string) => found(this.#groups.get(arn), arn);
    const tracker = (arn: string) => found(this.#trackers.get(arn), arn);
    return {
      CreateDatasetGroup: operation(z.strictObject({ name: Name }), async ({ name }, caller) => {
        const datasetGroupArn = arnOf(caller, `dataset-group/${name}`);
        if (this.#groups.get(datasetGroupArn)) throw exists(datasetGroupArn);
        this.#groups.put(datasetGroupArn, { name, datasetGroupArn, creationDateTime: seconds() });
        await this.store.commit();
        return { datasetGroupArn };
      }),
      DescribeDatasetGroup: operation(ofGroup, ({ datasetGroupArn }) => ({ datasetGroup: described(group(datasetGroupArn)) })),
      ListDatasetGroups: operation(z.strictObject({}), (_input, { account }) => ({ datasetGroups: [...this.#groups.values()].filter(({ datasetGroupArn }) => datasetGroupArn.split(':')[4] === account).map(described) })),
      DeleteDatasetGroup: operation(ofGroup, async ({ datasetGroupArn }) => {
        group(datasetGroupArn);
        for (const one of this.#datasets.values()) if (one.datasetGroupArn === datasetGroupArn) throw new ServiceError('ResourceInUseException', `${one.datasetArn} is still in ${datasetGroupArn}.`);
        for (const one of this.#trackers.values()) if (one.datasetGroupArn === datasetGroupArn) throw new ServiceError('ResourceInUseException', `${one.eventTrackerArn} is still in ${datasetGroupArn}.`);
        this.#groups.delete(datasetGroupArn);
        await this.store.commit();
      }),
      CreateSchema: operation(z.strictObject({ name: Name, schema: z.string() }), async ({ name, schema }, caller) => {
        const schemaArn = arnOf(caller, `schema/${name}`);
        if (this.#schemas.get(schemaArn)) throw exists(schemaArn);
        judgeSchema(schema);
        this.#schemas.put(schemaArn, { name, schemaArn, schema, creationDateTime: seconds() });
        await this.store.commit();
        return { schemaArn };
      }),
      DescribeSchema: operation(z.strictObject({ schemaArn: z.string() }), ({ schemaArn }) => ({ schema: found(this.#schemas.get(schemaArn), schemaArn) })),
      DeleteSchema: operation(z.strictObject({ schemaArn: z.string() }), async ({ schemaArn }) => {
        found(this.#schemas.get(schemaArn), schemaArn);
        for (const one of this.#datasets.values()) if (one.schemaArn === schemaArn) throw new ServiceError('ResourceInUseException', `${one.datasetArn} still has ${schemaArn}.`);
        this.#schemas.delete(schemaArn);
        await this.store.commit();
      }),
      CreateDataset: operation(z.strictObject({ name: Name, datasetGroupArn: z.string(), schemaArn: z.string(), datasetType: z.string().regex(/^interactions$/i) }), async ({ name, datasetGroupArn, schemaArn, datasetType }, caller) => {
        if (described(group(datasetGroupArn)).status !== 'ACTIVE') throw new ServiceError('ResourceInUseException', `${datasetGroupArn} is not ACTIVE yet.`);
        found(this.#schemas.get(schemaArn), schemaArn);
        const datasetArn = arnOf(caller, `dataset/${datasetGroupArn.split('/').at(-1)}/${datasetType.toUpperCase()}`);
        if (this.#datasets.get(datasetArn)) throw exists(datasetArn);
        this.#datasets.put(datasetArn, { name, datasetGroupArn, datasetArn, schemaArn, datasetType: datasetType.toUpperCase(), creationDateTime: seconds() });
        await this.store.commit();
        return { datasetArn };
      }),
      DescribeDataset: operation(ofDataset, ({ datasetArn }) => ({ dataset: described(found(this.#datasets.get(datasetArn), datasetArn)) })),
      DeleteDataset: operation(ofDataset, async ({ datasetArn }) => {
        const { datasetGroupArn } = found(this.#datasets.get(datasetArn), datasetArn);
        for (const one of this.#trackers.values()) if (one.datasetGroupArn === datasetGroupArn) throw new ServiceError('ResourceInUseException', `${one.eventTrackerArn} still writes into ${datasetArn}.`);
        this.#datasets.delete(datasetArn);
        await this.store.commit();
      }),
      CreateEventTracker: operation(z.strictObject({ name: Name, datasetGroupArn: z.string() }), async ({ name, datasetGroupArn }, caller) => {
        if (described(group(datasetGroupArn)).status !== 'ACTIVE') throw new ServiceError('ResourceInUseException', `${datasetGroupArn} is not ACTIVE yet.`);
        for (const one of this.#trackers.values()) if (one.datasetGroupArn === datasetGroupArn) throw new ServiceError('ResourceAlreadyExistsException', `${datasetGroupArn} has an event tracker already.`);
        const trackingId = randomUUID();
        const eventTrackerArn = arnOf(caller, `event-tracker/${trackingId.slice(0, 8)}`);
        this.#trackers.put(eventTrackerArn, { name, datasetGroupArn, eventTrackerArn, accountId: caller.account, trackingId, creationDateTime: seconds() });
        await this.store.commit();
        return { eventTrackerArn, trackingId };
      }),
      DescribeEventTracker: operation(ofTracker, ({ eventTrackerArn }) => ({ eventTracker: described(tracker(eventTrackerArn)) })),
      DeleteEventTracker: operation(ofTracker, async ({ eventTrackerArn }) => {
        tracker(eventTrackerArn);
        this.#trackers.delete(eventTrackerArn);
        await this.store.commit();
      }),
    };
  }
}

const arnOf = ({ region, account }: Caller, resource: string): string => `arn:aws:personalize:${region}:${account}:${resource}`;
const exists = (arn: string): ServiceError => new ServiceError('ResourceAlreadyExistsException', `${arn} exists already.`);

/** @throws ServiceError InvalidInputException */
function judgeSchema(text: string): void {
  const parsed = Interactions.safeParse(parsedJson(text));
  if (!parsed.success) throw new ServiceError('InvalidInputException', z.prettifyError(parsed.error));
  const names = parsed.data.fields.map(({ name }) => name);
  const missing = REQUIRED_FIELDS.filter((name) => !names.includes(name));
  if (missing.length > 0) throw new ServiceError('InvalidInputException', `The schema of interactions lacks ${missing.join(', ')}.`);
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function found<T>(resource: T | undefined, arn: string): T {
  if (resource === undefined) throw new ServiceError('ResourceNotFoundException', `${arn} does not exist.`);
  return resource;
}
