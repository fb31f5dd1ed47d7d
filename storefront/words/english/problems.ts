import type { ProblemCode } from '../../../contracts/problem';

/** What the shop refuses with, by the name of the problem: what is the matter, and what to do. */
export const refusals = {
  'out-of-stock': 'Somebody was faster: there is not enough in stock for your order. Nothing was ordered. Change the quantity and go on.',
  'quote-expired': 'The prices were kept for a while, but not this long. Nothing was ordered. Ask for the total again.',
  'quote-not-found': 'This total is no longer known. Nothing was ordered. Ask for it again.',
  'quote-used': 'This total has already become an order. You find it under “Your orders”.',
  'idempotency-key-reused': 'This order was changed while it was being placed. Nothing more was ordered. Ask for the total again.',
  'unknown-product': 'Something in your basket is no longer sold. Remove it and go on.',
  'country-not-served': 'We do not ship to this country yet.',
  'address-differs-from-quote': 'The total was for another country. Ask for it again.',
  'invalid-body': 'Something in the form does not fit yet.',
  'invalid-parameter': 'The shop can do nothing with this address. Check it, or go back to the shop.',
  'invalid-cursor': 'This list has moved on. Load the page again.',
  'product-not-found': 'We do not sell this product.',
  'order-not-found': 'You have no such order. If you have another account, sign in with that one.',
  'too-late-to-cancel': 'It is too late to cancel this order. If our carrier already has it, you may refuse it or send it back.',
  'not-signed-in': 'Your session has ended. Sign in again to go on.',
  'search-away': 'Search is away just now. Everything else works; try again in a moment.',
  'try-again': 'The shop is very busy. Try again in a moment.',
  'not-an-operator': 'This page is for the people who run the shop. If you have become one of them since you signed in, sign out and in again.',
  'report-gone': 'The answer was kept for a while, but not this long. Ask for it again.',
  'analytics-away': 'Redshift, where this is counted, is away just now. Nothing is lost meanwhile; try again in a moment.',
  'internal-error': 'Something went wrong on our side. Try again in a moment.',
} satisfies Partial<Record<ProblemCode, string>>;

/** What has no name: the way to the shop, and what stands in front of it, refuse as well. */
export const problems = {
  noAnswer: 'The shop does not answer. Check your connection and try again.',
  signedOut: 'Your session has ended. Sign in again to go on.',
  tooLarge: 'That is more than the shop takes at once. Make it shorter and try again.',
  tooFast: 'That was a little fast. Try again in a moment.',
  tooFastSeconds: (seconds: number) => `That was a little fast. Try again in ${seconds} seconds.`,
  tooFastMinute: 'That was a little fast. Try again in a minute.',
  ours: 'Something went wrong on our side. Try again in a moment.',
  refused: 'The shop could not do that. Try it in another way, or later.',
  request: (id: string) => `Request ${id}`,
};

/** Fields of requests and of forms, which bear the same names. */
export const fields = {
  name: 'Name',
  line1: 'Street and number',
  line2: 'Flat, floor, company',
  postalCode: 'Postal code',
  city: 'City',
  region: 'Region',
  country: 'Country',
  shippingCountry: 'Country',
  email: 'E-mail',
  quantity: 'Quantity',
};
