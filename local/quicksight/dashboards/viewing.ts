import { keyOf, namedBy, type Place } from '../api/resources';
import type { Ingestions } from '../api/ingestions';
import { outputColumns } from '../definition/check';
import type { Definition } from '../definition/definition';
import { NotDrawn } from '../definition/fields';
import { visualOf } from '../definition/visuals';
import type { Dashboard, DataSet, Kept } from '../kept';
import { quoted, type Engine } from '../queries/dataSetSql';
import { withCalculated } from '../queries/expression';
import { groupCondition, groupsFor, type Choices } from '../queries/filters';
import type { Tables } from '../queries/tables';
import { visualSql } from '../queries/visualSql';
import type { Sources } from '../sources/reading';
import { filterIn, NotThere, visualIn } from './finding';
import type { Cell, DashboardSummary, Field, ShownDashboard, VisualData } from './model';
import { shownSheet } from './sheets';

export interface ViewingProps {
  readonly kept: Kept;
  readonly tables: Tables;
  readonly sources: Sources;
  readonly ingestions: Ingestions;
}

/** What of a data set is asked, and the query for it over a source of rows. */
interface Asked {
  readonly dataSet: DataSet;
  readonly sqlOver: (source: string, engine: Engine) => string;
}

const MOST_VALUES = 1_000;

/** Dashboards as somebody looks at them: their published version, with the data of just now or of SPICE. */
export class Viewing {
  constructor(private readonly props: ViewingProps) {}

  list(): DashboardSummary[] {
    return [...this.props.kept.dashboards.values()].flatMap((one) => (one.published ? [summary(one, one.published.at)] : []));
  }

  /** @throws NotThere */
  dashboard(place: Place, id: string): ShownDashboard {
    const { one, definition, version, at } = this.#published(place, id);
    return { ...summary(one, at), version, sheets: definition.Sheets.map((sheet) => shownSheet(sheet, definition)) };
  }

  /**
   * The rows of one visual.
   *
   * @throws NotThere, or NotDrawn and SourceError with the reason why there are none
   */
  async data(place: Place, id: string, visualId: string, choices: Choices, now: Date): Promise<VisualData> {
    const { definition } = this.#published(place, id);
    const { sheet, visual: defined } = visualIn(definition, visualId);
    const visual = visualOf(defined, definition);
    if (visual.notDrawn !== undefined) throw new NotDrawn(visual.notDrawn);
    const fields = [...visual.groups, ...visual.values];
    const identifier = fields[0]?.column.dataSet ?? '';
    const dataSet = this.#dataSet(place, definition, identifier);
    const { columns, over } = withCalculated(definition, identifier, outputColumns(dataSet));
    const conditions = groupsFor(definition, sheet.SheetId, visualId).flatMap((group) => groupCondition(group, identifier, { now, choices, columns }) ?? []);
    const query = (source: string, engine: Engine) => visualSql(visual, { source: over(source, engine), engine, columns, conditions, weekStart: definition.Options?.WeekStart });
    const { rows, ...state } = await this.#ask({ dataSet, sqlOver: (source, engine) => query(source, engine).sql }, now);
    const { kinds, most } = query('nothing', 'duckdb');
    return { rows: rows.slice(0, most).map((row) => row.map((cell, index) => shownCell(cell, kinds[index]))), cut: rows.length > most, mode: dataSet.ImportMode, ...state };
  }

  /** What a filter of categories can be set to. */
  async values(place: Place, id: string, filterId: string): Promise<string[]> {
    const { definition } = this.#published(place, id);
    const { Column } = filterIn(definition, filterId);
    const dataSet = this.#dataSet(place, definition, Column.DataSetIdentifier);
    const column = quoted(Column.ColumnName);
    const { over } = withCalculated(definition, Column.DataSetIdentifier, outputColumns(dataSet));
    const { rows } = await this.#ask({ dataSet, sqlOver: (source, engine) => `SELECT DISTINCT ${column} AS f0 FROM ${over(source, engine)} WHERE ${column} IS NOT NULL ORDER BY 1 LIMIT ${MOST_VALUES}` }, new Date());
    return rows.map(([value]) => String(value));
  }

  async #ask({ dataSet, sqlOver }: Asked, now: Date): Promise<Pick<VisualData, 'asOf' | 'stale'> & { readonly rows: readonly (readonly Cell[])[] }> {
    const { tables, sources } = this.props;
    if (dataSet.ImportMode === 'SPICE') return this.#askSpice(dataSet, sqlOver);
    const reading = sources.reading(dataSet, dataSet);
    const rows = reading.engine === 'duckdb' ? await tables.askRows(await reading.rows(), (table) => sqlOver(reading.over(table), 'duckdb')) : await reading.ask(sqlOver(reading.source, reading.engine));
    return { rows, asOf: now.toISOString() };
  }

  async #askSpice(dataSet: DataSet, sqlOver: Asked['sqlOver']): Promise<Pick<VisualData, 'asOf' | 'stale'> & { readonly rows: readonly (readonly Cell[])[] }> {
    const { tables, ingestions } = this.props;
    const key = keyOf(dataSet, dataSet.id);
    const all = ingestions.list(dataSet);
    const good = all.find(({ status }) => status === 'COMPLETED');
    const [newest] = all;
    const stale = newest?.status === 'FAILED' ? `The last ingestion failed: ${newest.error?.Message ?? ''}` : good === undefined && newest !== undefined ? 'The data set is being filled.' : undefined;
    if (!good || !(await tables.has(key))) return { rows: [], stale };
    return { rows: await tables.ask(key, (source) => sqlOver(source, 'duckdb')), asOf: new Date(good.createdAt * 1_000).toISOString(), stale };
  }

  #published(place: Place, id: string): { readonly one: Dashboard; readonly definition: Definition; readonly version: number; readonly at: number } {
    const one = this.props.kept.dashboards.get(keyOf(place, id));
    const version = one?.versions.find(({ number }) => number === one.published?.number);
    if (!one?.published || !version) throw new NotThere('There is no such dashboard.');
    return { one, definition: version.definition, version: version.number, at: one.published.at };
  }

  #dataSet(place: Place, { DataSetIdentifierDeclarations }: Definition, identifier: string): DataSet {
    const arn = DataSetIdentifierDeclarations.find(({ Identifier }) => Identifier === identifier)?.DataSetArn ?? '';
    const named = namedBy(arn, place);
    const dataSet = named?.kind === 'dataset' ? this.props.kept.dataSets.get(keyOf(place, named.id)) : undefined;
    if (!dataSet) throw new NotThere(`The data set ${arn || identifier} is not there any more.`);
    return dataSet;
  }
}

const summary = ({ account, region, id, name }: Dashboard, publishedAt: number): DashboardSummary => ({ account, region, id, name, publishedAt: new Date(publishedAt * 1_000).toISOString() });

/** Engines write numbers and times in their own ways; times are in UTC. */
function shownCell(cell: Cell, kind: Field['kind'] | undefined): Cell {
  if (cell === null) return null;
  if (kind === 'number') return Number(cell);
  if (kind !== 'date') return String(cell);
  const text = String(cell).trim().replace(' UTC', 'Z').replace(/^(\d{4}-\d{2}-\d{2})$/, '$1T00:00:00Z').replace(' ', 'T').replace(/\+00(:?00)?$/, 'Z');
  const at = new Date(/(Z|[+-]\d{2}:?\d{2})$/.test(text) ? text : `${text}Z`);
  return Number.isNaN(at.getTime()) ? String(cell) : at.toISOString();
}
