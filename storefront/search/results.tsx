import type { Problem } from '../../contracts/problem';
import type { SearchHit, SearchPage } from '../../contracts/search';
import { Categories } from '../catalogue';
import { Picture, ProblemNote } from '../parts';
import { navigate } from '../route';
import { Wait } from '../wait';
import { price } from '../words';
import { addressOf, type Asked, isNarrowed, isSort, sortWords, widened } from './asked';
import { Facets } from './facets';
import { useSearch } from './useSearch';

/** What a search has found, and what there is to narrow it by. */
export function Results({ asked }: { asked: Asked }) {
  const { found, problem, busy, more } = useSearch(asked);
  return (
    <>
      <h1>{asked.q ? `Results for “${asked.q}”` : 'Everything in the shop'}</h1>
      {found && (
        <div class="results" aria-busy={busy && !problem}>
          <Facets asked={asked} facets={found.facets} />
          <section aria-label="What was found">
            <div class="results-head">
              <p role="status">{howMany(found.total)}</p>
              {found.total > 1 && <Sort asked={asked} />}
            </div>
            {found.total === 0 && <Nothing asked={asked} />}
            <Hits of={found} />
            {!problem && found.nextCursor && (
              <button type="button" class="more" disabled={busy} onClick={more}>
                Show more
              </button>
            )}
          </section>
        </div>
      )}
      {!found && busy && <Wait words="Searching …" />}
      {problem && <Refusal problem={problem} again={more} />}
    </>
  );
}

function Hits({ of: { products } }: { of: SearchPage }) {
  return (
    <ul class="products">
      {products.map((hit) => (
        <Hit key={hit.productId} hit={hit} />
      ))}
    </ul>
  );
}

function Hit({ hit }: { hit: SearchHit }) {
  const address = `/products/${hit.productId}`;
  return (
    <li class="product">
      <a href={address} tabIndex={-1} aria-hidden="true">
        <Picture src={hit.image} width={320} />
      </a>
      <h2>
        <a href={address}>{hit.name}</a>
      </h2>
      <p class="faint">
        {hit.vendor} · {hit.category}
      </p>
      <p class="price">
        <strong>{price(hit.price)}</strong> <span class={hit.inStock ? 'faint' : 'scarce'}>{hit.inStock ? 'In stock' : 'Sold out'}</span>
      </p>
    </li>
  );
}

function Sort({ asked }: { asked: Asked }) {
  return (
    <label class="sort">
      Sort by{' '}
      <select
        value={asked.sort ?? 'relevance'}
        onChange={({ currentTarget: { value } }) => navigate(addressOf({ ...asked, sort: isSort(value) && value !== 'relevance' ? value : undefined }))}
      >
        {Object.entries(sortWords).map(([sort, words]) => (
          <option key={sort} value={sort}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

function Nothing({ asked }: { asked: Asked }) {
  return (
    <>
      <p>
        {isNarrowed(asked) ? (
          <a href={addressOf(widened(asked))}>Search without the filters</a>
        ) : (
          'Try another word, or a part of it. A typing mistake or two does not matter.'
        )}
      </p>
      <h2>Or look around</h2>
      <Categories chosen={null} />
    </>
  );
}

/** Search has a server of its own: without it the shop sells on. The firewall does not let every text through. */
function Refusal({ problem, again }: { problem: Problem; again: () => void }) {
  const away = problem.status >= 500;
  if (!away && ![400, 403].includes(problem.status)) {
    return (
      <ProblemNote problem={problem}>
        <button type="button" onClick={again}>
          Try again
        </button>
      </ProblemNote>
    );
  }
  return (
    <>
      <div class="note" role="alert">
        <p>
          {away
            ? 'Search is away just now. Everything else works: look around by category, or try again in a moment.'
            : 'This cannot be searched for. Try other words, or look around by category.'}
        </p>
        {away && (
          <button type="button" onClick={again}>
            Try again
          </button>
        )}
      </div>
      <Categories chosen={null} />
    </>
  );
}

/** The shop counts up to 10,000. */
function howMany(total: number): string {
  if (total === 0) return 'Nothing was found';
  if (total >= 10_000) return '10,000 products or more';
  return total === 1 ? '1 product' : `${total} products`;
}
