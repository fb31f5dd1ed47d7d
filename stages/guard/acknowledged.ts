import type { Loss } from './compare';

/** A loss that somebody has thought through: where the data goes, and how. */
export type AcknowledgedLoss = Loss;

/**
 * Losses that the next release may cause, each by stack, logical id and the reason why that is right. An entry is
 * taken out again with the commit that records the release.
 */
export const acknowledgedLosses: readonly AcknowledgedLoss[] = [];
