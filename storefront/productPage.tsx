import { useEffect } from 'preact/hooks';
import { AddToBasket } from './addToBasket';
import { getProduct } from './api';
import { record } from './clicks/clicks';
import { Delivery } from './delivery';
import { Loaded, Picture, useLoaded } from './parts';
import { Recommended } from './recommendations/recommended';
import { useRecommendations } from './recommendations/useRecommendations';
import { remember } from './seen';
import type { Session } from './session';
import { useTitle } from './title';
import { ENGLISH_DATA, useLanguage } from './words/language';

/** One product, with everything there is to say about it. */
export function ProductPage({ productId, session }: { productId: string; session: Session }) {
  const { words } = useLanguage();
  const product = useLoaded(productId, () => getProduct(productId));
  const recommended = useRecommendations(session, productId);
  const { data } = product;
  useTitle(data?.name ?? (product.problem && words.catalogue.product));
  useEffect(() => {
    if (!data) return;
    record({ type: 'View', productId: data.productId, price: data.price });
    remember(data);
  }, [data?.productId]);
  return (
    <>
      {product.problem && <h1>{words.catalogue.product}</h1>}
      <Loaded from={product}>
        {(found) => (
          <>
            <article class="product-page">
              <Picture src={found.image} width={640} first />
              <div>
                <p>
                  <a href={`/?category=${encodeURIComponent(found.category)}`} lang={ENGLISH_DATA}>
                    {found.category}
                  </a>
                </p>
                <h1 lang={ENGLISH_DATA}>{found.name}</h1>
                <p class="faint">{found.vendor}</p>
                <p lang={ENGLISH_DATA}>{found.description}</p>
                <AddToBasket product={found} />
                <Delivery />
              </div>
            </article>
            <Recommended of={recommended} lookingAt={found.productId} />
          </>
        )}
      </Loaded>
      {product.problem?.status === 404 && (
        <p>
          <a href="/">{words.shop.backToShop}</a>
        </p>
      )}
    </>
  );
}
