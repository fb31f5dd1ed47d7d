import path from 'node:path';
import { CreateDatasetCommand, CreateDatasetGroupCommand, CreateEventTrackerCommand, CreateMetricAttributionCommand, CreateSchemaCommand, DeleteDatasetCommand, DeleteDatasetGroupCommand, DeleteEventTrackerCommand, DeleteSchemaCommand, DescribeDatasetGroupCommand, PersonalizeClient } from '@aws-sdk/client-personalize';
import { PersonalizeEventsClient, PutEventsCommand } from '@aws-sdk/client-personalize-events';
import { interactionsSchema } from '../../../contracts/derived/avro';
import { freePort } from '../../../local/host/ports';
import { personalizePart } from '../../../local/personalize/personalizePart';
import { startPersonalize } from '../../../local/personalize/server';
import { eventually } from '../../support/eventually';
import { temporaryFolder } from '../../support/folder';
import { PartProcess } from '../../support/partProcess';

const stateDir = temporaryFolder('personalize');
const folder = temporaryFolder('personalize-part');
let server: Awaited<ReturnType<typeof startPersonalize>>;
beforeAll(async () => {
  server = await startPersonalize({ port: 0, stateDir, endpoint: 'http://127.0.0.1:9' });
});
afterAll(() => server.close());

const settings = () => ({ endpoint: `http://127.0.0.1:${server.port}`, region: 'us-east-1', credentials: { accessKeyId: '222222222222', secretAccessKey: 'test' }, maxAttempts: 1 });
const personalize = () => new PersonalizeClient(settings());
const putEvents = (trackingId: string, count: number) =>
  new PersonalizeEventsClient(settings()).send(
    new PutEventsCommand({ trackingId, userId: 'me', sessionId: 's', eventList: Array.from({ length: count }, (_, index) => ({ eventId: `e${index}`, eventType: 'View', itemId: `item-${index}`, sentAt: new Date() })) }),
  );

test('an event tracker takes events into its dataset group, which are still there after a restart', async () => {
  const { datasetGroupArn = '' } = await personalize().send(new CreateDatasetGroupCommand({ name: 'shop' }));
  const status = async () => (await personalize().send(new DescribeDatasetGroupCommand({ datasetGroupArn }))).datasetGroup?.status;
  await expect(personalize().send(new CreateEventTrackerCommand({ name: 'shop', datasetGroupArn }))).rejects.toMatchObject({ name: 'ResourceInUseException' });
  await eventually(async () => (await status()) === 'ACTIVE');
  const { trackingId = '' } = await personalize().send(new CreateEventTrackerCommand({ name: 'shop', datasetGroupArn }));

  await putEvents(trackingId, 10);
  await expect(putEvents(trackingId, 11)).rejects.toMatchObject({ name: 'InvalidInputException' });
  await expect(putEvents('nobody', 1)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  await expect(personalize().send(new DeleteDatasetGroupCommand({ datasetGroupArn }))).rejects.toMatchObject({ name: 'ResourceInUseException' });

  await server.close();
  server = await startPersonalize({ port: 0, stateDir, endpoint: 'http://127.0.0.1:9' });
  await putEvents(trackingId, 1);
  expect(server.recommenderOf(datasetGroupArn).recommend({ userId: 'you', numResults: 25, now: Date.now() })).toHaveLength(10);
});

test('a dataset of interactions has the schema that the contract makes, and each is removed before what it stands on', async () => {
  const { datasetGroupArn = '' } = await personalize().send(new CreateDatasetGroupCommand({ name: 'with-dataset' }));
  const createSchema = (name: string, schema: object) => personalize().send(new CreateSchemaCommand({ name, schema: JSON.stringify(schema) }));
  const { schemaArn = '' } = await createSchema('interactions', interactionsSchema());
  await expect(createSchema('interactions', interactionsSchema())).rejects.toMatchObject({ name: 'ResourceAlreadyExistsException' });
  const { fields, ...rest } = interactionsSchema();
  await expect(createSchema('no-time', { ...rest, fields: fields.filter(({ name }) => name !== 'TIMESTAMP') })).rejects.toMatchObject({ name: 'InvalidInputException', message: expect.stringContaining('TIMESTAMP') });

  const { datasetArn = '' } = await eventually(async () => personalize().send(new CreateDatasetCommand({ name: 'interactions', datasetGroupArn, datasetType: 'Interactions', schemaArn })));
  const { eventTrackerArn = '' } = await personalize().send(new CreateEventTrackerCommand({ name: 'with-dataset', datasetGroupArn }));
  await expect(personalize().send(new DeleteDatasetCommand({ datasetArn }))).rejects.toMatchObject({ name: 'ResourceInUseException' });
  await personalize().send(new DeleteEventTrackerCommand({ eventTrackerArn }));
  await expect(personalize().send(new DeleteSchemaCommand({ schemaArn }))).rejects.toMatchObject({ name: 'ResourceInUseException' });
  await expect(personalize().send(new DeleteDatasetGroupCommand({ datasetGroupArn }))).rejects.toMatchObject({ name: 'ResourceInUseException' });
  await personalize().send(new DeleteDatasetCommand({ datasetArn }));
  await personalize().send(new DeleteSchemaCommand({ schemaArn }));
  await personalize().send(new DeleteDatasetGroupCommand({ datasetGroupArn }));
});

test('what is not answered here is refused by name', async () => {
  await expect(personalize().send(new CreateMetricAttributionCommand({ name: 'm', datasetGroupArn: 'a', metrics: [], metricsOutputConfig: { roleArn: 'r' } }))).rejects.toThrow('CreateMetricAttribution');
});

test('it runs as a part of the machine, and ends when it is told to', async () => {
  const part = personalizePart({ port: await freePort(), stateDir: folder, gatewayUrl: 'http://127.0.0.1:9' });
  const running = await PartProcess.start(part, path.join(folder, 'part.log'));
  expect((await fetch(part.healthUrl ?? '')).status).toBe(200);
  await running.end('SIGTERM');
  await expect(fetch(part.healthUrl ?? '')).rejects.toThrow('fetch failed');
});
