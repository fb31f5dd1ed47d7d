import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { Category } from '../../contracts/product';
import { listProducts } from '../api';
import { categoryPath, ProductCard } from '../catalogue';
import { Loaded, useLoaded } from '../parts';
import { ENGLISH_DATA, useLanguage } from '../words/language';

/** As many products as stand side by side on the widest page. */
const PLACES = 4;
/** Loaded when it comes this near, so that it is there before it is seen. */
const NEAR = '50%';

interface Props {
  category: Category;
  /** Whether it is loaded at once, wherever it stands. */
  first: boolean;
}

/** A few products of a category. It has its height before they are there. */
export function Shelf({ category: { name, products }, first }: Props) {
  const { home } = useLanguage().words;
  const title = useId();
  const shelf = useRef<HTMLElement>(null);
  const [near, setNear] = useState(first);
  useEffect(() => {
    if (near || !shelf.current) return;
    const observer = new IntersectionObserver((entries) => entries.some(({ isIntersecting }) => isIntersecting) && setNear(true), { rootMargin: NEAR });
    observer.observe(shelf.current);
    return () => observer.disconnect();
  }, [near]);
  const places = Math.min(PLACES, products);
  return (
    <section ref={shelf} class="shelf" aria-labelledby={title}>
      <div class="row-head">
        <h2 id={title} lang={ENGLISH_DATA}>{name}</h2>
        <a href={categoryPath(name)}>
          {home.all(products)} <span class="visually-hidden">{home.inCategory(name)}</span>
        </a>
      </div>
      {near ? <OnShelf category={name} places={places} /> : <Blanks places={places} />}
    </section>
  );
}

function OnShelf({ category, places }: { category: string; places: number }) {
  const found = useLoaded(category, () => listProducts(category, { limit: PLACES }));
  return (
    <Loaded from={found} meanwhile={<Blanks places={places} />}>
      {(page) => (
        <ul class="products">
          {page.products.map((product) => (
            <ProductCard key={product.productId} product={product} level={3} />
          ))}
        </ul>
      )}
    </Loaded>
  );
}

/** Cards without anything on them, as high as those that come. */
function Blanks({ places }: { places: number }) {
  return (
    <ul class="products blank" aria-hidden="true">
      {Array.from({ length: places }, (_, place) => (
        <li key={place} class="product">
          <span class="picture" />
          <h3 />
          <p class="vendor">&nbsp;</p>
          <p class="price">&nbsp;</p>
          <div class="act" />
          <p class="in-basket" />
        </li>
      ))}
    </ul>
  );
}
