import { bulkBody, failuresIn } from './bulk';
import type { Change, FailedChange } from './bulk';
import { changeBy } from './indexed';
import type { Indexed, StreamRecord } from './indexed';
import { SearchAwayError } from './open-search';
import type { OpenSearch } from './open-search';

export interface IndexingProps {
  readonly openSearch: Pick<OpenSearch, 'call'>;
  readonly indexed: Indexed;
  /** What cannot be indexed, and why. */
  readonly onFailure: (sequenceNumber: string, reason: string) => void;
  /** How long to wait before each further attempt while the domain is away, in milliseconds. */
  readonly pauses: readonly number[];
  readonly pause: (milliseconds: number) => Promise<unknown>;
}

/**
 * Brings records of a table's stream into the index: what stands beside a poisoned record is indexed all the
 * same, and a record that comes again changes nothing.
 * @returns the sequence numbers of those that are not in the index
 */
export async function indexRecords(props: IndexingProps, records: readonly StreamRecord[]): Promise<string[]> {
  const failed = new Set<string>();
  const fail = (sequenceNumber: string, reason: string): void => {
    failed.add(sequenceNumber);
    props.onFailure(sequenceNumber, reason);
  };
  const changes = records.flatMap((record): { change: Change; sequenceNumber: string }[] => {
    const sequenceNumber = record.dynamodb?.SequenceNumber ?? '';
    try {
      return [{ change: changeBy(record, props.indexed), sequenceNumber }];
    } catch (error) {
      fail(sequenceNumber, error instanceof Error ? error.message : String(error));
      return [];
    }
  });
  if (changes.length > 0) {
    for (const { index, reason } of await bulk(props, props.indexed.definition.alias, changes.map(({ change }) => change))) fail(changes[index]?.sequenceNumber ?? '', reason);
  }
  return [...failed];
}

/** An index that is not there is refused: a misspelt alias must not become one. */
async function bulk({ openSearch, pauses, pause }: IndexingProps, alias: string, changes: readonly Change[]): Promise<FailedChange[]> {
  for (const wait of [...pauses, undefined]) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- an attempt follows the one that has failed
      return failuresIn(await openSearch.call({ method: 'POST', path: `${alias}/_bulk`, query: { require_alias: 'true' }, body: bulkBody(changes) }), changes);
    } catch (error) {
      if (!(error instanceof SearchAwayError)) throw error;
      if (wait === undefined) return changes.map((_, index) => ({ index, status: 503, reason: error.message }));
      // oxlint-disable-next-line no-await-in-loop
      await pause(wait);
    }
  }
  return [];
}
