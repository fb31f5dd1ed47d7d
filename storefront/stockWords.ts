import type { Words } from './words/english';

/** What there is of a product, with a number once it runs short. */
export function stockWords(pieces: number, { catalogue }: Words): string {
  if (pieces === 0) return catalogue.soldOut;
  return pieces <= 5 ? catalogue.onlyLeft(pieces) : catalogue.inStock;
}
