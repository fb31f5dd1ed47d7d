/** A statement that this machine takes, by its shape. All others are refused by name. */
export type Shape =
  | { readonly kind: 'query' | 'change' }
  | { readonly kind: 'create-view'; readonly name: string }
  | { readonly kind: 'user'; readonly name: string }
  | { readonly kind: 'password'; readonly name: string }
  | { readonly kind: 'grant'; readonly right: 'usage' | 'select'; readonly name: string; readonly user: string }
  | { readonly kind: 'external-schema'; readonly name: string; readonly role: string }
  | { readonly kind: 'streaming-view'; readonly name: string; readonly autoRefresh: boolean; readonly projection: string; readonly schema: string; readonly stream: string; readonly predicate?: string }
  | { readonly kind: 'refresh'; readonly name: string }
  | { readonly kind: 'auto-refresh'; readonly name: string; readonly on: boolean }
  | { readonly kind: 'drop-view'; readonly name: string };

const QUERY = /^(select|with)\b/i;
const CHANGES = [
  /^create\s+schema\b/i,
  /^create\s+table\b/i,
  /^drop\s+(table|view)\b/i,
  /^insert\s+into\b/i,
  /^update\b/i,
  /^delete\s+from\b/i,
];
const CREATE_VIEW = /^create\s+(?:or\s+replace\s+)?view\s+([\w.]+)\s/i;
// A password is asked for by nobody here: the Data API signs in by a role or by the administrator's secret.
const USER = /^create\s+user\s+"([^"]+)"\s+password\s+(?:disable|'sha256\|[0-9a-f]{64}\|[0-9a-f]+')$/i;
const PASSWORD = /^alter\s+user\s+"([^"]+)"\s+password\s+(?:disable|'sha256\|[0-9a-f]{64}\|[0-9a-f]+')$/i;
const GRANT = /^grant\s+(usage\s+on\s+schema|select\s+on)\s+([\w.]+)\s+to\s+"([^"]+)"$/i;
const EXTERNAL_SCHEMA = /^create\s+external\s+schema\s+(?:if\s+not\s+exists\s+)?(\w+)\s+from\s+kinesis\s+iam_role\s+'([^']+)'$/i;
const STREAMING_VIEW = /^create\s+materialized\s+view\s+([\w.]+)\s+(?:(?:distkey|sortkey)\s*\([^)]*\)\s+|diststyle\s+\w+\s+|backup\s+(?:yes|no)\s+)*auto\s+refresh\s+(yes|no)\s+as\s+select\s+(.+?)\s+from\s+(\w+)\."([^"]+)"(?:\s+where\s+(.+))?$/is;
const REFRESH = /^refresh\s+materialized\s+view\s+([\w.]+)$/i;
const AUTO_REFRESH = /^alter\s+materialized\s+view\s+([\w.]+)\s+auto\s+refresh\s+(yes|no)$/i;
const DROP_VIEW = /^drop\s+materialized\s+view\s+(?:if\s+exists\s+)?([\w.]+)$/i;

/** @returns undefined for a statement that is not taken here */
export function shapeOf(sql: string): Shape | undefined {
  if (QUERY.test(sql)) return { kind: 'query' };
  if (CHANGES.some((change) => change.test(sql))) return { kind: 'change' };
  const [, created] = CREATE_VIEW.exec(sql) ?? [];
  if (created !== undefined) return { kind: 'create-view', name: created.toLowerCase() };
  const [, user] = USER.exec(sql) ?? [];
  if (user !== undefined) return { kind: 'user', name: user };
  const [, altered] = PASSWORD.exec(sql) ?? [];
  if (altered !== undefined) return { kind: 'password', name: altered };
  const [, right, on, grantee] = GRANT.exec(sql) ?? [];
  if (right !== undefined && on !== undefined && grantee !== undefined) return { kind: 'grant', right: /^usage/i.test(right) ? 'usage' : 'select', name: on.toLowerCase(), user: grantee };
  const [, schema, role] = EXTERNAL_SCHEMA.exec(sql) ?? [];
  if (schema !== undefined && role !== undefined) return { kind: 'external-schema', name: schema.toLowerCase(), role };
  const [, view, refresh, projection, source, stream, predicate] = STREAMING_VIEW.exec(sql) ?? [];
  if (view !== undefined && projection !== undefined && source !== undefined && stream !== undefined) {
    return { kind: 'streaming-view', name: view.toLowerCase(), autoRefresh: refresh?.toLowerCase() === 'yes', projection, schema: source.toLowerCase(), stream, predicate };
  }
  const [, refreshed] = REFRESH.exec(sql) ?? [];
  if (refreshed !== undefined) return { kind: 'refresh', name: refreshed.toLowerCase() };
  const [, kept, automatic] = AUTO_REFRESH.exec(sql) ?? [];
  if (kept !== undefined) return { kind: 'auto-refresh', name: kept.toLowerCase(), on: automatic?.toLowerCase() === 'yes' };
  const [, dropped] = DROP_VIEW.exec(sql) ?? [];
  return dropped === undefined ? undefined : { kind: 'drop-view', name: dropped.toLowerCase() };
}

/** The first words, for the error that names what is not taken. */
export const nameOfStatement = (sql: string): string => sql.split(/\s+/).slice(0, 3).join(' ').toUpperCase();
