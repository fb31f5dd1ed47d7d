import { tokensOf, type Token } from './tokens';

export interface Dialect {
  /** Names of columns of type SUPER, in lower case. */
  readonly superColumns: ReadonlySet<string>;
  /** The workgroup's `enable_case_sensitive_identifier`; without it Redshift folds also quoted names and SUPER's attributes. */
  readonly caseSensitive: boolean;
}

/** Functions whose first argument Redshift takes as a bare word: `DATEADD(minute, -5, GETDATE())`. */
const OF_DATE_PARTS = new Set(['dateadd', 'datediff']);

/**
 * Redshift's SQL as DuckDB's: navigation into SUPER, its type, bare date parts, `APPROXIMATE COUNT(DISTINCT …)` (which is
 * exact here) and named parameters (`:from` becomes `$from`).
 */
export function toDuckDb(sql: string, dialect: Dialect): string {
  const tokens = tokensOf(sql);
  let result = '';
  for (let at = 0; at < tokens.length; ) {
    const navigation = navigationAt(tokens, at, dialect);
    const [text, next] = navigation ?? single(tokens, at);
    result += text;
    at = next;
  }
  return result;
}

function single(tokens: readonly Token[], at: number): [string, number] {
  const { kind, text } = tokens[at] ?? { kind: 'space', text: '' };
  const next = tokens[at + 1];
  if (kind === 'symbol' && text === ':' && next?.kind === 'word') return [`$${next.text}`, at + 2];
  if (kind !== 'word') return [text, at + 1];
  const word = text.toLowerCase();
  if (word === 'super') return ['JSON', at + 1];
  if (word === 'approximate') return ['', at + 1];
  if (OF_DATE_PARTS.has(word) && next?.text === '(' && tokens[at + 2]?.kind === 'word') return [`${text}('${tokens[at + 2]?.text.toLowerCase()}'`, at + 3];
  return [text, at + 1];
}

/** `payload."price"."amount"::int` becomes a cast of the text there; without a cast it stays JSON. */
function navigationAt(tokens: readonly Token[], at: number, { superColumns, caseSensitive }: Dialect): [string, number] | undefined {
  const column = tokens[at];
  if (column?.kind !== 'word' || !superColumns.has(column.text.toLowerCase())) return undefined;
  let next = at + 1;
  let path = '$';
  for (;;) {
    const [dot, name, close] = [tokens[next], tokens[next + 1], tokens[next + 2]];
    if (dot?.text === '.' && (name?.kind === 'word' || name?.kind === 'quoted')) {
      const attribute = name.kind === 'quoted' ? name.text.slice(1, -1) : name.text;
      path += `."${caseSensitive && name.kind === 'quoted' ? attribute : attribute.toLowerCase()}"`;
      next += 2;
    } else if (dot?.text === '[' && /^\d+$/.test(name?.text ?? '') && close?.text === ']') {
      path += `[${name?.text}]`;
      next += 3;
    } else break;
  }
  if (path === '$') return undefined;
  const place = `${column.text}, '${path.replaceAll("'", "''")}'`;
  if (tokens[next]?.text !== '::') return [`json_extract(${place})`, next];
  return [`json_extract_string(${place})`, next];
}
