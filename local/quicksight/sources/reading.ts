import type { Roles } from '../../aws/roles';
import type { DataSetSettings } from '../api/requests';
import { keyOf, namedBy, type Place } from '../api/resources';
import type { DataSource, Kept } from '../kept';
import type { Cell } from '../dashboards/model';
import { dataSetSql, outputType, physicalOf, tableSql, type Engine, type OutputColumn } from '../queries/dataSetSql';
import type { SourceRows } from '../queries/tables';
import { askAthena } from './athena';
import { readIndex } from './openSearch';
import { askRedshift } from './redshift';
import { sourceError, SourceError } from './sourceError';

/** A data set where it lies: either a query that its source answers, or rows that have to be fetched first. */
export type Reading =
  | { readonly engine: Exclude<Engine, 'duckdb'>; readonly source: string; readonly columns: readonly OutputColumn[]; ask(sql: string): Promise<Cell[][]> }
  | { readonly engine: 'duckdb'; readonly columns: readonly OutputColumn[]; over(table: string): string; rows(): Promise<SourceRows> };

/** Reads data sources through the gateway, each as its own role. */
export class Sources {
  /** What is being asked just now: whoever asks the same meanwhile gets the same answer. */
  readonly #asked = new Map<string, Promise<Cell[][]>>();

  constructor(
    private readonly kept: Kept,
    private readonly roles: Roles,
  ) {}

  /** @throws SourceError DATA_SOURCE_NOT_FOUND */
  reading(place: Place, settings: Pick<DataSetSettings, 'PhysicalTableMap' | 'LogicalTableMap'>): Reading {
    const physical = physicalOf(settings);
    const named = namedBy(physical.dataSourceArn, place);
    const dataSource = named?.kind === 'datasource' ? this.kept.dataSources.get(keyOf(place, named.id)) : undefined;
    if (!dataSource) throw new SourceError('DATA_SOURCE_NOT_FOUND', `The data source ${physical.dataSourceArn} does not exist.`);
    if (dataSource.Type === 'ATHENA' || dataSource.Type === 'REDSHIFT') {
      const engine = dataSource.Type === 'ATHENA' ? 'athena' : 'redshift';
      const { sql, columns } = dataSetSql(physical, tableSql(physical.from), engine);
      return { engine, source: `(${sql}) AS data_set`, columns, ask: (query) => this.#once(`${dataSource.Type} ${physical.dataSourceArn} ${query}`, () => this.#ask(dataSource, query)) };
    }
    const [over, columns] = [(table: string) => `(${dataSetSql(physical, table, 'duckdb').sql}) AS data_set`, dataSetSql(physical, '', 'duckdb').columns];
    const { from } = physical;
    if ('CustomSql' in from) throw new SourceError('SQL_EXCEPTION', 'A data set of OpenSearch is an index: it is no CustomSql.');
    const inputs = physical.columns.map(({ Name, Type }) => ({ Name, Type: outputType(Type) }));
    const read = () => this.#once(`index ${JSON.stringify(from)} ${physical.dataSourceArn}`, () => this.#readIndex(dataSource, from.RelationalTable.Name, physical.columns));
    return { engine: 'duckdb', columns, over, rows: async () => ({ columns: inputs, rows: await read() }) };
  }

  async #ask(dataSource: DataSource, sql: string): Promise<Cell[][]> {
    try {
      const { AthenaParameters, RedshiftParameters } = dataSource.DataSourceParameters;
      const settings = await this.#settings(dataSource, AthenaParameters?.RoleArn ?? RedshiftParameters?.IAMParameters?.RoleArn);
      return await (dataSource.Type === 'ATHENA' ? askAthena(dataSource, settings, sql) : askRedshift(dataSource, settings, sql));
    } catch (error) {
      throw sourceError(error);
    }
  }

  async #readIndex(dataSource: DataSource, index: string, columns: ReturnType<typeof physicalOf>['columns']): Promise<Cell[][]> {
    const { AmazonOpenSearchParameters, AmazonElasticsearchParameters } = dataSource.DataSourceParameters;
    const domain = (AmazonOpenSearchParameters ?? AmazonElasticsearchParameters)?.Domain ?? '';
    return readIndex({ account: dataSource.account, domain, index, columns }, await this.#settings(dataSource, undefined));
  }

  /** Without a role of its own QuickSight acts as the account has allowed it in its console, which no template says: here as the account. */
  async #settings({ account, region }: Place, role: string | undefined): Promise<ReturnType<Roles['settings']>> {
    if (role === undefined) return this.roles.settings(this.roles.ofAccount(account), region);
    return this.roles.settings(await this.roles.assume(role, 'QuickSight', region, this.roles.ofService('quicksight.amazonaws.com', account)), region);
  }

  #once(key: string, ask: () => Promise<Cell[][]>): Promise<Cell[][]> {
    const running = this.#asked.get(key);
    if (running) return running;
    const asking = ask().finally(() => this.#asked.delete(key));
    this.#asked.set(key, asking);
    return asking;
  }
}
