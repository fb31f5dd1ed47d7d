import { useId } from 'preact/hooks';
import type { Product } from '../contracts/product';
import { basket, type Line, MAX_QUANTITY, withQuantity } from './basket';
import { record } from './clicks/clicks';
import { Picture } from './parts';
import { stockWords } from './stockWords';
import { ENGLISH_DATA, useLanguage } from './words/language';

/** The basket's lines, each with its quantity to change. Until their products are known they have as much room. */
export function BasketLines({ lines, products }: { lines: readonly Line[]; products?: Map<string, Product> }) {
  return (
    <ul class="lines" aria-busy={!products}>
      {lines.map((line) => (
        <BasketLine key={line.productId} line={line} awaited={!products} product={products?.get(line.productId)} />
      ))}
    </ul>
  );
}

function BasketLine({ line: { productId, quantity }, awaited, product }: { line: Line; awaited: boolean; product: Product | undefined }) {
  const { words, price } = useLanguage();
  const field = useId();
  const set = (wanted: number) => {
    basket.write(withQuantity(basket.read(), productId, wanted));
    record({ type: 'UpdateQuantity', productId, quantity: wanted, price: product?.price });
  };
  const name = product?.name ?? productId;
  const short = product !== undefined && product.stock < quantity;
  return (
    <li class="line">
      {product ? <Picture src={product.image} width={80} /> : awaited && <span class="picture" />}
      <div>
        <strong>{product ? <a href={`/products/${productId}`} lang={ENGLISH_DATA}>{name}</a> : awaited ? words.shop.loading : name}</strong>
        <div class="faint">{product ? `${product.vendor} · ${price(product.price)}` : awaited ? '\u00a0' : words.basket.noLongerSold}</div>
        {short && <div class="scarce">{stockWords(product.stock, words)}</div>}
      </div>
      <div class="acts">
        <label for={field} class="visually-hidden">
          {words.catalogue.quantityOf(name)}
        </label>
        <input
          id={field}
          type="number"
          min={1}
          max={MAX_QUANTITY}
          value={quantity}
          onChange={({ currentTarget }) => {
            if (currentTarget.validity.valid && currentTarget.value) set(currentTarget.valueAsNumber);
            else currentTarget.value = String(quantity);
          }}
        />
        <button type="button" aria-label={words.basket.removeThis(name)} onClick={() => set(0)}>
          {words.basket.remove}
        </button>
      </div>
    </li>
  );
}
