import type { MAX_LINES as MaxLines, MAX_QUANTITY as MaxQuantity } from '../contracts/quote';
import { isRecord, stored } from './stored';

/** The contract's limits; their types are the numbers themselves, so these two cannot drift from it. */
export const MAX_LINES: typeof MaxLines = 20;
export const MAX_QUANTITY: typeof MaxQuantity = 99;

/** How many of which product. Names and prices are the catalogue's and not kept here. */
export interface Line {
  readonly productId: string;
  readonly quantity: number;
}

export const basket = stored<readonly Line[]>(
  () => localStorage,
  'shop.basket',
  (value) => (Array.isArray(value) ? value.filter(isLine) : []),
);

/** The lines with one product's quantity set; zero removes it. */
export function withQuantity(lines: readonly Line[], productId: string, quantity: number): Line[] {
  const wanted = Math.min(MAX_QUANTITY, Math.max(0, Math.trunc(quantity)));
  const others = lines.filter((line) => line.productId !== productId);
  if (wanted === 0) return others;
  return lines.length > others.length
    ? lines.map((line) => (line.productId === productId ? { productId, quantity: wanted } : line))
    : [...lines, { productId, quantity: wanted }];
}

export const quantityOf = (lines: readonly Line[], productId: string): number => lines.find((line) => line.productId === productId)?.quantity ?? 0;

export const pieces = (lines: readonly Line[]): number => lines.reduce((total, { quantity }) => total + quantity, 0);

function isLine(value: unknown): value is Line {
  return isRecord(value) && typeof value.productId === 'string' && Number.isInteger(value.quantity) && Number(value.quantity) > 0;
}
