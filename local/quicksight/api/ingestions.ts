import { seconds, type DataSet, type Ingestion, type Kept } from '../kept';
import { quoted } from '../queries/dataSetSql';
import type { Tables } from '../queries/tables';
import type { Sources } from '../sources/reading';
import { sourceError } from '../sources/sourceError';
import { arnOf, begun, keyOf, ResourceError, type Place } from './resources';

/** What is remembered of a data set's ingestions. */
const MOST_KEPT = 200;
const RUNNING = new Set<Ingestion['status']>(['QUEUED', 'RUNNING']);

export interface IngestionsProps {
  readonly kept: Kept;
  readonly tables: Tables;
  readonly sources: Sources;
}

/** Fills data sets of SPICE, each by one ingestion at a time. */
export class Ingestions {
  readonly #working = new Map<string, Promise<void>>();

  constructor(private readonly props: IngestionsProps) {}

  readonly arn = (dataSet: DataSet, id: string): string => `${arnOf('dataset', dataSet, dataSet.id)}/ingestion/${id}`;

  /** @throws ResourceError ResourceNotFoundException */
  of(dataSet: DataSet, id: string): Ingestion {
    const found = this.props.kept.ingestions.get(keyOf(dataSet, `${dataSet.id}/${id}`));
    if (!found) throw new ResourceError('ResourceNotFoundException', `Ingestion ${id} is not found`, 'INGESTION');
    return found;
  }

  /** Newest first. */
  list(dataSet: Place & Pick<DataSet, 'id'>): Ingestion[] {
    return [...this.props.kept.ingestions.values()].filter((one) => one.account === dataSet.account && one.region === dataSet.region && one.dataSet === dataSet.id).toReversed();
  }

  /** The same id is the same ingestion. */
  async start(dataSet: DataSet, { id, source, type }: Pick<Ingestion, 'id' | 'source' | 'type'>): Promise<Ingestion> {
    const { kept } = this.props;
    const known = kept.ingestions.get(keyOf(dataSet, `${dataSet.id}/${id}`));
    if (known) throw new ResourceError('ResourceExistsException', `Ingestion ${id} already exists`, 'INGESTION');
    const made: Ingestion = { ...begun(dataSet, id), dataSet: dataSet.id, status: 'QUEUED', source, type };
    kept.ingestions.put(keyOf(dataSet, `${dataSet.id}/${id}`), made);
    for (const old of this.list(dataSet).slice(MOST_KEPT)) kept.ingestions.delete(keyOf(old, `${old.dataSet}/${old.id}`));
    await kept.commit();
    this.#queue(made);
    return made;
  }

  /** Goes on with what a process that ended had begun. */
  resume(): void {
    for (const one of this.props.kept.ingestions.values()) if (RUNNING.has(one.status)) this.#queue(one);
  }

  /** Takes what is kept of a data set away, once nothing fills it any more. */
  async forget(dataSet: DataSet): Promise<void> {
    const { kept, tables } = this.props;
    const key = keyOf(dataSet, dataSet.id);
    for (const one of this.list(dataSet)) kept.ingestions.delete(keyOf(one, `${one.dataSet}/${one.id}`));
    await this.#working.get(key);
    await tables.forget(key);
  }

  async stop(): Promise<void> {
    await Promise.all(this.#working.values());
  }

  readonly shown = (one: Ingestion): object => ({
    Arn: `${arnOf('dataset', one, one.dataSet)}/ingestion/${one.id}`,
    IngestionId: one.id,
    IngestionStatus: one.status,
    ErrorInfo: one.error,
    RowInfo: one.rows,
    CreatedTime: one.createdAt,
    IngestionTimeInSeconds: one.endedAt === undefined ? undefined : Math.round(one.endedAt - one.createdAt),
    RequestSource: one.source,
    RequestType: one.type,
  });

  #queue(ingestion: Ingestion): void {
    const key = keyOf(ingestion, ingestion.dataSet);
    const work = (this.#working.get(key) ?? Promise.resolve()).then(() => this.#run(ingestion)).catch((error: unknown) => console.error(error));
    this.#working.set(key, work);
  }

  async #run({ account, region, dataSet: id, id: ingestion }: Ingestion): Promise<void> {
    const { kept, tables, sources } = this.props;
    const place = { account, region };
    const become = async (change: Partial<Ingestion>): Promise<void> => {
      const key = keyOf(place, `${id}/${ingestion}`);
      const found = kept.ingestions.get(key);
      if (found) kept.ingestions.put(key, { ...found, ...change, updatedAt: seconds() });
      await kept.commit();
    };
    const dataSet = kept.dataSets.get(keyOf(place, id));
    if (!dataSet) return;
    await become({ status: 'RUNNING' });
    try {
      const reading = sources.reading(place, dataSet);
      const { columns } = reading;
      const selected = `SELECT ${columns.map(({ Name }) => quoted(Name)).join(', ')} FROM `;
      const rows = reading.engine === 'duckdb' ? await tables.askRows(await reading.rows(), (table) => selected + reading.over(table)) : await reading.ask(selected + reading.source);
      const { kept: ingested, dropped } = await tables.keep(keyOf(place, id), { columns, rows });
      await become({ status: 'COMPLETED', endedAt: seconds(), rows: { RowsIngested: ingested, RowsDropped: dropped, TotalRowsInDataset: ingested } });
    } catch (error) {
      const { type, message } = sourceError(error);
      await become({ status: 'FAILED', endedAt: seconds(), error: { Type: type, Message: message } });
    }
  }
}
