import type { RefObject } from 'preact';
import { useRef } from 'preact/hooks';
import type { Problem } from '../../contracts/problem';
import type { SearchHit, SearchPage } from '../../contracts/search';
import { Categories } from '../catalogue';
import { Again, Picture, ProblemNote } from '../parts';
import { navigate } from '../route';
import { ShowMore } from '../showMore';
import { useTitle } from '../title';
import { Wait } from '../wait';
import type { Words } from '../words/english';
import { ENGLISH_DATA, useLanguage } from '../words/language';
import { addressOf, type Asked, isNarrowed, isSort, SORTS, widened } from './asked';
import { Facets } from './facets';
import { useSearch } from './useSearch';

/** What a search has found, and what there is to narrow it by. */
export function Results({ asked }: { asked: Asked }) {
  const { search } = useLanguage().words;
  const list = useRef<HTMLUListElement>(null);
  const { found, problem, busy, more } = useSearch(asked);
  const title = asked.q ? search.resultsFor(asked.q) : search.everything;
  useTitle(title);
  return (
    <>
      <h1>{title}</h1>
      {found && (
        <div class="results" aria-busy={busy && !problem}>
          <Facets asked={asked} facets={found.facets} />
          <section aria-label={search.whatWasFound}>
            <div class="results-head">
              <p role="status">{howMany(found.total, search)}</p>
              {found.total > 1 && <Sort asked={asked} />}
            </div>
            {found.total === 0 && <Nothing asked={asked} />}
            <Hits list={list} of={found} />
            <ShowMore of={{ problem, busy, nextCursor: found.nextCursor, more }} list={list} refusal={problem && wordsOf(problem, search)} />
          </section>
        </div>
      )}
      {!found && busy && <Wait words={search.searching} />}
      {!found && problem && <Refusal problem={problem} again={more} />}
    </>
  );
}

function Hits({ of: { products }, list }: { of: SearchPage; list: RefObject<HTMLUListElement | null> }) {
  return (
    <ul ref={list} class="products">
      {products.map((hit) => (
        <Hit key={hit.productId} hit={hit} />
      ))}
    </ul>
  );
}

function Hit({ hit }: { hit: SearchHit }) {
  const { words, price } = useLanguage();
  const address = `/products/${hit.productId}`;
  return (
    <li class="product">
      <a href={address} tabIndex={-1} aria-hidden="true">
        <Picture src={hit.image} width={320} />
      </a>
      <h2>
        <a href={address} lang={ENGLISH_DATA}>
          {hit.name}
        </a>
      </h2>
      <p class="faint">
        {hit.vendor} · <span lang={ENGLISH_DATA}>{hit.category}</span>
      </p>
      <p class="price">
        <strong>{price(hit.price)}</strong> <span class={hit.inStock ? 'faint' : 'scarce'}>{hit.inStock ? words.catalogue.inStock : words.catalogue.soldOut}</span>
      </p>
    </li>
  );
}

function Sort({ asked }: { asked: Asked }) {
  const { search } = useLanguage().words;
  return (
    <label class="sort">
      {search.sortBy}{' '}
      <select
        value={asked.sort ?? 'relevance'}
        onChange={({ currentTarget: { value } }) => navigate(addressOf({ ...asked, sort: isSort(value) && value !== 'relevance' ? value : undefined }))}
      >
        {Object.keys(SORTS)
          .filter(isSort)
          .map((sort) => (
            <option key={sort} value={sort}>
              {search.sorts[sort]}
            </option>
          ))}
      </select>
    </label>
  );
}

function Nothing({ asked }: { asked: Asked }) {
  const { search } = useLanguage().words;
  return (
    <>
      <p>
        {isNarrowed(asked) ? (
          <a href={addressOf(widened(asked))}>{search.withoutFilters}</a>
        ) : (
          search.tryAnotherWord
        )}
      </p>
      <h2>{search.orLookAround}</h2>
      <Categories chosen={null} />
    </>
  );
}

/** Search has a server of its own: without it the shop sells on. The firewall does not let every text through. */
function Refusal({ problem, again }: { problem: Problem; again: () => void }) {
  const { search } = useLanguage().words;
  const words = wordsOf(problem, search);
  if (!words) {
    return (
      <ProblemNote problem={problem}>
        <Again press={again} />
      </ProblemNote>
    );
  }
  return (
    <>
      <div class="note" role="alert">
        <p>{words}</p>
        {problem.status >= 500 && <Again press={again} />}
      </div>
      <Categories chosen={null} />
    </>
  );
}

function wordsOf({ status }: Problem, search: Words['search']): string | undefined {
  if (status >= 500) return search.away;
  return status === 400 || status === 403 ? search.notSearchable : undefined;
}

const MOST_COUNTED = 10_000;

function howMany(total: number, search: Words['search']): string {
  if (total === 0) return search.nothingFound;
  return total >= MOST_COUNTED ? search.foundOrMore(MOST_COUNTED) : search.found(total);
}
