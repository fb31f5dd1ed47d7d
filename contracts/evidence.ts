import * as z from 'zod/mini';

/** The variable in which the integration step's build exports its evidence, as JSON. */
export const EVIDENCE_VARIABLE = 'EVIDENCE';

/**
 * What a deployment was measured to do: how long synthetic clicks and orders took from the shopper's hand to one place
 * where they have to arrive. Lags are milliseconds, absent where nothing arrived.
 */
export const Hop = z.object({
  /** `order` or `click`. */
  from: z.string(),
  /** `table`, `search`, `mail` … */
  to: z.string(),
  sent: z.int().check(z.gte(1)),
  arrived: z.int().check(z.gte(0)),
  p50: z.optional(z.number()),
  max: z.optional(z.number()),
  /** After which what is not there counts as lost, in seconds. */
  deadline: z.number(),
});
export type Hop = z.infer<typeof Hop>;

/** Fits in a build's exported variable: some twenty hops of a hundred characters. */
export const Evidence = z.object({ hops: z.array(Hop) });
export type Evidence = z.infer<typeof Evidence>;
