/** A statement that this machine takes, by its shape. All others are refused by name. */
export type Shape =
  | { readonly kind: 'query' | 'change' }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'external-schema'; readonly name: string; readonly role: string }
  | { readonly kind: 'streaming-view'; readonly name: string; readonly autoRefresh: boolean; readonly projection: string; readonly schema: string; readonly stream: string; readonly predicate?: string }
  | { readonly kind: 'refresh'; readonly name: string }
  | { readonly kind: 'drop-view'; readonly name: string };

const QUERY = /^(select|with)\b/i;
const CHANGES = [
  /^create\s+schema\b/i,
  /^create\s+table\b/i,
  /^create\s+(or\s+replace\s+)?view\b/i,
  /^drop\s+(table|view)\b/i,
  /^insert\s+into\b/i,
  /^update\b/i,
  /^delete\s+from\b/i,
];
/** Whoever reaches the database here may do all there: AWS's grants inside it are taken and mean nothing. */
const GRANT = /^grant\s+(usage|select)\b/i;
const EXTERNAL_SCHEMA = /^create\s+external\s+schema\s+(?:if\s+not\s+exists\s+)?(\w+)\s+from\s+kinesis\s+iam_role\s+'([^']+)'$/i;
const STREAMING_VIEW = /^create\s+materialized\s+view\s+([\w.]+)\s+(?:(?:distkey|sortkey)\s*\([^)]*\)\s+|diststyle\s+\w+\s+|backup\s+(?:yes|no)\s+)*auto\s+refresh\s+(yes|no)\s+as\s+select\s+(.+?)\s+from\s+(\w+)\."([^"]+)"(?:\s+where\s+(.+))?$/is;
const REFRESH = /^refresh\s+materialized\s+view\s+([\w.]+)$/i;
const DROP_VIEW = /^drop\s+materialized\s+view\s+(?:if\s+exists\s+)?([\w.]+)$/i;

/** @returns undefined for a statement that is not taken here */
export function shapeOf(sql: string): Shape | undefined {
  if (QUERY.test(sql)) return { kind: 'query' };
  if (CHANGES.some((change) => change.test(sql))) return { kind: 'change' };
  if (GRANT.test(sql)) return { kind: 'nothing' };
  const [, schema, role] = EXTERNAL_SCHEMA.exec(sql) ?? [];
  if (schema !== undefined && role !== undefined) return { kind: 'external-schema', name: schema.toLowerCase(), role };
  const [, view, refresh, projection, source, stream, predicate] = STREAMING_VIEW.exec(sql) ?? [];
  if (view !== undefined && projection !== undefined && source !== undefined && stream !== undefined) {
    return { kind: 'streaming-view', name: view.toLowerCase(), autoRefresh: refresh?.toLowerCase() === 'yes', projection, schema: source.toLowerCase(), stream, predicate };
  }
  const [, refreshed] = REFRESH.exec(sql) ?? [];
  if (refreshed !== undefined) return { kind: 'refresh', name: refreshed.toLowerCase() };
  const [, dropped] = DROP_VIEW.exec(sql) ?? [];
  return dropped === undefined ? undefined : { kind: 'drop-view', name: dropped.toLowerCase() };
}

/** The first words, for the error that names what is not taken. */
export const nameOfStatement = (sql: string): string => sql.split(/\s+/).slice(0, 3).join(' ').toUpperCase();
