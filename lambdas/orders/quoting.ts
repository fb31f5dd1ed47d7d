import { randomUUID } from 'node:crypto';
import { QuoteId } from '../../contracts/ids';
import { toInstant } from '../../contracts/instant';
import { times } from '../../contracts/money';
import type { Product } from '../../contracts/product';
import type { ProblemCode, ProblemDetail } from '../../contracts/problem';
import { QUOTE_VALID_MINUTES, SHIPPING_COUNTRIES, ShippingCountry } from '../../contracts/quote';
import type { CountryCode, PricedLine, Quote, QuoteRequest, RequestedLine } from '../../contracts/quote';
import { ProblemError } from '../shared/problem-error';
import { totalsFor } from './destinations';
import type { ProductStock } from './product-stock';
import type { QuotesTable } from './quotes-table';

export interface Quoting {
  readonly stock: Pick<ProductStock, 'forSale'>;
  readonly quotes: Pick<QuotesTable, 'keep'>;
  readonly now: () => Date;
}

/**
 * Prices a basket from the catalogue and keeps the offer for some minutes. It takes no stock, but nothing is offered
 * that could not be ordered now.
 * @throws ProblemError `country-not-served`, `unknown-product`, `out-of-stock`
 */
export async function createQuote({ stock, quotes, now }: Quoting, { lines, shippingCountry }: QuoteRequest): Promise<Quote> {
  const country = servedCountry(shippingCountry);
  const products = await stock.forSale(lines.map(({ productId }) => productId));
  const found = lines.map((line, index) => ({ line, index, product: products.get(line.productId) }));
  refuseIfAny('unknown-product', found.filter(({ product }) => !product).map(({ line, index }) => unknown(line, index)));
  const sold = found.flatMap(({ product, ...rest }) => (product ? [{ product, ...rest }] : []));
  refuseIfAny('out-of-stock', sold.filter(({ product, line }) => product.stock < line.quantity).map(({ product, line, index }) => short(product, line, index)));

  const priced = sold.map(({ product, line }) => price(product, line));
  const created = now();
  const quote: Quote = {
    quoteId: QuoteId.parse(randomUUID()),
    lines: priced,
    shippingCountry: country,
    ...totalsFor(country, priced.map(({ lineTotal }) => lineTotal)),
    createdAt: toInstant(created),
    expiresAt: toInstant(new Date(created.getTime() + QUOTE_VALID_MINUTES * 60_000)),
  };
  await quotes.keep(quote);
  return quote;
}

function servedCountry(country: CountryCode): ShippingCountry {
  const served = ShippingCountry.safeParse(country);
  if (served.success) return served.data;
  throw new ProblemError('country-not-served', `The shop ships to ${SHIPPING_COUNTRIES.join(', ')}.`, {
    errors: [{ pointer: '#/shippingCountry', detail: `the shop does not ship to ${country}` }],
  });
}

function refuseIfAny(code: ProblemCode, errors: readonly ProblemDetail[]): void {
  if (errors.length > 0) throw new ProblemError(code, undefined, { errors });
}

const unknown = ({ productId }: RequestedLine, index: number): ProblemDetail => ({
  pointer: `#/lines/${index}/productId`,
  detail: 'there is no such product for sale',
  productId,
});

const short = ({ productId, name, stock }: Product, { quantity }: RequestedLine, index: number): ProblemDetail => ({
  pointer: `#/lines/${index}/quantity`,
  detail: `${quantity} of ${name} were asked for, ${stock} are left`,
  productId,
  available: stock,
});

const price = ({ productId, name, vendor, category, price: unitPrice }: Product, { quantity }: RequestedLine): PricedLine => ({
  productId,
  name,
  vendor,
  category,
  quantity,
  unitPrice,
  lineTotal: times(unitPrice, quantity),
});
