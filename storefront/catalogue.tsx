import { useEffect, useId, useState } from 'preact/hooks';
import type { Problem } from '../contracts/problem';
import type { Product } from '../contracts/product';
import { listCategories, listProducts } from './api';
import { basket, MAX_LINES, MAX_QUANTITY, quantityOf, withQuantity } from './basket';
import { Loaded, Picture, ProblemNote, problemOf, useLoaded } from './parts';
import { price, stock } from './words';

/** The shop window: categories, and the products of one or of all. */
export function Catalogue({ category }: { category: string | undefined }) {
  return (
    <>
      <h1>{category ?? 'Everyday things, well made'}</h1>
      <Categories chosen={category} />
      <Products key={category} category={category} />
    </>
  );
}

function Categories({ chosen }: { chosen: string | undefined }) {
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

function Products({ category }: { category: string | undefined }) {
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
  return (
    <>
      {products?.length === 0 && <p class="faint">There is nothing here at present. Have a look at the other categories.</p>}
      <ul class="products">
        {products?.map((product) => (
          <ProductCard key={product.productId} product={product} />
        ))}
      </ul>
      {!products && !problem && (
        <p class="faint" role="status">
          Loading …
        </p>
      )}
      {problem ? (
        <ProblemNote problem={problem}>
          <button type="button" onClick={() => void load(next)}>
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
  const [lines, setLines] = basket.use();
  const [quantity, setQuantity] = useState(1);
  const field = useId();
  const inBasket = quantityOf(lines, product.productId);
  const most = Math.min(MAX_QUANTITY, product.stock);
  const full = inBasket === 0 && lines.length >= MAX_LINES;
  const add = (event: Event) => {
    event.preventDefault();
    setLines(withQuantity(lines, product.productId, Math.min(most, inBasket + quantity)));
    setQuantity(1);
  };
  return (
    <li class="product">
      <Picture src={product.image} width={320} />
      <h2>{product.name}</h2>
      <p class="faint">{product.vendor}</p>
      <p class="description">{product.description}</p>
      <p class="price">
        <strong>{price(product.price)}</strong> <span class={product.stock > 5 ? 'faint' : 'scarce'}>{stock(product.stock)}</span>
      </p>
      {most > 0 && (
        <form onSubmit={add}>
          <label for={field} class="visually-hidden">
            Quantity of {product.name}
          </label>
          <input id={field} type="number" min={1} max={most} value={quantity} required onInput={({ currentTarget }) => setQuantity(currentTarget.valueAsNumber || 1)} />
          <button type="submit" disabled={full || inBasket >= most} aria-label={`Add ${product.name} to the basket`}>
            Add to basket
          </button>
        </form>
      )}
      <p class="in-basket" role="status">
        {inBasket > 0 && `${inBasket} in your basket`}
        {full && `A basket holds ${MAX_LINES} different products.`}
      </p>
    </li>
  );
}
