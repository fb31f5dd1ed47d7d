import { Stack } from 'aws-cdk-lib';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { ARRIVAL_PARTITIONS, CLICK_TABLE_COLUMNS, ORDER_CHANGE_COLUMNS } from '../../contracts/derived/glue-columns';
import type { GlueColumn } from '../../contracts/derived/glue-columns';
import { DAY, LAKE_TABLES } from '../../contracts/derived/lake-tables';
import { acknowledge, inFinding } from '../shared/acknowledge';

/** Lines of one kind, as they arrived. */
interface RawZone {
  readonly bucket: s3.IBucket;
  /** The folder of the bucket, and what follows `raw_` in the table's name: `clicks`. */
  readonly of: string;
}

export interface CatalogueProps {
  /** Small letters and underscores. */
  readonly databaseName: string;
  readonly clicks: s3.IBucket;
  readonly orders: s3.IBucket;
  readonly processed: s3.IBucket;
}

/** What the lake's files are, for whoever asks in SQL: raw lines by arrival, and tables by the day of the event. */
export class Catalogue extends Construct {
  readonly databaseName: string;
  readonly crawler: glue.CfnCrawler;
  readonly #database: glue.CfnDatabase;

  constructor(scope: Construct, id: string, { databaseName, clicks, orders, processed }: CatalogueProps) {
    super(scope, id);
    this.databaseName = databaseName;
    this.#database = new glue.CfnDatabase(this, 'Database', {
      catalogId: Stack.of(this).account,
      databaseInput: { name: databaseName, description: 'Clicks and orders: raw_ as they arrived, the others by day as the night made them' },
    });
    const [rawClicks, rawOrders]: [RawZone, RawZone] = [{ bucket: clicks, of: 'clicks' }, { bucket: orders, of: 'orders' }];
    const tables = [this.#rawTable('Clicks', rawClicks, CLICK_TABLE_COLUMNS), this.#rawTable('Orders', rawOrders, ORDER_CHANGE_COLUMNS)];
    for (const [name, columns] of Object.entries(LAKE_TABLES)) this.#table(name, columns, processed);
    this.crawler = this.#crawl([rawClicks, rawOrders], tables);
  }

  /** Every hour is known beforehand: a query waits for no crawler (https://docs.aws.amazon.com/athena/latest/ug/partition-projection.html). */
  #rawTable(id: string, { bucket, of }: RawZone, columns: readonly GlueColumn[]): glue.CfnTable {
    const location = `s3://${bucket.bucketName}/${of}/`;
    const ranges = { year: '2026,2099', month: '01,12', day: '01,31', hour: '00,23' };
    return this.#tableOf(`Raw${id}`, {
      name: `raw_${of}`,
      description: `${id} as they arrived, by the hour of arrival`,
      partitionKeys: [...ARRIVAL_PARTITIONS],
      parameters: {
        classification: 'json',
        compressionType: 'gzip',
        'projection.enabled': 'true',
        ...Object.fromEntries(Object.entries(ranges).flatMap(([name, range]) => [[`projection.${name}.type`, 'integer'], [`projection.${name}.range`, range], ...(name === 'year' ? [] : [[`projection.${name}.digits`, '2']])])),
        'storage.location.template': `${location}${Object.keys(ranges).map((name) => `${name}=\${${name}}`).join('/')}/`,
      },
      storageDescriptor: {
        location,
        columns: [...columns],
        inputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
        outputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
        // A line that is no JSON is a row of nulls, and not the end of a query.
        serdeInfo: { serializationLibrary: 'org.openx.data.jsonserde.JsonSerDe', parameters: { 'ignore.malformed.json': 'true' } },
      },
    });
  }

  /** Its partitions are added by whoever publishes a day, each where its run wrote it. */
  #table(name: string, columns: readonly GlueColumn[], bucket: s3.IBucket): glue.CfnTable {
    return this.#tableOf(name.replaceAll(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase()), {
      name,
      partitionKeys: [DAY],
      parameters: { classification: 'parquet' },
      storageDescriptor: {
        location: `s3://${bucket.bucketName}/${name}/`,
        columns: [...columns],
        inputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
        outputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
        serdeInfo: { serializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
      },
    });
  }

  #tableOf(id: string, tableInput: glue.CfnTable.TableInputProperty): glue.CfnTable {
    const table = new glue.CfnTable(this, id, { catalogId: Stack.of(this).account, databaseName: this.databaseName, tableInput: { tableType: 'EXTERNAL_TABLE', ...tableInput } });
    table.addResourceDependency(this.#database);
    return table;
  }

  /** Lists what has arrived and logs where its columns are others than the contract's: it changes and removes none. */
  #crawl(zones: readonly RawZone[], tables: readonly glue.CfnTable[]): glue.CfnCrawler {
    const role = new iam.Role(this, 'CrawlerRole', { assumedBy: new iam.ServicePrincipal('glue.amazonaws.com') });
    const { account, region } = Stack.of(this);
    const names = zones.map(({ of }) => `raw_${of}`);
    for (const { bucket } of zones) iam.Grant.addToPrincipal({ grantee: role, actions: ['s3:ListBucket'], resourceArns: [bucket.bucketArn] });
    iam.Grant.addToPrincipal({ grantee: role, actions: ['s3:GetObject'], resourceArns: zones.map(({ bucket, of }) => bucket.arnForObjects(`${of}/*`)) });
    for (const { bucket, of } of zones) acknowledge(role, `AwsSolutions-IAM5[Resource::${inFinding(bucket, role, 'Arn')}/${of}/*]`, 'Firehose names the objects by time.');
    // As https://docs.aws.amazon.com/glue/latest/dg/crawler-prereqs.html has it, without what a crawler of folders would need.
    this.allow(role, ['glue:GetDatabase'], []);
    this.allow(role, ['glue:GetTable', 'glue:UpdateTable', 'glue:GetPartitions', 'glue:BatchGetPartition', 'glue:BatchCreatePartition', 'glue:BatchUpdatePartition', 'glue:GetPartition', 'glue:UpdatePartition'], names);
    iam.Grant.addToPrincipal({ grantee: role, actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'], resourceArns: [`arn:aws:logs:${region}:${account}:log-group:/aws-glue/crawlers:*`] });
    acknowledge(role, `AwsSolutions-IAM5[Resource::arn:aws:logs:${region}:${account}:log-group:/aws-glue/crawlers:*]`, 'All crawlers of an account share one group of logs.');

    const crawler = new glue.CfnCrawler(this, 'Crawler', {
      name: `${this.databaseName}_raw`,
      description: 'Compares what has arrived with the columns of the contracts',
      role: role.roleArn,
      targets: { catalogTargets: [{ databaseName: this.databaseName, tables: names }] },
      // A crawler of tables has no other way of deleting than to log; with this it does not change a column either
      // (https://docs.aws.amazon.com/glue/latest/dg/crawler-schema-changes-prevent.html).
      schemaChangePolicy: { updateBehavior: 'LOG', deleteBehavior: 'LOG' },
      configuration: JSON.stringify({ Version: 1, CrawlerOutput: { Partitions: { AddOrUpdateBehavior: 'InheritFromTable' } }, Grouping: { TableGroupingPolicy: 'CombineCompatibleSchemas' } }),
    });
    crawler.node.addDependency(...tables, role);
    acknowledge(crawler, 'AwsSolutions-GL1', 'What it logs are names of columns and folders, in a group that all crawlers of an account share.');
    return crawler;
  }

  /** Grants calls of Glue on tables: whoever asks for one is asked for its database and the catalogue as well. */
  allow(grantee: iam.IGrantable, actions: readonly string[], tables: readonly string[]): void {
    const { account, region } = Stack.of(this);
    const arn = (resource: string): string => `arn:aws:glue:${region}:${account}:${resource}`;
    iam.Grant.addToPrincipal({ grantee, actions: [...actions], resourceArns: [arn('catalog'), arn(`database/${this.databaseName}`), ...tables.map((table) => arn(`table/${this.databaseName}/${table}`))] });
  }
}
