import { useEffect, useRef } from 'preact/hooks';
import type { CategoryList, Product } from '../contracts/product';
import { AddToBasket } from './addToBasket';
import { listCategories, listProducts } from './api';
import { usePages } from './pages';
import { Loaded, type Loading, Picture, useLoaded } from './parts';
import { addressOf } from './search/asked';
import { ShowMore } from './showMore';
import { useTitle } from './title';
import { Wait } from './wait';
import { ENGLISH_DATA, useLanguage } from './words/language';

export const categoryPath = (name: string): string => `/?category=${encodeURIComponent(name)}`;

/** One category: how much there is of it, and its products. */
export function Catalogue({ category, hasSearch }: { category: string; hasSearch: boolean }) {
  const { words } = useLanguage();
  const categories = useCategories();
  const count = categories.data?.categories.find(({ name }) => name === category)?.products;
  useTitle(category);
  return (
    <>
      <h1 lang={ENGLISH_DATA}>{category}</h1>
      <CategoryLinks from={categories} chosen={category} />
      <p class="row-head">
        <span class="faint">{count === undefined ? ' ' : words.search.found(count)}</span>
        {hasSearch && <a href={addressOf({ category })}>{words.catalogue.sortAndNarrow}</a>}
      </p>
      <Products category={category} />
    </>
  );
}

export const useCategories = (): Loading<CategoryList> => useLoaded('categories', listCategories);

/** `chosen` is undefined where everything is shown, null where it is none of their pages. */
export const Categories = ({ chosen }: { chosen: string | undefined | null }) => <CategoryLinks from={useCategories()} chosen={chosen} />;

/** Beside the category that is shown, in pixels: enough to see that there are more. */
const ROOM = 48;

export function CategoryLinks({ from, chosen }: { from: Loading<CategoryList>; chosen: string | undefined | null }) {
  const { words } = useLanguage();
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    const list = nav.current?.querySelector('ul');
    const here = list?.querySelector('[aria-current]');
    // On a narrow screen it may be beyond the side of the list, which alone is to move.
    if (list && here) list.scrollLeft += here.getBoundingClientRect().right - list.getBoundingClientRect().right + ROOM;
  }, [from.data, chosen]);
  const link = (name: string | undefined, path: string) => (
    <li key={path}>
      <a href={path} aria-current={name === chosen ? 'page' : undefined} lang={name && ENGLISH_DATA}>
        {name ?? words.catalogue.everything}
      </a>
    </li>
  );
  return (
    <nav ref={nav} class="categories" aria-label={words.catalogue.categories}>
      <Loaded from={from}>
        {(list) => (
          <ul>
            {link(undefined, '/')}
            {list.categories.map(({ name }) => link(name, categoryPath(name)))}
          </ul>
        )}
      </Loaded>
    </nav>
  );
}

function Products({ category }: { category: string }) {
  const { words } = useLanguage();
  const found = usePages(category, (cursor) => listProducts(category, { cursor }));
  const list = useRef<HTMLUListElement>(null);
  const products = found.pages.flatMap((page) => page.products);
  const asked = found.pages.length > 0;
  return (
    <>
      {asked && products.length === 0 && !found.nextCursor && <p class="faint">{words.catalogue.nothingHere}</p>}
      <ul ref={list} class="products">
        {products.map((product) => (
          <ProductCard key={product.productId} product={product} level={2} />
        ))}
      </ul>
      {!asked && !found.problem && <Wait />}
      <ShowMore of={found} list={list} />
    </>
  );
}

/** @param level of its heading, below that of what it stands under */
export function ProductCard({ product, level }: { product: Product; level: 2 | 3 }) {
  const Heading = `h${level}` as const;
  return (
    <li class="product">
      <a href={`/products/${product.productId}`} tabIndex={-1} aria-hidden="true">
        <Picture src={product.image} width={320} />
      </a>
      <Heading>
        <a href={`/products/${product.productId}`} lang={ENGLISH_DATA}>
          {product.name}
        </a>
      </Heading>
      <p class="faint vendor">{product.vendor}</p>
      <p class="description" lang={ENGLISH_DATA}>
        {product.description}
      </p>
      <AddToBasket product={product} />
    </li>
  );
}
