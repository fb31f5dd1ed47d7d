import type { Money } from '../contracts/money';
import type { Quote } from '../contracts/quote';
import { formerPrice, type Line } from './basket';
import { ENGLISH_DATA, useLanguage } from './words/language';

/** `Now €12.00, was €10.00 when you added it.` */
export function PriceChange({ from, to }: { from: Money; to: Money }) {
  const { words, price } = useLanguage();
  return <span class={to.amount > from.amount ? 'scarce' : 'state'}>{words.basket.priceChanged(price(to), price(from))}</span>;
}

/** What an offer asks another price for than its customer saw when they filled the basket: they are to know before they pay. */
export function PriceChanges({ quote, lines }: { quote: Quote; lines: readonly Line[] }) {
  const { words } = useLanguage();
  const changed = quote.lines.flatMap(({ productId, name, unitPrice }) => {
    const line = lines.find((candidate) => candidate.productId === productId);
    const former = line && formerPrice(line, unitPrice);
    return former ? [{ productId, name, from: former, to: unitPrice }] : [];
  });
  if (changed.length === 0) return null;
  return (
    <div class="note">
      <p>{words.offer.pricesChanged}</p>
      <ul>
        {changed.map(({ productId, name, from, to }) => (
          <li key={productId}>
            <span lang={ENGLISH_DATA}>{name}</span>
            <br />
            <PriceChange from={from} to={to} />
          </li>
        ))}
      </ul>
    </div>
  );
}
