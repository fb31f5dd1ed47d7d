import { CreateDatasetCommand, CreateDatasetGroupCommand, CreateEventTrackerCommand, CreateSchemaCommand, DescribeDatasetCommand, DescribeDatasetGroupCommand, PersonalizeClient } from '@aws-sdk/client-personalize';
import { PersonalizeEventsClient, PutEventsCommand } from '@aws-sdk/client-personalize-events';
import { PersonalizeRuntimeClient } from '@aws-sdk/client-personalize-runtime';
import { interactionsSchema } from '../../../contracts/derived/avro';
import { eventually } from '../../support/eventually';

export const ITEMS_SCHEMA = {
  type: 'record',
  name: 'Items',
  namespace: 'com.amazonaws.personalize.schema',
  fields: [
    { name: 'ITEM_ID', type: 'string' },
    { name: 'CATEGORY', type: 'string', categorical: true },
    { name: 'CREATION_TIMESTAMP', type: ['null', 'long'] },
  ],
  version: '1.0',
};
export const USERS_SCHEMA = { ...ITEMS_SCHEMA, name: 'Users', fields: [{ name: 'USER_ID', type: 'string' }, { name: 'LANGUAGE', type: ['null', 'string'], categorical: true }] };

/** Clients of the three APIs, as an account of its own. */
export function clients(port: number) {
  const settings = { endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1', credentials: { accessKeyId: '222222222222', secretAccessKey: 'test' }, maxAttempts: 1 };
  return { personalize: new PersonalizeClient(settings), events: new PersonalizeEventsClient(settings), runtime: new PersonalizeRuntimeClient(settings) };
}

export interface Shop {
  readonly datasetGroupArn: string;
  readonly trackingId: string;
  /** By type. */
  readonly datasets: Readonly<Record<'Interactions' | 'Items' | 'Users', string>>;
}

/** A dataset group with all three datasets and an event tracker. */
export async function makeShop(personalize: PersonalizeClient, name: string): Promise<Shop> {
  const { datasetGroupArn = '' } = await personalize.send(new CreateDatasetGroupCommand({ name }));
  await eventually(async () => (await personalize.send(new DescribeDatasetGroupCommand({ datasetGroupArn }))).datasetGroup?.status === 'ACTIVE');
  const dataset = async (datasetType: string, schema: object): Promise<string> => {
    const { schemaArn } = await personalize.send(new CreateSchemaCommand({ name: `${name}-${datasetType}`, schema: JSON.stringify(schema) }));
    const { datasetArn = '' } = await personalize.send(new CreateDatasetCommand({ name: `${name}-${datasetType}`, datasetGroupArn, datasetType, schemaArn }));
    await eventually(async () => (await personalize.send(new DescribeDatasetCommand({ datasetArn }))).dataset?.status === 'ACTIVE');
    return datasetArn;
  };
  const datasets = { Interactions: await dataset('Interactions', interactionsSchema()), Items: await dataset('Items', ITEMS_SCHEMA), Users: await dataset('Users', USERS_SCHEMA) };
  const { trackingId = '' } = await personalize.send(new CreateEventTrackerCommand({ name, datasetGroupArn }));
  return { datasetGroupArn, trackingId, datasets };
}

/** As many users, each with that many views, of items that go from one to the next. */
export async function views(events: PersonalizeEventsClient, trackingId: string, { users, each, eventType = 'View' }: { readonly users: number; readonly each: number; readonly eventType?: string }): Promise<void> {
  for (let user = 0; user < users; user += 1) {
    const all = Array.from({ length: each }, (_, index) => ({ eventId: `${eventType}-${user}-${index}`, eventType, itemId: `item-${(user + index) % 30}`, sentAt: new Date() }));
    // oxlint-disable-next-line no-await-in-loop
    for (let from = 0; from < all.length; from += 10) await events.send(new PutEventsCommand({ trackingId, userId: `user-${user}`, sessionId: 's', eventList: all.slice(from, from + 10) }));
  }
}
