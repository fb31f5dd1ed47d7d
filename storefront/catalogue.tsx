import { useEffect, useState } from 'preact/hooks';
import type { Problem } from '../contracts/problem';
import type { Product } from '../contracts/product';
import { AddToBasket } from './addToBasket';
import { listCategories, listProducts } from './api';
import { Loaded, Picture, ProblemNote, problemOf, useLoaded, Wait } from './parts';
import { WithRecommended } from './recommendations/frontPage';
import type { Session } from './session';
import { useTitle } from './title';
import { ENGLISH_DATA, useLanguage } from './words/language';

/** The shop window: categories, and the products of one or of all. */
export function Catalogue({ category, session }: { category: string | undefined; session: Session }) {
  const { words } = useLanguage();
  // The front page is the shop itself.
  useTitle(category ?? '');
  return (
    <>
      <h1 lang={category && ENGLISH_DATA}>{category ?? words.catalogue.title}</h1>
      <Categories chosen={category} />
      {category ? <Products category={category} /> : <WithRecommended session={session}>{(wait) => <Products wait={wait} />}</WithRecommended>}
    </>
  );
}

/** `chosen` is undefined where everything is shown, null where it is none of their pages. */
export function Categories({ chosen }: { chosen: string | undefined | null }) {
  const { words } = useLanguage();
  const categories = useLoaded('categories', listCategories);
  const link = (name: string | undefined, path: string) => (
    <li key={path}>
      <a href={path} aria-current={name === chosen ? 'page' : undefined} lang={name && ENGLISH_DATA}>
        {name ?? words.catalogue.everything}
      </a>
    </li>
  );
  return (
    <nav class="categories" aria-label={words.catalogue.categories}>
      <Loaded from={categories}>
        {(list) => (
          <ul>
            {link(undefined, '/')}
            {list.categories.map(({ name }) => link(name, `/?category=${encodeURIComponent(name)}`))}
          </ul>
        )}
      </Loaded>
    </nav>
  );
}

/** While it is to `wait`, it loads what there is but does not show it. */
function Products({ category, wait = false }: { category?: string; wait?: boolean }) {
  const { words } = useLanguage();
  const [products, setProducts] = useState<Product[]>();
  const [next, setNext] = useState<string>();
  const [problem, setProblem] = useState<Problem>();
  const load = async (cursor?: string) => {
    setProblem(undefined);
    try {
      const page = await listProducts(category, cursor);
      setProducts((before = []) => [...before, ...page.products]);
      setNext(page.nextCursor);
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  useEffect(() => void load(), []);
  if (wait) return <Wait />;
  return (
    <>
      {products?.length === 0 && <p class="faint">{words.catalogue.nothingHere}</p>}
      <ul class="products">
        {products?.map((product) => (
          <ProductCard key={product.productId} product={product} />
        ))}
      </ul>
      {!products && !problem && <Wait />}
      {problem ? (
        <ProblemNote problem={problem}>
          <button type="button" onClick={() => void load(next)}>
            {words.shop.tryAgain}
          </button>
        </ProblemNote>
      ) : (
        next && (
          <button type="button" class="more" onClick={() => void load(next)}>
            {words.shop.showMore}
          </button>
        )
      )}
    </>
  );
}

function ProductCard({ product }: { product: Product }) {
  return (
    <li class="product">
      <a href={`/products/${product.productId}`} tabIndex={-1} aria-hidden="true">
        <Picture src={product.image} width={320} />
      </a>
      <h2>
        <a href={`/products/${product.productId}`} lang={ENGLISH_DATA}>
          {product.name}
        </a>
      </h2>
      <p class="faint">{product.vendor}</p>
      <p class="description" lang={ENGLISH_DATA}>
        {product.description}
      </p>
      <AddToBasket product={product} />
    </li>
  );
}
