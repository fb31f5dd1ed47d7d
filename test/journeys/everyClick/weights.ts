import type { VisitorClick } from './visitors';

/** What each counts in the list of what is popular. */
const WEIGHTS: Readonly<Record<string, number>> = { View: 1, AddToCart: 3, Purchase: 5 };

/** What the lists have to say once each of these clicks has counted once, by list and product. */
export function weightsOf(clicks: readonly VisitorClick[]): Record<string, number> {
  const weights: Record<string, number> = {};
  const add = (list: string, productId: string, weight: number): void => void (weights[`${list} ${productId}`] = (weights[`${list} ${productId}`] ?? 0) + weight);
  const sessions = new Map<string, string[]>();
  for (const { productId = '', type, sessionId } of clicks) {
    add('popular', productId, WEIGHTS[type] ?? 0);
    // None of our visitors deals with a product twice, nor with more than are remembered: each counts with each other.
    const before = sessions.get(sessionId) ?? [];
    for (const other of before) {
      add(`together#${other}`, productId, 1);
      add(`together#${productId}`, other, 1);
    }
    sessions.set(sessionId, [...before, productId]);
  }
  return weights;
}
