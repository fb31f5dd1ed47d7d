import validate from 'asl-validator';
import { ARRIVAL_PARTITIONS, CLICK_TABLE_COLUMNS, ORDER_CHANGE_COLUMNS } from '../../../contracts/derived/glue-columns';
import { LAKE_TABLES } from '../../../contracts/derived/lake-tables';
import { website } from '../../../stages/environments';
import { resource, resources } from '../synthesized';
import { definitionOf } from '../workflow/stateMachines';

interface Table {
  readonly Name: string;
  readonly PartitionKeys: readonly { readonly Name: string }[];
  readonly Parameters: Readonly<Record<string, unknown>>;
  readonly StorageDescriptor: { readonly Columns: readonly { readonly Name: string; readonly Type: string }[] };
}
const tables = (stack = 'Dev-Lake'): Map<string, Table> => new Map(resources('AWS::Glue::Table', stack).map(({ Properties }) => Properties['TableInput'] as Table).map((table) => [table.Name, table]));
const columns = (table?: Table) => table?.StorageDescriptor.Columns.map(({ Name: name, Type: type }) => ({ name, type }));

test('the catalogue has a table of each kind of raw line, as its contract has it, and each table of the night', () => {
  const found = tables();
  expect([...found.keys()].toSorted()).toEqual([...Object.keys(LAKE_TABLES), 'raw_clicks', 'raw_orders'].toSorted());
  expect(columns(found.get('raw_clicks'))).toEqual(CLICK_TABLE_COLUMNS);
  expect(columns(found.get('raw_orders'))).toEqual(ORDER_CHANGE_COLUMNS);
  for (const [name, expected] of Object.entries(LAKE_TABLES)) expect(columns(found.get(name))).toEqual(expected);
});

test('a query of raw lines knows every hour beforehand, and reads the folders that Firehose writes', () => {
  for (const kind of ['clicks', 'orders']) {
    const { Parameters: parameters = {}, PartitionKeys: keys = [] }: Partial<Table> = tables().get(`raw_${kind}`) ?? {};
    expect(keys.map(({ Name }) => Name)).toEqual(ARRIVAL_PARTITIONS.map(({ name }) => name));
    expect(parameters['projection.enabled']).toBe('true');
    for (const { Name: key } of keys) expect(parameters[`projection.${key}.type`]).toBe('integer');
    expect(JSON.stringify(parameters['storage.location.template'])).toContain(`/${kind}/year=\${year}/month=\${month}/day=\${day}/hour=\${hour}/`);
  }
});

test('the crawler looks at tables of the catalogue, and can neither change nor remove a column', () => {
  const { Properties } = resource('AWS::Glue::Crawler', 'Dev-Lake');
  expect(Properties).toMatchObject({ SchemaChangePolicy: { UpdateBehavior: 'LOG', DeleteBehavior: 'LOG' }, Targets: { CatalogTargets: [{ Tables: ['raw_clicks', 'raw_orders'] }] } });
  expect(Object.keys(Properties['Targets'] as object)).toEqual(['CatalogTargets']);
  expect(JSON.parse(String(Properties['Configuration']))).toMatchObject({ CrawlerOutput: { Partitions: { AddOrUpdateBehavior: 'InheritFromTable' } } });
});

describe.each(website.environments)('the lake of $name', ({ name, lake }) => {
  const stack = `${name}-Lake`;

  // https://docs.aws.amazon.com/emr/latest/EMR-Serverless-UserGuide/endpoints-quotas.html
  test('stays below the vCPUs that an account has, in whole workers', () => {
    expect(lake.spark.vCpus).toBeLessThanOrEqual(16);
    // A driver and an executor at least.
    expect(lake.spark.vCpus).toBeGreaterThanOrEqual(4);
    expect(lake.spark.vCpus % 2).toBe(0);
    expect(resource('AWS::EMRServerless::Application', stack).Properties).toMatchObject({
      Type: 'Spark',
      AutoStartConfiguration: { Enabled: true },
      AutoStopConfiguration: { Enabled: true, IdleTimeoutMinutes: 5 },
      MaximumCapacity: { Cpu: `${lake.spark.vCpus} vCPU`, Memory: `${lake.spark.vCpus * 4} GB` },
    });
  });

  // https://docs.aws.amazon.com/athena/latest/APIReference/API_WorkGroupConfiguration.html
  test('lets no query read more than it says, whoever asks, and encrypts the answers', () => {
    const bytes = lake.gibibytesAQuery * 1024 ** 3;
    expect(bytes).toBeGreaterThanOrEqual(10_000_000);
    expect(resource('AWS::Athena::WorkGroup', stack).Properties['WorkGroupConfiguration']).toMatchObject({
      EnforceWorkGroupConfiguration: true,
      BytesScannedCutoffPerQuery: bytes,
      ResultConfiguration: { EncryptionConfiguration: { EncryptionOption: 'SSE_S3' } },
    });
  });

  // https://docs.aws.amazon.com/athena/latest/APIReference/API_CreateNamedQuery.html
  test('has named queries of a length that Athena takes', () => {
    const named = resources('AWS::Athena::NamedQuery', stack);
    expect(named.length).toBeGreaterThan(3);
    for (const { Properties } of named) {
      expect(String(Properties['Name']).length).toBeLessThanOrEqual(128);
      expect(String(Properties['QueryString']).length).toBeLessThanOrEqual(262_144);
    }
  });

  test('keeps raw orders as long as their days are made anew, and no longer than people agreed to', () => {
    const rules = resources('AWS::S3::Bucket', stack).flatMap(({ Properties }) => (Properties['LifecycleConfiguration'] as { Rules: readonly { ExpirationInDays?: number; Prefix?: string }[] }).Rules);
    const days = rules.filter(({ Prefix: prefix }) => prefix === undefined).flatMap(({ ExpirationInDays: expiration }) => expiration ?? []);
    // A month in which an order changes, before the day of arrival and after it.
    expect(days.toSorted((one, other) => one - other)).toEqual([90, lake.keepDays.tables, lake.keepDays.results].toSorted((one, other) => one - other));
    expect(90).toBeGreaterThan(2 * 31);
  });

  test('makes yesterday every night, long after its last click has been delivered', () => {
    const schedules = resources('AWS::Events::Rule', stack).map(({ Properties }) => Properties['ScheduleExpression']);
    expect(schedules).toEqual(['cron(0 6 * * ? *)', 'cron(0 2 * * ? *)']);
  });
});

describe('the machine that makes a day', () => {
  const definition = () => definitionOf('MakeDay', 'Dev-Lake');
  const tasks = () => Object.entries(definition().States).filter(([, { Type }]) => Type === 'Task');

  test('is a definition that Step Functions takes', () => {
    expect(validate(definition())).toMatchObject({ isValid: true, errors: [] });
    expect(JSON.stringify(definition())).not.toMatch(/"\w+Path":|"\w+\.\$":|"ResultSelector":|"Parameters":/);
  });

  test('gives every call a deadline and a bounded number of tries, spread in time', () => {
    expect(tasks().filter(([, { Resource = '', TimeoutSeconds }]) => TimeoutSeconds === undefined && !Resource.includes(':dynamodb:')).map(([name]) => name)).toEqual([]);
    for (const [, { Retry: retriers = [] }] of tasks()) {
      expect(retriers.length).toBeGreaterThan(0);
      for (const retrier of retriers) expect(retrier).toMatchObject({ MaxAttempts: expect.any(Number), MaxDelaySeconds: expect.any(Number), JitterStrategy: 'FULL' });
    }
  });

  test('gives the lease back however it ends, once it has it', () => {
    const { States: states } = definition();
    const released = tasks().filter(([name]) => !/Lease|Holder/.test(name));
    expect(released.map(([name]) => name).toSorted()).toEqual(['CheckDay', 'Crawl', 'KeepSimilarItems', 'LookAtCrawler', 'PublishDay', 'RunJob']);
    for (const [, { Catch: catches = [] }] of released) expect(catches.at(-1)).toMatchObject({ ErrorEquals: ['States.ALL'], Next: 'ReleaseLeaseAfterFailure' });
    expect(states['NotPublished']?.Next).toBe('ReleaseLeaseAfterFailure');
  });

  // https://docs.aws.amazon.com/emr/latest/EMR-Serverless-UserGuide/release-version-7110.html, https://docs.aws.amazon.com/emr-serverless/latest/APIReference/API_StartJobRun.html
  test('starts a job that EMR Serverless takes, and ends one that hangs before itself', () => {
    const job = definition().States['RunJob'] as unknown as { Arguments: { ExecutionTimeoutMinutes: number; JobDriver: { SparkSubmit: { EntryPointArguments: readonly string[] } } }; TimeoutSeconds: number };
    expect(job.Arguments.ExecutionTimeoutMinutes).toBeLessThanOrEqual(7 * 24 * 60);
    expect(job.TimeoutSeconds).toBeGreaterThan(job.Arguments.ExecutionTimeoutMinutes * 60);
    expect(job.Arguments.JobDriver.SparkSubmit.EntryPointArguments.filter((word) => word.startsWith('--'))).toEqual(['--day', '--run', '--clicks', '--orders', '--processed']);
  });
});
