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

/** Dataset groups and event trackers of all accounts, kept in `store`. */
export class Resources {
  readonly #groups;
  readonly #trackers;

  constructor(private readonly store: Store) {
    this.#groups = store.collection<DatasetGroup>('groups');
    this.#trackers = store.collection<EventTracker>('trackers');
  }

  /** @throws ServiceError ResourceNotFoundException */
  tracker(trackingId: string): EventTracker {
    for (const tracker of this.#trackers.values()) if (tracker.trackingId === trackingId) return tracker;
    throw new ServiceError('ResourceNotFoundException', `There is no event tracker with the tracking id ${trackingId}.`, 404);
  }

  get operations(): Readonly<Record<string, Operation>> {
    const ofGroup = z.strictObject({ datasetGroupArn: z.string() });
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
        for (const one of this.#trackers.values()) if (one.datasetGroupArn === datasetGroupArn) throw new ServiceError('ResourceInUseException', `${one.eventTrackerArn} is still in ${datasetGroupArn}.`);
        this.#groups.delete(datasetGroupArn);
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

function found<T>(resource: T | undefined, arn: string): T {
  if (resource === undefined) throw new ServiceError('ResourceNotFoundException', `${arn} does not exist.`);
  return resource;
}
