import { gunzipSync } from 'node:zlib';
import { CreateDatasetImportJobCommand, DescribeDatasetImportJobCommand, paginateListDatasetImportJobs } from '@aws-sdk/client-personalize';
import type { DatasetImportJobSummary, PersonalizeClient } from '@aws-sdk/client-personalize';
import { GetObjectCommand, paginateListObjectsV2, PutObjectCommand } from '@aws-sdk/client-s3';
import type { S3Client } from '@aws-sdk/client-s3';
import { interactionsOf, keysOf } from './past-clicks';
import type { Stretch } from './past-clicks';

export interface ImportProps {
  readonly s3: S3Client;
  readonly personalize: PersonalizeClient;
  readonly rawClicksBucket: string;
  /** Which Personalize reads, with this role. */
  readonly importBucket: string;
  readonly importRoleArn: string;
  readonly datasetArn: string;
  readonly pause: (milliseconds: number) => Promise<unknown>;
  /** Takes one line for people to read. */
  readonly onProgress: (line: string) => void;
}

export interface Imported {
  readonly files: number;
  /** Of an earlier run that was stopped. */
  readonly alreadyThere: number;
  readonly jobArn?: string;
}

const BETWEEN_LOOKS_MS = 5_000;
const day = (moment: Date): string => moment.toISOString().replace(/[-:]/g, '').slice(0, 13);

/**
 * Imports what arrived in a stretch of time, in place of what was imported before; what Personalize was told of as it happened
 * stays. Begun again, it goes on where it was stopped: files that are there are not made again, and a job that is at work is
 * waited for.
 * @throws Error naming why Personalize did not import
 */
export async function importClicks(props: ImportProps, stretch: Stretch): Promise<Imported> {
  const name = `${day(stretch.from)}-${day(stretch.until)}`;
  const folder = `interactions/${name}/`;
  const copied = await copyClicks(props, stretch, folder);
  if (copied.files + copied.alreadyThere === 0) return { files: 0, alreadyThere: 0 };
  const { newest, ...counts } = copied;
  const jobArn = await runJob(props, { name: `past-${name}`, dataLocation: `s3://${props.importBucket}/${folder}`, newest });
  return { ...counts, jobArn };
}

async function copyClicks({ s3, rawClicksBucket, importBucket, onProgress }: ImportProps, stretch: Stretch, folder: string): Promise<Omit<Imported, 'jobArn'> & { readonly newest: Date }> {
  const there = new Set<string>();
  let newest = new Date(0);
  for await (const { Contents: contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket: importBucket, Prefix: folder })) {
    for (const { Key: key = '', LastModified: at = newest } of contents) {
      there.add(key);
      if (at > newest) newest = at;
    }
  }
  const { after, last } = keysOf(stretch);
  let [files, alreadyThere, rows] = [0, 0, 0];
  // Keys are in the order of arrival.
  for await (const { Contents: contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket: rawClicksBucket, Prefix: 'clicks/', StartAfter: after })) {
    for (const { Key: key = '' } of contents) {
      if (key > last) return { files, alreadyThere, newest };
      const target = `${folder}${key.replaceAll('/', '_')}.csv`;
      if (there.has(target)) {
        alreadyThere += 1;
        continue;
      }
      const { Body: body } = await s3.send(new GetObjectCommand({ Bucket: rawClicksBucket, Key: key }));
      const made = interactionsOf(gunzipSync(await (body?.transformToByteArray() ?? new Uint8Array())).toString('utf8').split('\n'), stretch);
      if (!made) continue;
      await s3.send(new PutObjectCommand({ Bucket: importBucket, Key: target, Body: made.csv, ContentType: 'text/csv' }));
      newest = new Date();
      files += 1;
      rows += made.rows;
      if (files % 10 === 0) onProgress(`${rows} interactions of ${files} files, up to ${/year=.*hour=\d\d/.exec(key)?.[0] ?? key} …`);
    }
  }
  return { files, alreadyThere, newest };
}

/** The job that has read all of the files, which may be there already or have failed; then there is another. */
async function runJob(props: ImportProps, { name, dataLocation, newest }: { readonly name: string; readonly dataLocation: string; readonly newest: Date }): Promise<string> {
  const { personalize, datasetArn, importRoleArn: roleArn, pause, onProgress } = props;
  const earlier: DatasetImportJobSummary[] = [];
  for await (const { datasetImportJobs: jobs = [] } of paginateListDatasetImportJobs({ client: personalize }, { datasetArn })) earlier.push(...jobs.filter(({ jobName }) => jobName?.startsWith(`${name}-`)));
  let arn = earlier.find(({ status, creationDateTime }) => status !== 'CREATE FAILED' && creationDateTime !== undefined && creationDateTime >= newest)?.datasetImportJobArn;
  arn ??= (await personalize.send(new CreateDatasetImportJobCommand({ jobName: `${name}-${earlier.length + 1}`, datasetArn, dataSource: { dataLocation }, roleArn, importMode: 'FULL' }))).datasetImportJobArn;
  if (arn === undefined) throw new Error('Personalize gave the job no name.');
  for (;;) {
    const { datasetImportJob: { status, failureReason } = {} } = await personalize.send(new DescribeDatasetImportJobCommand({ datasetImportJobArn: arn }));
    if (status === 'ACTIVE') return arn;
    if (status === 'CREATE FAILED') throw new Error(`Personalize did not import ${dataLocation}: ${failureReason ?? 'it does not say why'}`);
    onProgress(`${arn.split('/').at(-1)}: ${status} …`);
    await pause(BETWEEN_LOOKS_MS);
  }
}
