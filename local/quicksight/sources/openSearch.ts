import * as z from 'zod';
import type { ClientSettings } from '../../aws/roles';
import type { InputColumn } from '../api/requests';
import type { Cell } from '../dashboards/model';
import { SourceError } from './sourceError';

const PAGE = 5_000;
/** What is fetched of an index at most; more would not fit into the memory of one machine beside everything else. */
const MOST_DOCUMENTS = 200_000;
const Page = z.object({ _scroll_id: z.string(), hits: z.object({ hits: z.array(z.object({ _source: z.record(z.string(), z.unknown()) })) }) });

export interface OpenSearchIndex {
  readonly account: string;
  readonly domain: string;
  readonly index: string;
  readonly columns: readonly InputColumn[];
}

/**
 * Reads all documents of an index, each a row; a column of something within something else is named with dots. QuickSight asks the
 * SQL plugin of the domain, which the node of this machine lacks.
 *
 * @throws SourceError
 */
export async function readIndex({ account, domain, index, columns }: OpenSearchIndex, settings: ClientSettings): Promise<Cell[][]> {
  const send = async (method: 'POST' | 'DELETE', path: string, body: object, query: Record<string, string> = {}): Promise<unknown> => {
    const answer = await signed(settings, method, `/_local/domains/${account}/${settings.region}/${domain}/${path}`, query, JSON.stringify(body));
    const content = await answer.text();
    if (!answer.ok) throw new SourceError(answer.status === 404 ? 'SQL_TABLE_NOT_FOUND' : answer.status === 403 ? 'PERMISSION_DENIED' : 'CONNECTION_FAILURE', `${domain} answers ${answer.status}: ${reasonIn(content)}`);
    return JSON.parse(content);
  };
  const rows: Cell[][] = [];
  let page = Page.parse(await send('POST', `${encodeURIComponent(index)}/_search`, { size: PAGE, sort: ['_doc'], _source: columns.map(({ Name }) => Name) }, { scroll: '1m' }));
  while (page.hits.hits.length > 0) {
    rows.push(...page.hits.hits.map(({ _source }) => columns.map(({ Name }) => cellAt(_source, Name))));
    if (rows.length > MOST_DOCUMENTS) throw new SourceError('DATA_SET_SIZE_LIMIT_EXCEEDED', `${index} has more than ${MOST_DOCUMENTS} documents, which is what this machine reads.`);
    if (page.hits.hits.length < PAGE) break;
    // oxlint-disable-next-line no-await-in-loop
    page = Page.parse(await send('POST', '_search/scroll', { scroll: '1m', scroll_id: page._scroll_id }));
  }
  await send('DELETE', '_search/scroll', { scroll_id: page._scroll_id });
  return rows;
}

const Refusal = z.object({ error: z.object({ reason: z.string() }) });
const reasonIn = (content: string): string => {
  try {
    return Refusal.parse(JSON.parse(content)).error.reason;
  } catch {
    return content.slice(0, 500);
  }
};

function cellAt(source: Readonly<Record<string, unknown>>, name: string): Cell {
  let value: unknown = source[name];
  if (value === undefined && name.includes('.')) value = name.split('.').reduce<unknown>((within, part) => (isRecord(within) ? within[part] : undefined), source);
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'string' || typeof value === 'number' ? value : JSON.stringify(value);
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** With a signature that says who asks; that it was made with the secret is not checked on one machine (local/aws/signature.ts). */
async function signed({ endpoint, region, credentials: { accessKeyId, sessionToken } }: ClientSettings, method: string, path: string, query: Record<string, string>, body: string): Promise<Response> {
  const url = new URL(path, endpoint);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '');
  const headers = {
    'content-type': 'application/json',
    authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${day}/${region}/es/aws4_request, SignedHeaders=host, Signature=local`,
    ...(sessionToken !== undefined && { 'x-amz-security-token': sessionToken }),
  };
  return fetch(url, { method, headers, body, signal: AbortSignal.timeout(30_000) }).catch((error: unknown) => {
    throw new SourceError('CONNECTION_FAILURE', `The domain does not answer: ${String(error)}`);
  });
}
