import { useId, useState } from 'preact/hooks';
import type { Product } from '../contracts/product';
import { basket, MAX_LINES, MAX_QUANTITY, quantityOf, withQuantity } from './basket';
import { record } from './clicks/clicks';
import { stockWords } from './stockWords';
import { useLanguage } from './words/language';

/** What a product costs, whether it is there, and the way into the basket. */
export function AddToBasket({ product }: { product: Product }) {
  const { words, price } = useLanguage();
  const [lines, setLines] = basket.use();
  const [quantity, setQuantity] = useState(1);
  const field = useId();
  const inBasket = quantityOf(lines, product.productId);
  const most = Math.min(MAX_QUANTITY, product.stock);
  const full = inBasket === 0 && lines.length >= MAX_LINES;
  const add = (event: Event) => {
    event.preventDefault();
    const wanted = Math.min(most, inBasket + quantity);
    setLines(withQuantity(lines, product.productId, wanted, { name: product.name, price: product.price }));
    setQuantity(1);
    record({ type: 'AddToCart', productId: product.productId, quantity: wanted - inBasket, price: product.price });
  };
  return (
    <>
      <p class="price">
        <strong>{price(product.price)}</strong> <span class={product.stock > 5 ? 'faint' : 'scarce'}>{stockWords(product.stock, words)}</span>
      </p>
      {most > 0 && (
        <form onSubmit={add}>
          <label for={field} class="visually-hidden">
            {words.catalogue.quantityOf(product.name)}
          </label>
          <input id={field} type="number" min={1} max={most} value={quantity} required onInput={({ currentTarget }) => setQuantity(currentTarget.valueAsNumber || 1)} />
          <button type="submit" disabled={full || inBasket >= most} aria-label={words.catalogue.addThisToBasket(product.name)}>
            {words.catalogue.addToBasket}
          </button>
        </form>
      )}
      <p class="in-basket" role="status">
        {inBasket > 0 && words.catalogue.inYourBasket(inBasket)}
        {full && words.catalogue.basketHolds(MAX_LINES)}
      </p>
    </>
  );
}
