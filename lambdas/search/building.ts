import pRetry from 'p-retry';
import * as z from 'zod/mini';
import type { Finding } from '../shared/reconcile';
import { isOf, nextName } from './index-definitions';
import type { Indexed, Read } from './indexed';
import { OpenSearchError } from './open-search';
import type { OpenSearch } from './open-search';
import { repair } from './repairing';
import type { Source, Target } from './repairing';
import { SearchedIndex } from './searched-index';

export interface BuildingProps {
  readonly domain: Pick<OpenSearch, 'call' | 'nameOf'>;
  readonly indexed: Indexed;
  readonly table: Source & { readonly items: (after?: string) => AsyncIterable<readonly Read[]> };
  /** Whether to begin another step, or another page of one. */
  readonly goesOn: () => boolean;
  /** Whether there is time to mend another hundred of what a comparison has found. */
  readonly hasTime: () => boolean;
  /** What of the table no index can hold, and why. */
  readonly onFault: (finding: Finding) => void;
}

/** How far a build has come. `documents` are those that the new index has been given from the table. */
export interface Progress {
  readonly state: 'filling' | 'comparing' | 'serving' | 'done';
  /** The index that is built, or that serves where nothing is to be built. */
  readonly index: string;
  readonly documents: number;
}

const Aliases = z.record(z.string(), z.object({ aliases: z.record(z.string(), z.unknown()) }));
/** What an index that is being built knows of it: how many documents it was given, and the id of the last. */
const Filling = z.object({ documents: z._default(z.int(), 0), after: z.optional(z.string()), isFull: z._default(z.boolean(), false) });
type Filling = z.infer<typeof Filling>;
const Mapping = z.record(z.string(), z.object({ mappings: z.object({ _meta: z.optional(z.object({ filling: Filling })) }) }));

/**
 * Builds an index anew from its table while the one before serves. How far it has come stands in the domain: whoever calls
 * next goes on, a deployment or a person, and a build that was stopped leaves nothing that the next does not finish or remove.
 */
export class IndexBuild {
  readonly #props: BuildingProps;
  readonly #alias: string;
  /** Stands for the index that is being built, until the one before is removed. */
  readonly #building: string;

  constructor(props: BuildingProps) {
    this.#props = props;
    const { alias } = props.indexed.definition;
    [this.#alias, this.#building] = [props.domain.nameOf(alias), props.domain.nameOf(`${alias}-building`)];
  }

  /**
   * Goes on with the build that is under way, as far as it is let. Where there is none one is begun: if the index that
   * serves has another mapping than this release's, or `anew`.
   */
  async advance(anew = false): Promise<Progress> {
    let progress = await this.#stepOrAgain(anew);
    // oxlint-disable-next-line no-await-in-loop -- each step begins where the one before ended
    while (progress.state !== 'done' && this.#props.goesOn()) progress = await this.#stepOrAgain(false);
    return progress;
  }

  /** Where another who builds the same was quicker, what was to be changed is there no more: the next look sees that. */
  #stepOrAgain(anew: boolean): Promise<Progress> {
    return pRetry(() => this.#step(anew), { retries: 4, minTimeout: 100, shouldRetry: ({ error }) => error instanceof OpenSearchError && error.status === 404 });
  }

  async #step(anew: boolean): Promise<Progress> {
    const { definition } = this.#props.indexed;
    const indexes = await this.#indexes();
    const [serving, building] = [this.#alias, this.#building].map((alias) => [...indexes].find(([, aliases]) => aliases.has(alias))?.[0]);
    const next = this.#props.domain.nameOf(nextName(definition, serving && this.#withoutPrefix(serving)));
    const others = [...indexes.keys()].filter((index) => index !== serving);
    if (building !== undefined && building === serving) return this.#finish(building, others);
    if (building === next) return this.#fill(building, serving);
    await this.#remove(others);
    if (serving !== undefined && this.#isCurrent(serving) && !anew) return { state: 'done', index: serving, documents: 0 };
    await this.#call('PUT', `/${next}`, { ...definition.body, aliases: { [this.#building]: {} } });
    return { state: 'filling', index: next, documents: 0 };
  }

  /** From where the step before ended; once all of the table is in it, it is compared and takes the place of the one before. */
  async #fill(index: string, serving: string | undefined): Promise<Progress> {
    const filling = await this.#filling(index);
    if (filling.isFull) return this.#swap(index, serving, filling.documents);
    const target = this.#target();
    let { documents, after } = filling;
    let isFull = true;
    for await (const items of this.#props.table.items(after)) {
      const changes = items.flatMap((item) => ('change' in item ? [item.change] : []));
      const failed = (await target.write(changes)).find((outcome) => typeof outcome === 'object');
      if (failed) throw new OpenSearchError(failed.status, `${index} does not take what it is given: ${failed.reason}`);
      documents += changes.length;
      after = items.at(-1)?.id;
      if (this.#props.goesOn()) continue;
      isFull = false;
      break;
    }
    const filled: Filling = { documents, after, isFull };
    await this.#call('PUT', `/${index}/_mapping`, { _meta: { filling: filled } });
    return { state: isFull ? 'comparing' : 'filling', index, documents };
  }

  /** What changed while it was filled is in the index before alone. */
  async #swap(index: string, serving: string | undefined, documents: number): Promise<Progress> {
    const { left } = await this.#repair();
    if (left > 0) return { state: 'comparing', index, documents };
    const alias = this.#alias;
    // A search sees what was there at the last refresh, and of a new index that may be nothing.
    await this.#call('POST', `/${this.#building}/_refresh`);
    await this.#call('POST', '/_aliases', { actions: [...(serving === undefined ? [] : [{ remove: { index: serving, alias } }]), { add: { index, alias } }] });
    return { state: 'serving', index, documents };
  }

  /** From the swap on the streams' changes come here; those of the moments before it are what is left to compare. */
  async #finish(index: string, others: readonly string[]): Promise<Progress> {
    const { left, raised } = await this.#repair();
    const { documents } = await this.#filling(index);
    if (left > 0) return { state: 'serving', index, documents };
    raised.forEach((finding) => this.#props.onFault(finding));
    await this.#remove(others);
    await this.#call('POST', '/_aliases', { actions: [{ remove: { index, alias: this.#building } }] });
    // A release may find the end of a build of the one before.
    return { state: this.#isCurrent(index) ? 'done' : 'serving', index, documents };
  }

  #repair(): ReturnType<typeof repair> {
    return repair({ table: this.#props.table, index: this.#target(), grace: () => Promise.resolve(), hasTime: this.#props.hasTime });
  }

  #target(): Target {
    const { domain, indexed } = this.#props;
    return new SearchedIndex(domain, `${indexed.definition.alias}-building`, indexed.key);
  }

  /** The indexes that there are, each with its aliases. Asked for all of the domain: a star in a path is signed otherwise than it is sent. */
  async #indexes(): Promise<Map<string, ReadonlySet<string>>> {
    const all = Object.entries(z.parse(Aliases, await this.#call('GET', '/_alias')));
    return new Map(all.filter(([index]) => index.startsWith(`${this.#alias}-`)).map(([index, { aliases }]) => [index, new Set(Object.keys(aliases))]));
  }

  async #filling(index: string): Promise<Filling> {
    const { mappings } = z.parse(Mapping, await this.#call('GET', `/${index}/_mapping`))[index] ?? {};
    return mappings?._meta?.filling ?? z.parse(Filling, {});
  }

  async #remove(indexes: readonly string[]): Promise<void> {
    for (const index of indexes) await this.#call('DELETE', `/${index}`);
  }

  #isCurrent(index: string): boolean {
    return isOf(this.#props.indexed.definition, this.#withoutPrefix(index));
  }

  #withoutPrefix(index: string): string {
    return index.slice(this.#props.domain.nameOf('').length);
  }

  #call(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object): Promise<unknown> {
    return this.#props.domain.call({ method, path, body });
  }
}
