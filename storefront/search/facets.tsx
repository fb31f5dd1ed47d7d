import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { SearchFacets } from '../../contracts/search';
import { price } from '../words';
import { addressOf, type Asked, isNarrowed, widened } from './asked';

/** A screen with room for the filters beside what they narrow: they stand open there, and cannot be closed. */
const WIDE = matchMedia('(min-width: 48rem)');

/** What the search can be narrowed by. Each choice is a link, so that it can be gone back from and passed on. */
export function Facets({ asked, facets }: { asked: Asked; facets: SearchFacets }) {
  const [wide, setWide] = useState(WIDE.matches);
  useEffect(() => {
    const turned = () => setWide(WIDE.matches);
    WIDE.addEventListener('change', turned);
    return () => WIDE.removeEventListener('change', turned);
  }, []);
  // Where nothing is found there is nothing to narrow it by.
  if (facets.categories.length + facets.vendors.length + facets.prices.length + facets.inStock === 0) return null;
  return (
    <details class="facets" open={wide}>
      <summary>Filters</summary>
      <nav aria-label="Filters">
        {isNarrowed(asked) && (
          <p>
            <a href={addressOf(widened(asked))}>Remove all filters</a>
          </p>
        )}
        <Facet title="Category">
          {facets.categories.map(({ name, products }) => (
            <Choice key={name} words={name} products={products} chosen={asked.category === name} asked={asked} change={{ category: name }} />
          ))}
        </Facet>
        <Facet title="Price">
          {facets.prices.flatMap(({ from, to, products }) => {
            const change = { minPrice: from > 0 ? String(from) : undefined, maxPrice: to === undefined ? undefined : String(to - 1) };
            // All prices are no choice.
            if (!change.minPrice && !change.maxPrice) return [];
            const chosen = asked.minPrice === change.minPrice && asked.maxPrice === change.maxPrice;
            return <Choice key={from} words={priceRange(from, to)} products={products} chosen={chosen} asked={asked} change={change} />;
          })}
        </Facet>
        <Facet title="Maker">
          {facets.vendors.map(({ name, products }) => (
            <Choice key={name} words={name} products={products} chosen={asked.vendor === name} asked={asked} change={{ vendor: name }} />
          ))}
        </Facet>
        <Facet title="Availability">
          {(facets.inStock > 0 || asked.inStock) && (
            <Choice words="In stock" products={facets.inStock} chosen={asked.inStock === 'true'} asked={asked} change={{ inStock: 'true' }} />
          )}
        </Facet>
      </nav>
    </details>
  );
}

function Facet({ title, children }: { title: string; children: ComponentChildren }) {
  const empty = Array.isArray(children) ? children.length === 0 : !children;
  if (empty) return null;
  return (
    <section>
      <h2>{title}</h2>
      <ul>{children}</ul>
    </section>
  );
}

interface ChoiceProps {
  words: string;
  products: number;
  chosen: boolean;
  asked: Asked;
  /** What choosing it adds to the search; choosing it again takes that away. */
  change: Partial<Asked>;
}

function Choice({ words, products, chosen, asked, change }: ChoiceProps) {
  const undone = Object.fromEntries(Object.keys(change).map((name) => [name, undefined]));
  return (
    <li>
      <a href={addressOf({ ...asked, ...(chosen ? undone : change) })} aria-current={chosen ? 'true' : undefined}>
        {words} <span class="faint">({products})</span>
      </a>
    </li>
  );
}

function priceRange(from: number, to: number | undefined): string {
  const words = (amount: number) => price({ amount, currency: 'EUR' });
  if (to === undefined) return `From ${words(from)}`;
  return from === 0 ? `Under ${words(to)}` : `${words(from)} to ${words(to)}`;
}
