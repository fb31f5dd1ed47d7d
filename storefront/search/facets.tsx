import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { SearchFacets } from '../../contracts/search';
import { ENGLISH_DATA, type Language, useLanguage } from '../words/language';
import { addressOf, type Asked, isNarrowed, widened } from './asked';

/** A screen with room for the filters beside what they narrow: they stand open there, and cannot be closed. */
const WIDE = matchMedia('(min-width: 48rem)');

/** What the search can be narrowed by. Each choice is a link, so that it can be gone back from and passed on. */
export function Facets({ asked, facets }: { asked: Asked; facets: SearchFacets }) {
  const language = useLanguage();
  const { search } = language.words;
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
      <summary>{search.filters}</summary>
      <nav aria-label={search.filters}>
        {isNarrowed(asked) && (
          <p>
            <a href={addressOf(widened(asked))}>{search.removeFilters}</a>
          </p>
        )}
        <Facet title={search.category}>
          {facets.categories.map(({ name, products }) => (
            <Choice key={name} words={name} lang={ENGLISH_DATA} products={products} chosen={asked.category === name} asked={asked} change={{ category: name }} />
          ))}
        </Facet>
        <Facet title={search.price}>
          {facets.prices.flatMap(({ from, to, products }) => {
            const change = { minPrice: from > 0 ? String(from) : undefined, maxPrice: to === undefined ? undefined : String(to - 1) };
            // All prices are no choice.
            if (!change.minPrice && !change.maxPrice) return [];
            const chosen = asked.minPrice === change.minPrice && asked.maxPrice === change.maxPrice;
            return <Choice key={from} words={priceRange(from, to, language)} products={products} chosen={chosen} asked={asked} change={change} />;
          })}
        </Facet>
        <Facet title={search.maker}>
          {facets.vendors.map(({ name, products }) => (
            <Choice key={name} words={name} products={products} chosen={asked.vendor === name} asked={asked} change={{ vendor: name }} />
          ))}
        </Facet>
        <Facet title={search.availability}>
          {(facets.inStock > 0 || asked.inStock) && (
            <Choice words={language.words.catalogue.inStock} products={facets.inStock} chosen={asked.inStock === 'true'} asked={asked} change={{ inStock: 'true' }} />
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
  /** What language the words are in, where it is not that of the page. */
  lang?: string;
  products: number;
  chosen: boolean;
  asked: Asked;
  /** What choosing it adds to the search; choosing it again takes that away. */
  change: Partial<Asked>;
}

function Choice({ words, lang, products, chosen, asked, change }: ChoiceProps) {
  const undone = Object.fromEntries(Object.keys(change).map((name) => [name, undefined]));
  return (
    <li>
      <a href={addressOf({ ...asked, ...(chosen ? undone : change) })} aria-current={chosen ? 'true' : undefined}>
        <span lang={lang}>{words}</span> <span class="faint">({products})</span>
      </a>
    </li>
  );
}

function priceRange(from: number, to: number | undefined, { words: { search }, price }: Language): string {
  const words = (amount: number) => price({ amount, currency: 'EUR' });
  if (to === undefined) return search.priceFrom(words(from));
  return from === 0 ? search.priceUnder(words(to)) : search.priceBetween(words(from), words(to));
}
