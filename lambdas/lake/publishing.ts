import { BatchCreatePartitionCommand, BatchGetPartitionCommand, BatchUpdatePartitionCommand, GetTableCommand } from '@aws-sdk/client-glue';
import type { ErrorDetail, GlueClient, Partition, PartitionInput, StorageDescriptor } from '@aws-sdk/client-glue';

export interface Published {
  /** Folders, as `s3://` addresses, that nothing reads any more: of the run before the one that was replaced. */
  readonly forgotten: readonly string[];
}

interface Publishing {
  readonly glue: Pick<GlueClient, 'send'>;
  readonly database: string;
  readonly run: string;
  readonly days: readonly string[];
}

/** What a partition's folder was before: queries that began earlier may still read it. */
const REPLACED = 'replaced';

/**
 * Lets the days of a table be what a run made of them: each partition's location becomes the run's folder, in one step. Done
 * again, it changes nothing.
 * @param days at most 100, which is what a call takes
 */
export async function publish(table: string, { glue, database, run, days }: Publishing): Promise<Published> {
  const of = { DatabaseName: database, TableName: table };
  const { Table: found } = await glue.send(new GetTableCommand({ DatabaseName: database, Name: table }));
  const storage = found?.StorageDescriptor;
  if (!storage?.Location) throw new Error(`Table ${table} has no location.`);
  const { Partitions: there = [] } = await glue.send(new BatchGetPartitionCommand({ ...of, PartitionsToGet: days.map((day) => ({ Values: [day] })) }));
  const before = new Map(there.map((partition) => [partition.Values?.[0] ?? '', partition]));

  const changes = days.map((day) => ({ day, partition: partitionOf(day, storage, run, before.get(day)) }));
  const created = changes.filter(({ day }) => !before.has(day)).map(({ partition }) => partition);
  const moved = changes.filter(({ day, partition }) => before.has(day) && locationOf(before.get(day)) !== partition.StorageDescriptor?.Location);
  if (created.length > 0) {
    const { Errors: errors = [] } = await glue.send(new BatchCreatePartitionCommand({ ...of, PartitionInputList: created }));
    failOn(table, errors.map(({ PartitionValues: values, ErrorDetail: detail }) => ({ values, detail })));
  }
  if (moved.length > 0) {
    const { Errors: errors = [] } = await glue.send(new BatchUpdatePartitionCommand({ ...of, Entries: moved.map(({ day, partition }) => ({ PartitionValueList: [day], PartitionInput: partition })) }));
    failOn(table, errors.map(({ PartitionValueList: values, ErrorDetail: detail }) => ({ values, detail })));
  }
  // An older run that is published once more is what was replaced.
  const published = new Set(changes.map(({ partition }) => partition.StorageDescriptor?.Location));
  return { forgotten: moved.flatMap(({ day }) => before.get(day)?.Parameters?.[REPLACED] ?? []).filter((folder) => !published.has(folder)) };
}

const locationOf = (partition?: Partition): string | undefined => partition?.StorageDescriptor?.Location;

function partitionOf(day: string, storage: StorageDescriptor, run: string, before?: Partition): PartitionInput {
  const replaced = locationOf(before);
  return {
    Values: [day],
    StorageDescriptor: { ...storage, Location: `${storage.Location?.replace(/\/?$/, '/')}day=${day}/run=${run}/` },
    Parameters: { run, ...(replaced !== undefined && { [REPLACED]: replaced }) },
  };
}

function failOn(table: string, errors: readonly { readonly values?: readonly string[]; readonly detail?: ErrorDetail }[]): void {
  if (errors.length === 0) return;
  throw new Error(`Table ${table}: ${errors.map(({ values = [], detail }) => `${values.join()} ${detail?.ErrorMessage ?? detail?.ErrorCode ?? 'was refused'}`).join('; ')}`);
}
