import * as z from 'zod/mini';
import { bulkBody, outcomesOf } from './bulk';
import type { Change, Outcome } from './bulk';
import type { Held } from './comparing';
import type { Indexed } from './indexed';
import type { OpenSearch } from './open-search';

/** The most that OpenSearch gives in one answer (`index.max_result_window`). */
const PAGE = 10_000;
const Page = z.object({ hits: z.object({ hits: z.array(z.object({ _id: z.string(), _version: z.int(), sort: z.array(z.unknown()) })) }) });
const Documents = z.object({ docs: z.array(z.object({ _id: z.string(), found: z.boolean(), _version: z.optional(z.int()) })) });

/** The documents behind an alias: who is there in which version, and writing with external versions. */
export class SearchedIndex {
  constructor(
    private readonly domain: Pick<OpenSearch, 'call'>,
    private readonly alias: string,
    private readonly key: Indexed['key'],
  ) {}

  /**
   * Id and version of every document, as of the last refresh, a second ago at most. Ids are unique and never change, so that a
   * page begins where the one before ended whatever is written meanwhile: it needs no point in time to be kept.
   */
  async *versions(): AsyncGenerator<readonly Held[]> {
    let after: readonly unknown[] | undefined;
    do {
      const body = { size: PAGE, _source: false, version: true, track_total_hits: false, sort: [{ [this.key]: 'asc' }], ...(after && { search_after: after }) };
      // oxlint-disable-next-line no-await-in-loop -- each page begins where the one before ended
      const { hits: { hits } } = z.parse(Page, await this.domain.call({ method: 'POST', path: `${this.alias}/_search`, body }));
      yield hits.map(({ _id: id, _version: version }) => ({ id, version }));
      after = hits.length < PAGE ? undefined : hits.at(-1)?.sort;
    } while (after);
  }

  /** Versions by id, as of now. A document that is not there is left out. */
  async read(ids: readonly string[]): Promise<Map<string, number>> {
    const { docs } = z.parse(Documents, await this.domain.call({ method: 'POST', path: `${this.alias}/_mget`, query: { _source: 'false' }, body: { ids } }));
    return new Map(docs.flatMap(({ _id: id, found, _version: version }) => (found && version !== undefined ? [[id, version]] : [])));
  }

  /** An index that is not there is refused: a misspelt alias must not become one. */
  async write(changes: readonly Change[]): Promise<Outcome[]> {
    if (changes.length === 0) return [];
    return outcomesOf(await this.domain.call({ method: 'POST', path: `${this.alias}/_bulk`, query: { require_alias: 'true' }, body: bulkBody(changes) }), changes);
  }
}
