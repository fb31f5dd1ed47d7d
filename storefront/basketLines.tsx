import { useId } from 'preact/hooks';
import type { Product } from '../contracts/product';
import { basket, formerPrice, type Line, MAX_QUANTITY, withQuantity } from './basket';
import { record } from './clicks/clicks';
import { Picture } from './parts';
import { PriceChange } from './priceChange';
import { stockWords } from './stockWords';
import { ENGLISH_DATA, useLanguage } from './words/language';

interface Props {
  lines: readonly Line[];
  /** As the catalogue has them. */
  products?: Map<string, Product>;
  /** Whether they are still to come; until then each line has as much room as with them. */
  awaited: boolean;
}

/** The basket's lines, each with its quantity to change. */
export function BasketLines({ lines, products, awaited }: Props) {
  return (
    <ul class="lines" aria-busy={awaited}>
      {lines.map((line) => (
        <BasketLine key={line.productId} line={line} product={products?.get(line.productId)} awaited={awaited} vanished={products !== undefined && !products.has(line.productId)} />
      ))}
    </ul>
  );
}

function BasketLine({ line, product, awaited, vanished }: { line: Line; product: Product | undefined; awaited: boolean; vanished: boolean }) {
  const { words, price } = useLanguage();
  const { productId, quantity } = line;
  const field = useId();
  const set = (wanted: number) => {
    basket.write(withQuantity(basket.read(), productId, wanted));
    record({ type: 'UpdateQuantity', productId, quantity: wanted, price: product?.price });
  };
  const known = product?.name ?? line.name;
  const name = known ?? productId;
  const short = product !== undefined && product.stock < quantity;
  const former = product && formerPrice(line, product.price);
  return (
    <li class="line">
      {product ? <Picture src={product.image} width={80} /> : <span class="picture" />}
      <div>
        <strong lang={known && ENGLISH_DATA}>{vanished ? name : known || !awaited ? <a href={`/products/${productId}`}>{name}</a> : words.shop.loading}</strong>
        <div class={vanished ? 'scarce' : 'faint'}>{product ? `${product.vendor} · ${price(product.price)}` : vanished ? words.basket.noLongerSold : '\u00a0'}</div>
        <div role="status">{former && <PriceChange from={former} to={product.price} />}</div>
        {short && <div class="scarce">{stockWords(product.stock, words)}</div>}
      </div>
      <div class="acts">
        {!vanished && (
          <>
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
          </>
        )}
        <button type="button" aria-label={words.basket.removeThis(name)} onClick={() => set(0)}>
          {words.basket.remove}
        </button>
      </div>
    </li>
  );
}
