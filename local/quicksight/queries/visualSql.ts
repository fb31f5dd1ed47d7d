import type { Field, Visual } from '../dashboards/model';
import { quoted, type Engine, type OutputColumn } from './dataSetSql';

/** https://docs.aws.amazon.com/quicksight/latest/user/customizing-number-of-data-points.html: what a chart or a page of a table shows at most. */
export const MOST_POINTS = 10_000;
export const MOST_ROWS = 500;

export interface VisualQuery {
  readonly sql: string;
  readonly kinds: readonly Field['kind'][];
  /** One row more is asked for, to see whether there are more. */
  readonly most: number;
}

export interface VisualQueryProps {
  readonly engine: Engine;
  /** A query or table to select from. */
  readonly source: string;
  readonly columns: readonly OutputColumn[];
  readonly conditions: readonly string[];
  readonly weekStart?: string;
}

/** The query behind a visual: its groups, its values, aggregated where the data is. */
export function visualSql(visual: Visual, { engine, source, columns, conditions, weekStart }: VisualQueryProps): VisualQuery {
  const { groups, values, sort, type, look } = visual;
  const fields = [...groups, ...values];
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.map((condition) => `(${condition})`).join(' AND ')}`;
  const selected = [...groups.map((field) => (look.raw === true ? quoted(field.column.name) : grouped(field, weekStart))), ...values.map((field) => aggregated(field, engine))];
  const grouping = look.raw === true || groups.length === 0 || values.length === 0 ? '' : ` GROUP BY ${groups.map((_, index) => index + 1).join(', ')}`;
  const distinct = look.raw !== true && values.length === 0 ? 'DISTINCT ' : '';
  const most = type === 'TableVisual' ? Math.min(visual.limit ?? MOST_ROWS, MOST_ROWS) : MOST_POINTS;
  const order = orderOf(visual, sort, fields);
  return {
    sql: `SELECT ${distinct}${selected.map((expression, index) => `${expression} AS f${index}`).join(', ')} FROM ${source}${where}${grouping}${groups.length === 0 ? '' : order} LIMIT ${most + 1}`,
    kinds: fields.map((field) => (look.raw === true ? kindOf(columns, field) : field.kind)),
    most,
  };
}

const kindOf = (columns: readonly OutputColumn[], { column, kind }: Field): Field['kind'] => {
  const type = columns.find(({ Name }) => Name === column.name)?.Type;
  return type === 'DATETIME' ? 'date' : type === 'INTEGER' || type === 'DECIMAL' ? 'number' : kind;
};

function grouped({ column, granularity }: Field, weekStart = 'SUNDAY'): string {
  const name = quoted(column.name);
  if (granularity === undefined) return name;
  // The engines' own weeks begin on Mondays.
  if (granularity === 'WEEK' && weekStart === 'SUNDAY') return `date_trunc('week', ${name} + INTERVAL '1' DAY) - INTERVAL '1' DAY`;
  return `date_trunc('${granularity.toLowerCase()}', ${name})`;
}

function aggregated({ column, aggregation = 'SUM', percentile }: Field, engine: Engine): string {
  const name = quoted(column.name);
  const middle = percentile ?? (aggregation === 'MEDIAN' ? 50 : undefined);
  if (middle !== undefined) return engine === 'athena' ? `approx_percentile(${name}, ${middle / 100})` : `percentile_cont(${middle / 100}) WITHIN GROUP (ORDER BY ${name})`;
  // Redshift's average of whole numbers is one.
  if (aggregation === 'AVERAGE') return `avg(CAST(${name} AS ${engine === 'athena' ? 'DOUBLE' : 'DOUBLE PRECISION'}))`;
  if (aggregation === 'DISTINCT_COUNT') return `count(DISTINCT ${name})`;
  return `${FUNCTIONS[aggregation] ?? aggregation.toLowerCase()}(${name})`;
}

const FUNCTIONS: Readonly<Record<string, string>> = { VAR: 'var_samp', VARP: 'var_pop', STDEV: 'stddev_samp', STDEVP: 'stddev_pop' };

/** Where nothing is said, times go forward and categories by their first value, the largest first. */
function orderOf({ groups, values, type, look }: Visual, sort: Visual['sort'], fields: readonly Field[]): string {
  const [first] = groups;
  const said = sort.flatMap(({ fieldId, descending }) => fields.flatMap(({ id }, index) => (id === fieldId ? [`${index + 1} ${descending ? 'DESC' : 'ASC'}`] : [])));
  const byCategory = first?.kind === 'date' || type === 'LineChartVisual' || type === 'TableVisual' || values.length === 0;
  const natural = byCategory ? groups.map((_, index) => `${index + 1} ASC`) : [`${groups.length + 1} DESC`, '1 ASC'];
  const terms = said.length > 0 ? said : look.raw === true ? [] : natural;
  return terms.length === 0 ? '' : ` ORDER BY ${terms.map((term) => `${term} NULLS LAST`).join(', ')}`;
}
