import type { Definition } from '../definition/definition';
import { NotDrawn } from '../definition/fields';
import { quoted, SQL_TYPES, text, type Engine, type OutputColumn } from './dataSetSql';

const TOKEN = /\s*(?:\{([^}]+)\}|(\d+(?:\.\d+)?)|'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([A-Za-z_]\w*)|(<>|<=|>=|[-+*/(),=<>]))/y;
const FUNCTIONS: Readonly<Record<string, string>> = { abs: 'abs', ceil: 'ceil', floor: 'floor', round: 'round', coalesce: 'coalesce', and: 'AND', or: 'OR' };

/**
 * A calculated field of one row in SQL: arithmetic, comparisons and a few functions of
 * https://docs.aws.amazon.com/quicksight/latest/user/calculated-field-reference.html
 *
 * @throws NotDrawn for what is not calculated here
 */
export function expressionSql(expression: string, columns: readonly OutputColumn[], engine: Engine): string {
  let sql = '';
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < expression.trimEnd().length) {
    const from = TOKEN.lastIndex;
    const [, column, number, single, double, word, sign] = TOKEN.exec(expression) ?? [];
    const literal = single ?? double;
    if (column !== undefined) sql += ` ${columnSql(column, columns, engine)}`;
    else if (literal !== undefined) sql += ` ${text(literal.replace(/\\(.)/g, '$1'))}`;
    else if (word !== undefined && Object.hasOwn(FUNCTIONS, word.toLowerCase())) sql += ` ${FUNCTIONS[word.toLowerCase()] ?? ''}`;
    else if (number !== undefined || sign !== undefined) sql += ` ${number ?? sign ?? ''}`;
    else throw new NotDrawn(`The calculated field ${expression} is not calculated on this machine, from ${expression.slice(from).trim().split(/\s/)[0] ?? ''} on.`);
  }
  return sql.trim();
}

/** What is divided is no whole number there, in any engine. */
function columnSql(name: string, columns: readonly OutputColumn[], engine: Engine): string {
  const type = columns.find(({ Name }) => Name === name)?.Type;
  if (type === undefined) throw new NotDrawn(`A calculated field names the column ${name}, which its data set lacks.`);
  return type === 'INTEGER' ? `CAST(${quoted(name)} AS ${SQL_TYPES[engine].DECIMAL})` : quoted(name);
}

export interface Calculated {
  readonly columns: readonly OutputColumn[];
  /** A source of rows that has them all. */
  readonly over: (source: string, engine: Engine) => string;
}

/** The columns of a data set with the fields that a definition calculates of them, which are numbers. */
export function withCalculated({ CalculatedFields }: Pick<Definition, 'CalculatedFields'>, dataSet: string, columns: readonly OutputColumn[]): Calculated {
  const fields = CalculatedFields.filter(({ DataSetIdentifier }) => DataSetIdentifier === dataSet);
  if (fields.length === 0) return { columns, over: (source) => source };
  const selected = (engine: Engine): string => fields.map(({ Name, Expression }) => `${expressionSql(Expression, columns, engine)} AS ${quoted(Name)}`).join(', ');
  return { columns: [...columns, ...fields.map(({ Name }) => ({ Name, Type: 'DECIMAL' as const }))], over: (source, engine) => `(SELECT *, ${selected(engine)} FROM ${source}) AS calculated` };
}
