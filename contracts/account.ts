import * as z from 'zod/mini';

/** `POST /api/account/sign-out-everywhere`: from now on no session of the customer's can be renewed. */
export const SignedOutEverywhere = z.object({ signedOut: z.literal(true) });
export type SignedOutEverywhere = z.infer<typeof SignedOutEverywhere>;
