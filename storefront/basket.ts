import type { Currency, Money } from '../contracts/money';
import type { MAX_LINES as MaxLines, MAX_QUANTITY as MaxQuantity } from '../contracts/quote';
import { isRecord, stored } from './stored';

/** The contract's limits; their types are the numbers themselves, so these two cannot drift from it. */
export const MAX_LINES: typeof MaxLines = 20;
export const MAX_QUANTITY: typeof MaxQuantity = 99;

/** What its customer saw of a product when they put it in. What is so today the catalogue says. */
export interface Seen {
  /** For when the product has vanished: nothing else says what it was. */
  readonly name?: string;
  readonly price?: Money;
}

/** How many of which product. */
export interface Line extends Seen {
  readonly productId: string;
  readonly quantity: number;
}

export const basket = stored<readonly Line[]>(() => localStorage, 'shop.basket', linesIn);

/** The lines with one product's quantity set; zero removes it. `seen` is what its customer sees of it now, where they add it. */
export function withQuantity(lines: readonly Line[], productId: string, quantity: number, seen?: Seen): Line[] {
  const wanted = Math.min(MAX_QUANTITY, Math.max(0, Math.trunc(quantity)));
  const others = lines.filter((line) => line.productId !== productId);
  if (wanted === 0) return others;
  return lines.length > others.length
    ? lines.map((line) => (line.productId === productId ? { ...line, quantity: wanted, ...seen } : line))
    : [...lines, { productId, quantity: wanted, ...seen }];
}

export const quantityOf = (lines: readonly Line[], productId: string): number => lines.find((line) => line.productId === productId)?.quantity ?? 0;

export const pieces = (lines: readonly Line[]): number => lines.reduce((total, { quantity }) => total + quantity, 0);

/** What a product cost when it was added, where that is another price than today's. */
export const formerPrice = ({ price }: Seen, today: Money): Money | undefined => (price && price.amount !== today.amount ? price : undefined);

/** Baskets that were stored before names and prices were kept have neither. */
export function linesIn(value: unknown): Line[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isLine).map(({ productId, quantity, name, price }) => ({
    productId,
    quantity,
    ...(typeof name === 'string' && { name }),
    ...(isMoney(price) && { price }),
  }));
}

function isLine(value: unknown): value is Pick<Line, 'productId' | 'quantity'> & Record<string, unknown> {
  return isRecord(value) && typeof value.productId === 'string' && Number.isInteger(value.quantity) && Number(value.quantity) > 0;
}

/** The contract's: see `Currency`. */
const CURRENCY: Currency = 'EUR';

function isMoney(value: unknown): value is Money {
  return isRecord(value) && Number.isSafeInteger(value.amount) && Number(value.amount) >= 0 && value.currency === CURRENCY;
}
