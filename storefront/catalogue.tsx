import { useEffect, useRef, useState } from 'preact/hooks';
import type { Problem } from '../contracts/problem';
import type { Product } from '../contracts/product';
import { AddToBasket } from './addToBasket';
import { useAgain } from './again';
import { listCategories, listProducts } from './api';
import { Loaded, Picture, ProblemNote, problemOf, useLoaded } from './parts';
import { WithRecommended } from './recommendations/frontPage';
import type { Session } from './session';
import { Wait } from './wait';

/** The shop window: categories, and the products of one or of all. */
export function Catalogue({ category, session }: { category: string | undefined; session: Session }) {
  return (
    <>
      <h1>{category ?? 'Everyday things, well made'}</h1>
      <Categories chosen={category} />
      {category ? <Products category={category} /> : <WithRecommended session={session}>{(wait) => <Products wait={wait} />}</WithRecommended>}
    </>
  );
}

/** `chosen` is undefined where everything is shown, null where it is none of their pages. */
export function Categories({ chosen }: { chosen: string | undefined | null }) {
  const categories = useLoaded('categories', listCategories);
  const link = (name: string | undefined, path: string) => (
    <li key={path}>
      <a href={path} aria-current={name === chosen ? 'page' : undefined}>
        {name ?? 'Everything'}
      </a>
    </li>
  );
  return (
    <nav class="categories" aria-label="Categories">
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
  const [products, setProducts] = useState<Product[]>();
  const [next, setNext] = useState<string>();
  const [problem, setProblem] = useState<Problem>();
  const busy = useRef(false);
  const load = async (cursor?: string) => {
    if (busy.current) return;
    busy.current = true;
    try {
      const page = await listProducts(category, cursor);
      setProblem(undefined);
      setProducts((before = []) => [...before, ...page.products]);
      setNext(page.nextCursor);
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      busy.current = false;
    }
  };
  useEffect(() => void load(), []);
  useAgain(problem, () => void load(next));
  const tryAgain = () => {
    setProblem(undefined);
    void load(next);
  };
  if (wait) return <Wait />;
  return (
    <>
      {products?.length === 0 && <p class="faint">There is nothing here at present. Have a look at the other categories.</p>}
      <ul class="products">
        {products?.map((product) => (
          <ProductCard key={product.productId} product={product} />
        ))}
      </ul>
      {!products && !problem && <Wait />}
      {problem ? (
        <ProblemNote problem={problem}>
          <button type="button" onClick={tryAgain}>
            Try again
          </button>
        </ProblemNote>
      ) : (
        next && (
          <button type="button" class="more" onClick={() => void load(next)}>
            Show more
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
        <a href={`/products/${product.productId}`}>{product.name}</a>
      </h2>
      <p class="faint">{product.vendor}</p>
      <p class="description">{product.description}</p>
      <AddToBasket product={product} />
    </li>
  );
}
