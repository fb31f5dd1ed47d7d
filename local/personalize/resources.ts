import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { ServiceError } from '../aws/errors';
import { operation, type Operation } from '../aws/json-service';
import type { Dataset, EventTracker, Kept } from './kept';
import { arnOf, described, exists, found, isOf, Name, page, PAGE, requireActive, requireUnused, seconds, wrong } from './resource';
import { parseSchema } from './schemas';

const ofGroup = z.strictObject({ datasetGroupArn: z.string() });
const ofDataset = z.strictObject({ datasetArn: z.string() });
const ofTracker = z.strictObject({ eventTrackerArn: z.string() });
const ofSchema = z.strictObject({ schemaArn: z.string() });

/** @throws ServiceError ResourceNotFoundException */
export function trackerOf({ trackers }: Kept, trackingId: string, account: string): EventTracker {
  for (const tracker of trackers.values()) if (tracker.trackingId === trackingId && tracker.accountId === account) return tracker;
  throw new ServiceError('ResourceNotFoundException', `There is no event tracker with the tracking id ${trackingId}.`, 404);
}

export function datasetOf({ datasets }: Kept, group: string, type: string): Dataset | undefined {
  for (const dataset of datasets.values()) if (dataset.datasetGroupArn === group && dataset.datasetType === type) return dataset;
  return undefined;
}

/** Dataset groups, schemas, datasets and event trackers. */
export function resourceOperations(kept: Kept): Readonly<Record<string, Operation>> {
  const { groups, trackers, schemas, datasets, solutions, filters } = kept;
  return {
    CreateDatasetGroup: operation(z.strictObject({ name: Name }), async ({ name }, caller) => {
      const datasetGroupArn = arnOf(caller, `dataset-group/${name}`);
      if (groups.get(datasetGroupArn)) throw exists(datasetGroupArn);
      groups.put(datasetGroupArn, { name, datasetGroupArn, creationDateTime: seconds() });
      await kept.commit();
      return { datasetGroupArn };
    }),
    DescribeDatasetGroup: operation(ofGroup, ({ datasetGroupArn }) => ({ datasetGroup: described(found(groups.get(datasetGroupArn), datasetGroupArn)) })),
    ListDatasetGroups: operation(z.strictObject(PAGE), (input, caller) => {
      const { some, nextToken } = page([...groups.values()].filter(({ datasetGroupArn }) => isOf(caller, datasetGroupArn)), input);
      return { datasetGroups: some.map(described), nextToken };
    }),
    DeleteDatasetGroup: operation(ofGroup, async ({ datasetGroupArn }) => {
      found(groups.get(datasetGroupArn), datasetGroupArn);
      const isIn = (arn: string, { datasetGroupArn: group }: { readonly datasetGroupArn: string }) => (group === datasetGroupArn ? `${arn} is still in ${datasetGroupArn}.` : undefined);
      requireUnused(datasets, (one) => isIn(one.datasetArn, one));
      requireUnused(trackers, (one) => isIn(one.eventTrackerArn, one));
      requireUnused(solutions, (one) => isIn(one.solutionArn, one));
      requireUnused(filters, (one) => isIn(one.filterArn, one));
      groups.delete(datasetGroupArn);
      await kept.commit();
    }),
    CreateSchema: operation(z.strictObject({ name: Name, schema: z.string() }), async ({ name, schema }, caller) => {
      const schemaArn = arnOf(caller, `schema/${name}`);
      if (schemas.get(schemaArn)) throw exists(schemaArn);
      parseSchema(schema);
      schemas.put(schemaArn, { name, schemaArn, schema, creationDateTime: seconds() });
      await kept.commit();
      return { schemaArn };
    }),
    DescribeSchema: operation(ofSchema, ({ schemaArn }) => ({ schema: found(schemas.get(schemaArn), schemaArn) })),
    DeleteSchema: operation(ofSchema, async ({ schemaArn }) => {
      found(schemas.get(schemaArn), schemaArn);
      requireUnused(datasets, (one) => (one.schemaArn === schemaArn ? `${one.datasetArn} still has ${schemaArn}.` : undefined));
      schemas.delete(schemaArn);
      await kept.commit();
    }),
    CreateDataset: operation(z.strictObject({ name: Name, datasetGroupArn: z.string(), schemaArn: z.string(), datasetType: z.string().regex(/^(interactions|items|users)$/i) }), async (input, caller) => {
      const { name, datasetGroupArn, schemaArn } = input;
      const datasetType = input.datasetType.toUpperCase();
      requireActive(datasetGroupArn, found(groups.get(datasetGroupArn), datasetGroupArn));
      const schema = parseSchema(found(schemas.get(schemaArn), schemaArn).schema);
      if (schema.name.toUpperCase() !== datasetType) throw wrong(`${schemaArn} is a schema of ${schema.name}, not of ${datasetType}.`);
      const datasetArn = arnOf(caller, `dataset/${datasetGroupArn.split('/').at(-1)}/${datasetType}`);
      if (datasets.get(datasetArn)) throw exists(datasetArn);
      datasets.put(datasetArn, { name, datasetGroupArn, datasetArn, schemaArn, datasetType, creationDateTime: seconds() });
      await kept.commit();
      return { datasetArn };
    }),
    DescribeDataset: operation(ofDataset, ({ datasetArn }) => ({ dataset: described(found(datasets.get(datasetArn), datasetArn)) })),
    DeleteDataset: operation(ofDataset, async ({ datasetArn }) => {
      const { datasetGroupArn, datasetType } = found(datasets.get(datasetArn), datasetArn);
      if (datasetType === 'INTERACTIONS') requireUnused(trackers, (one) => (one.datasetGroupArn === datasetGroupArn ? `${one.eventTrackerArn} still writes into ${datasetArn}.` : undefined));
      datasets.delete(datasetArn);
      await kept.commit();
    }),
    CreateEventTracker: operation(z.strictObject({ name: Name, datasetGroupArn: z.string() }), async ({ name, datasetGroupArn }, caller) => {
      requireActive(datasetGroupArn, found(groups.get(datasetGroupArn), datasetGroupArn));
      for (const one of trackers.values()) if (one.datasetGroupArn === datasetGroupArn) throw new ServiceError('ResourceAlreadyExistsException', `${datasetGroupArn} has an event tracker already.`);
      const trackingId = randomUUID();
      const eventTrackerArn = arnOf(caller, `event-tracker/${trackingId.slice(0, 8)}`);
      trackers.put(eventTrackerArn, { name, datasetGroupArn, eventTrackerArn, accountId: caller.account, trackingId, creationDateTime: seconds() });
      await kept.commit();
      return { eventTrackerArn, trackingId };
    }),
    DescribeEventTracker: operation(ofTracker, ({ eventTrackerArn }) => ({ eventTracker: described(found(trackers.get(eventTrackerArn), eventTrackerArn)) })),
    DeleteEventTracker: operation(ofTracker, async ({ eventTrackerArn }) => {
      found(trackers.get(eventTrackerArn), eventTrackerArn);
      trackers.delete(eventTrackerArn);
      await kept.commit();
    }),
  };
}
