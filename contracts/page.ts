import * as z from 'zod/mini';

/** The query of every list: how many, and where the page before ended (`nextCursor` of the answer, opaque). */
export const pageQuery = {
  limit: z._default(
    z.pipe(
      z.pipe(z.string().check(z.regex(/^\d{1,3}$/, 'must be a number from 1 to 100')), z.transform(Number)),
      z.int().check(z.gte(1), z.lte(100)),
    ),
    24,
  ),
  cursor: z.optional(z.string().check(z.maxLength(1_000))),
};
