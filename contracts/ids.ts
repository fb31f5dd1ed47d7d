import * as z from 'zod/mini';

/** Chosen by the catalogue: `walnut-serving-board`. */
export const ProductId = z
  .string()
  .check(z.maxLength(64), z.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words and digits joined by hyphens'))
  .brand<'ProductId'>();
export type ProductId = z.infer<typeof ProductId>;

/** UUIDv7: order ids sort by the time at which they were made. */
export const OrderId = z.uuidv7().brand<'OrderId'>();
export type OrderId = z.infer<typeof OrderId>;

/** UUIDv4: whoever holds a quote's id may use the quote, so it has to be unguessable. */
export const QuoteId = z.uuidv4().brand<'QuoteId'>();
export type QuoteId = z.infer<typeof QuoteId>;

/** The `sub` of a Cognito user. */
export const CustomerId = z.string().check(z.minLength(1), z.maxLength(128)).brand<'CustomerId'>();
export type CustomerId = z.infer<typeof CustomerId>;

/** The value of an `Idempotency-Key` header, without the quotes of its structured-field form. */
export const IdempotencyKey = z
  .string()
  .check(
    z.minLength(8, 'must be at least 8 characters long'),
    z.maxLength(255, 'must be at most 255 characters long'),
    z.regex(/^[\x21\x23-\x5B\x5D-\x7E]*$/, 'must be printable ASCII without spaces, quotes or backslashes'),
  )
  .brand<'IdempotencyKey'>();
export type IdempotencyKey = z.infer<typeof IdempotencyKey>;
