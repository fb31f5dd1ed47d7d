import type { ProductId } from '../../contracts/ids';

/** The index of the interests table by which a list is read, heaviest first: partition key `list`, sort key `weight`. */
export const BY_WEIGHT = 'by-weight';

const WEEK_MS = 7 * 24 * 60 * 60_000;
/** What everybody looks at is written by every click: one partition of an index takes 1,000 writes a second. */
const PARTITIONS = 2;

const weekOf = (time: number): number => Math.floor(time / WEEK_MS);
const partitionOf = (productId: ProductId): number => Buffer.from(productId).reduce((sum, byte) => sum + byte, 0) % PARTITIONS;

/** The list of what was dealt with in the week of a moment that a product is counted in. */
export const popularList = (productId: ProductId, time: number): string => `popular#${weekOf(time)}#${partitionOf(productId)}`;

/** All lists of what was dealt with in this week and the one before. */
export const popularLists = (now: number): string[] => [weekOf(now), weekOf(now) - 1].flatMap((week) => Array.from({ length: PARTITIONS }, (_, partition) => `popular#${week}#${partition}`));

/** The list of what visitors deal with that dealt with this product. What the gate's shoppers do stands in lists of its own. */
export const togetherList = (productId: ProductId, synthetic = false): string => `${synthetic ? 'synthetic-' : ''}together#${productId}`;
