import { useEffect } from 'preact/hooks';
import { AddToBasket } from './addToBasket';
import { getProduct } from './api';
import { record } from './clicks/clicks';
import { Loaded, Picture, useLoaded } from './parts';

/** One product, with everything there is to say about it. */
export function ProductPage({ productId }: { productId: string }) {
  const product = useLoaded(productId, () => getProduct(productId));
  const { data } = product;
  useEffect(() => {
    if (data) record({ type: 'View', productId: data.productId, price: data.price });
  }, [data?.productId]);
  return (
    <Loaded from={product}>
      {(found) => (
        <article class="product-page">
          <Picture src={found.image} width={640} />
          <div>
            <p>
              <a href={`/?category=${encodeURIComponent(found.category)}`}>{found.category}</a>
            </p>
            <h1>{found.name}</h1>
            <p class="faint">{found.vendor}</p>
            <p>{found.description}</p>
            <AddToBasket product={found} />
          </div>
        </article>
      )}
    </Loaded>
  );
}
