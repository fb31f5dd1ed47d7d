import { useEffect } from 'preact/hooks';
import { AddToBasket } from './addToBasket';
import { getProduct } from './api';
import { record } from './clicks/clicks';
import { Loaded, Picture, useLoaded } from './parts';
import { Recommended } from './recommendations/recommended';
import { useRecommendations } from './recommendations/useRecommendations';
import type { Session } from './session';

/** One product, with everything there is to say about it. */
export function ProductPage({ productId, session }: { productId: string; session: Session }) {
  const product = useLoaded(productId, () => getProduct(productId));
  const recommended = useRecommendations(session, productId);
  const { data } = product;
  useEffect(() => {
    if (data) record({ type: 'View', productId: data.productId, price: data.price });
  }, [data?.productId]);
  return (
    <>
      {product.problem && <h1>A product</h1>}
      <Loaded from={product}>
        {(found) => (
          <>
            <article class="product-page">
              <Picture src={found.image} width={640} first />
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
            <Recommended of={recommended} lookingAt={found.productId} />
          </>
        )}
      </Loaded>
      {product.problem?.status === 404 && (
        <p>
          <a href="/">Back to the shop</a>
        </p>
      )}
    </>
  );
}
