import * as z from 'zod/mini';
import { ProductId } from './ids';
import { Instant } from './instant';

/** `POST /api/account/sign-out-everywhere`: from now on no session of the customer's can be renewed. */
export const SignedOutEverywhere = z.object({ signedOut: z.literal(true) });
export type SignedOutEverywhere = z.infer<typeof SignedOutEverywhere>;

/** `GET /api/account/interests`. `anonymousId` is what the browser goes by where nobody has signed in. */
export const InterestsQuery = z.strictObject({ anonymousId: z.optional(z.uuid()) });
export type InterestsQuery = z.infer<typeof InterestsQuery>;

/** The products that somebody dealt with last, the last first: all that recommendations know of them. */
export const Interest = z.object({ of: z.enum(['account', 'browser']), products: z.array(ProductId), keptUntil: Instant });
export type Interest = z.infer<typeof Interest>;

export const Interests = z.object({ interests: z.array(Interest) });
export type Interests = z.infer<typeof Interests>;
