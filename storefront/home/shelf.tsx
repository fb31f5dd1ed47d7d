import { useEffect, useId, useRef } from 'preact/hooks';
import type { Category, Product } from '../../contracts/product';
import { categoryPath, ProductCard } from '../catalogue';
import { ENGLISH_DATA, useLanguage } from '../words/language';
import { PLACES } from './useShelves';

/** Loaded when it comes this near, so that it is there before it is seen. */
const NEAR = '50%';

interface Props {
  category: Category;
  /** Once they are there. */
  products: readonly Product[] | undefined;
  hidden: boolean;
  /** Whether it is wanted at once, wherever it stands. */
  first: boolean;
  want: (category: string) => void;
}

/** A few products of a category. It has its height before they are there. */
export function Shelf({ category: { name, products: count }, products, hidden, first, want }: Props) {
  const { home } = useLanguage().words;
  const title = useId();
  const shelf = useRef<HTMLElement>(null);
  useEffect(() => {
    if (first) return want(name);
    if (!shelf.current) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        observer.disconnect();
        want(name);
      },
      { rootMargin: NEAR },
    );
    observer.observe(shelf.current);
    return () => observer.disconnect();
  }, []);
  return (
    <section ref={shelf} class="shelf" aria-labelledby={title} hidden={hidden}>
      <div class="row-head">
        <h2 id={title} lang={ENGLISH_DATA}>{name}</h2>
        <a href={categoryPath(name)}>
          {home.all(count)} <span class="visually-hidden">{home.inCategory(name)}</span>
        </a>
      </div>
      {products ? (
        <ul class="products">
          {products.map((product) => (
            <ProductCard key={product.productId} product={product} level={3} />
          ))}
        </ul>
      ) : (
        <Blanks places={Math.min(PLACES, count)} />
      )}
    </section>
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
