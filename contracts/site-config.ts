import * as z from 'zod/mini';

/**
 * `/config.json`: what the pages, built once for all environments, have to know about theirs. The app client's
 * callback and sign-out address is the site's root, `https://<site>/`.
 */
export const SiteConfig = z.strictObject({
  /** The user pool as an OpenID provider: `https://cognito-idp.<region>.amazonaws.com/<pool>`. */
  authority: z.url(),
  clientId: z.string().check(z.minLength(1)),
  /** OAuth scopes, joined by spaces. */
  scope: z.string().check(z.minLength(1)),
  /** The pool's sign-in pages: `https://<prefix>.auth.<region>.amazoncognito.com`. */
  signInUrl: z.url(),
  region: z.string().check(z.minLength(1)),
  /** Whether this deployment has a search: the pages show the field for it only then. */
  search: z.boolean(),
  /** Where Stripe.js is loaded from, and the key that it makes itself known with: public, both of them. */
  payment: z.strictObject({ scriptUrl: z.url(), publishableKey: z.string().check(z.minLength(1)) }),
});
export type SiteConfig = z.infer<typeof SiteConfig>;
