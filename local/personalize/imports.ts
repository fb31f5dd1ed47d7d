import { GetObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { parse } from 'csv-parse/sync';
import * as z from 'zod';
import { messageOf, ServiceError } from '../aws/errors';
import { operation, type Operation } from '../aws/json-service';
import type { Roles } from '../aws/roles';
import type { Dataset, ImportJob, Kept } from './kept';
import type { Knowledge } from './knowledge';
import { arnOf, exists, found, isOf, Name, page, PAGE, requireActive, seconds } from './resource';
import { isOptional, parseSchema, type AvroSchema } from './schemas';

/** https://docs.aws.amazon.com/personalize/latest/dg/limits.html */
const MOST_PENDING = 5;

const CreateDatasetImportJob = z.strictObject({
  jobName: Name,
  datasetArn: z.string(),
  dataSource: z.strictObject({ dataLocation: z.string().max(256).regex(/^s3:\/\/[^/]+\/.*/) }),
  roleArn: z.string().regex(/^arn:[a-z-]+:iam::\d{12}:role\/.+/),
  importMode: z.enum(['FULL', 'INCREMENTAL']).default('FULL'),
});

/** Dataset import jobs: CSV files of a bucket, read with the role that the job names. */
export class Imports {
  constructor(
    private readonly kept: Kept,
    private readonly knowledge: Knowledge,
    private readonly roles: Roles,
  ) {}

  /** Works on what an earlier process left unfinished. */
  resume(): void {
    for (const job of this.kept.imports.values()) if (job.status === 'CREATE IN_PROGRESS') void this.#run(job);
  }

  get operations(): Readonly<Record<string, Operation>> {
    const { imports, datasets } = this.kept;
    return {
      CreateDatasetImportJob: operation(CreateDatasetImportJob, async (input, caller) => {
        requireActive(input.datasetArn, found(datasets.get(input.datasetArn), input.datasetArn));
        const datasetImportJobArn = arnOf(caller, `dataset-import-job/${input.jobName}`);
        if (imports.get(datasetImportJobArn)) throw exists(datasetImportJobArn);
        const pending = [...imports.values()].filter(({ datasetImportJobArn: arn, status }) => isOf(caller, arn) && status === 'CREATE IN_PROGRESS');
        if (pending.length >= MOST_PENDING) throw new ServiceError('LimitExceededException', `More than ${MOST_PENDING} resources with PENDING or IN_PROGRESS status.`);
        const job: ImportJob = { ...input, datasetImportJobArn, region: caller.region, status: 'CREATE IN_PROGRESS', creationDateTime: seconds() };
        imports.put(datasetImportJobArn, job);
        await this.kept.commit();
        void this.#run(job);
        return { datasetImportJobArn };
      }),
      DescribeDatasetImportJob: operation(z.strictObject({ datasetImportJobArn: z.string() }), ({ datasetImportJobArn }) => {
        const { region: _, ...job } = found(imports.get(datasetImportJobArn), datasetImportJobArn);
        return { datasetImportJob: { ...job, lastUpdatedDateTime: job.creationDateTime } };
      }),
      ListDatasetImportJobs: operation(z.strictObject({ datasetArn: z.string().optional(), ...PAGE }), ({ datasetArn, ...input }, caller) => {
        const { some, nextToken } = page([...imports.values()].filter((one) => isOf(caller, one.datasetImportJobArn) && (datasetArn === undefined || one.datasetArn === datasetArn)), input);
        const rows = some.map((one) => ({ datasetImportJobArn: one.datasetImportJobArn, jobName: one.jobName, status: one.status, creationDateTime: one.creationDateTime, lastUpdatedDateTime: one.creationDateTime, failureReason: one.failureReason, importMode: one.importMode }));
        return { datasetImportJobs: rows, nextToken };
      }),
    };
  }

  async #run(job: ImportJob): Promise<void> {
    let ended: Pick<ImportJob, 'status' | 'failureReason'> = { status: 'ACTIVE' };
    try {
      const dataset = found(this.kept.datasets.get(job.datasetArn), job.datasetArn);
      const schema = parseSchema(found(this.kept.schemas.get(dataset.schemaArn), dataset.schemaArn).schema);
      this.#take(job, dataset, schema, await this.#rows(job, schema));
    } catch (error) {
      ended = { status: 'CREATE FAILED', failureReason: messageOf(error) };
    }
    this.kept.imports.put(job.datasetImportJobArn, { ...job, ...ended });
    await this.kept.commit();
  }

  /** All rows of the one file that is named, or of those in the folder. */
  async #rows({ dataSource: { dataLocation }, roleArn, region }: ImportJob, schema: AvroSchema): Promise<Record<string, string>[]> {
    const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/(.*)$/.exec(dataLocation) ?? [];
    const account = roleArn.split(':')[4] ?? '';
    const credentials = await this.roles.assume(roleArn, 'personalize', region, this.roles.ofService('personalize.amazonaws.com', account));
    const s3 = new S3Client({ ...this.roles.settings(credentials, region), forcePathStyle: true });
    const rows: Record<string, string>[] = [];
    try {
      for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix: key })) {
        for (const { Key } of Contents) {
          if (!Key?.endsWith('.csv')) continue;
          const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
          rows.push(...rowsOf((await Body?.transformToString()) ?? '', Key, schema));
        }
      }
    } catch (error) {
      if (error instanceof Error && /AccessDenied|Forbidden/.test(error.name)) throw new Error('Insufficient privileges for accessing data in Amazon S3.', { cause: error });
      throw error;
    } finally {
      s3.destroy();
    }
    if (rows.length === 0) throw new Error(`Invalid data location: there is no CSV file at ${dataLocation}.`);
    return rows;
  }

  #take(job: ImportJob, { datasetGroupArn: group, datasetType }: Dataset, { fields }: AvroSchema, rows: readonly Record<string, string>[]): void {
    if (datasetType === 'INTERACTIONS' && job.importMode === 'FULL') this.knowledge.forgetImported(group);
    for (const [index, row] of rows.entries()) {
      const { USER_ID: userId = '', ITEM_ID: itemId = '', TIMESTAMP: timestamp = '', EVENT_TYPE: eventType = '' } = row;
      if (datasetType === 'INTERACTIONS') this.knowledge.learn({ group, eventId: `${job.jobName} ${index}`, userId, itemId, eventType, at: Number(timestamp) * 1_000, imported: true });
      else {
        const columns = Object.fromEntries(fields.flatMap(({ name }) => (row[name] ? [[name, row[name]]] : [])));
        if (datasetType === 'ITEMS') this.knowledge.putItem({ group, id: itemId, columns });
        else this.knowledge.putUser({ group, id: userId, columns });
      }
    }
  }
}

/** @throws Error naming the file and what is wrong with it: then nothing of the job is taken */
function rowsOf(text: string, file: string, { fields }: AvroSchema): Record<string, string>[] {
  const rows = z.array(z.record(z.string(), z.string())).parse(parse(text, { columns: true, skip_empty_lines: true }));
  const required = fields.filter((field) => !isOptional(field)).map(({ name }) => name);
  for (const [index, row] of rows.entries()) {
    const missing = required.filter((name) => !row[name]);
    if (missing.length > 0) throw new Error(`${file} has no ${missing.join(', ')} in line ${index + 2}.`);
    if (row['TIMESTAMP'] !== undefined && !/^\d+$/.test(row['TIMESTAMP'])) throw new Error(`${file} has a TIMESTAMP in line ${index + 2} that is no Unix second.`);
  }
  return rows;
}
