import { BatchCreatePartitionCommand, BatchGetPartitionCommand, BatchUpdatePartitionCommand, GetTableCommand } from '@aws-sdk/client-glue';
import type { GlueClient, Partition, PartitionInput } from '@aws-sdk/client-glue';
import { publish } from '../../../lambdas/lake/publishing';

const StorageDescriptor = { Location: 's3://processed/clicks/', Columns: [{ Name: 'event_id', Type: 'string' }] };

/** A catalogue with one table. */
function catalogue(refuses = false) {
  const partitions = new Map<string, Partition>();
  const keep = (input: PartitionInput = {}): void => void partitions.set(input.Values?.[0] ?? '', input);
  const Errors = refuses ? [{ PartitionValues: ['2026-11-22'], PartitionValueList: ['2026-11-22'], ErrorDetail: { ErrorCode: 'Busy', ErrorMessage: 'is busy' } }] : [];
  const send = async (command: unknown): Promise<unknown> => {
    if (command instanceof GetTableCommand) return { Table: { Name: 'clicks', StorageDescriptor } };
    if (command instanceof BatchGetPartitionCommand) return { Partitions: (command.input.PartitionsToGet ?? []).flatMap(({ Values }) => partitions.get(Values?.[0] ?? '') ?? []) };
    if (command instanceof BatchCreatePartitionCommand && !refuses) command.input.PartitionInputList?.forEach(keep);
    if (command instanceof BatchUpdatePartitionCommand && !refuses) command.input.Entries?.forEach(({ PartitionInput: input }) => keep(input));
    return { Errors };
  };
  return { partitions, glue: { send } as Pick<GlueClient, 'send'> };
}
const at = (run: string): string => `s3://processed/clicks/day=2026-11-22/run=${run}/`;
const asked = (glue: Pick<GlueClient, 'send'>, run: string) => ({ glue, run, database: 'lake', days: ['2026-11-22'] });

test('a day is read where its last run wrote it, with the columns of the table', async () => {
  const { glue, partitions } = catalogue();
  await publish('clicks', asked(glue, 'first'));
  await publish('clicks', asked(glue, 'second'));
  expect(partitions.get('2026-11-22')).toEqual({ Values: ['2026-11-22'], StorageDescriptor: { ...StorageDescriptor, Location: at('second') }, Parameters: { run: 'second', replaced: at('first') } });
});

test('what was replaced is forgotten the time after, when no query reads it any more', async () => {
  const { glue } = catalogue();
  expect(await publish('clicks', asked(glue, 'first'))).toEqual({ forgotten: [] });
  expect(await publish('clicks', asked(glue, 'second'))).toEqual({ forgotten: [] });
  expect(await publish('clicks', asked(glue, 'third'))).toEqual({ forgotten: [at('first')] });
});

test('publishing a run again changes and forgets nothing', async () => {
  const { glue, partitions } = catalogue();
  await publish('clicks', asked(glue, 'first'));
  await publish('clicks', asked(glue, 'second'));
  const before = structuredClone(partitions);
  expect(await publish('clicks', asked(glue, 'second'))).toEqual({ forgotten: [] });
  expect(partitions).toEqual(before);
});

test('an older run can be published once more, and keeps its folder', async () => {
  const { glue } = catalogue();
  await publish('clicks', asked(glue, 'first'));
  await publish('clicks', asked(glue, 'second'));
  expect(await publish('clicks', asked(glue, 'first'))).toEqual({ forgotten: [] });
});

test('what Glue refuses is named', async () => {
  await expect(publish('clicks', asked(catalogue(true).glue, 'first'))).rejects.toThrow('Table clicks: 2026-11-22 is busy');
});
