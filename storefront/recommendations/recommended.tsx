import { useEffect, useId, useRef } from 'preact/hooks';
import type { Recommendations, RecommendedProduct } from '../../contracts/recommendation';
import { record } from '../clicks/clicks';
import { Picture } from '../parts';
import { ENGLISH_DATA, useLanguage } from '../words/language';
import { reason } from './reason';

interface Props {
  /** Nothing at all is shown for none. */
  of: Recommendations | null | undefined;
  /** @default what somebody may like */
  title?: string;
  /** The product whose page this is. */
  lookingAt?: string;
  /** What need not be recommended any more. */
  without?: readonly string[];
}

/** A row of products, each with the reason why it is shown. Whoever sees one, or follows one, is recorded. */
export function Recommended({ of, title, lookingAt, without = [] }: Props) {
  const { words } = useLanguage();
  const titleId = useId();
  const list = useRef<HTMLUListElement>(null);
  const seen = useRef(new Set<string>());
  const items = of?.items.filter(({ product }) => product.productId !== lookingAt && !without.includes(product.productId)) ?? [];
  useEffect(() => {
    if (!of || !list.current) return;
    const { recommendationId } = of;
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { isIntersecting, target } of entries) {
          const productId = isIntersecting && target instanceof HTMLElement && target.dataset.product;
          if (!productId || seen.current.has(`${recommendationId} ${productId}`)) continue;
          seen.current.add(`${recommendationId} ${productId}`);
          record({ type: 'RecommendationShown', recommendationId, productId });
        }
      },
      { threshold: HALF },
    );
    for (const item of list.current.children) observer.observe(item);
    return () => observer.disconnect();
  }, [of?.recommendationId, items.length]);
  if (!of || items.length === 0) return null;
  return (
    <section class="recommended" aria-labelledby={titleId}>
      <h2 id={titleId}>{title ?? words.recommendations.title}</h2>
      <ul ref={list}>
        {items.map((item) => (
          <Item
            key={item.product.productId}
            item={item}
            why={reason(of.source, item.because, words, lookingAt)}
            follow={() => record({ type: 'RecommendationClicked', recommendationId: of.recommendationId, productId: item.product.productId })}
          />
        ))}
      </ul>
    </section>
  );
}

/** Whoever sees half of one has seen it. */
const HALF = 0.5;
/** The mouse button that opens a tab of its own. */
const MIDDLE = 1;

function Item({ item: { product }, why, follow }: { item: RecommendedProduct; why: string; follow: () => void }) {
  const { price } = useLanguage();
  return (
    <li data-product={product.productId}>
      <a href={`/products/${product.productId}`} onClick={follow} onAuxClick={({ button }) => button === MIDDLE && follow()}>
        <Picture src={product.image} width={240} />
        <strong lang={ENGLISH_DATA}>{product.name}</strong>
      </a>
      <span>{price(product.price)}</span>
      <span class="faint">{why}</span>
    </li>
  );
}
