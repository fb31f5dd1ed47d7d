import * as z from 'zod/mini';
import { ProductId, QuoteId } from './ids';
import { Instant } from './instant';
import { Money } from './money';
import { CategoryName, VendorName } from './product';

export const MAX_LINES = 20;
export const MAX_QUANTITY = 99;
export const QUOTE_VALID_MINUTES = 15;

export const CountryCode = z
  .string()
  .check(z.regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 code of two capital letters'))
  .brand<'CountryCode'>();
export type CountryCode = z.infer<typeof CountryCode>;

/** Where the shop ships to. */
export const SHIPPING_COUNTRIES = ['AT', 'BE', 'CH', 'CZ', 'DE', 'DK', 'ES', 'FI', 'FR', 'GB', 'IE', 'IT', 'LU', 'NL', 'NO', 'PL', 'PT', 'SE'] as const;
export const ShippingCountry = z.enum(SHIPPING_COUNTRIES);
export type ShippingCountry = z.infer<typeof ShippingCountry>;

export const RequestedLine = z.strictObject({ productId: ProductId, quantity: z.int().check(z.gte(1), z.lte(MAX_QUANTITY)) });
export type RequestedLine = z.infer<typeof RequestedLine>;

/** `POST /api/quotes`. Each product stands in one line; prices come from the catalogue and are not accepted here. */
export const QuoteRequest = z.strictObject({
  lines: z.array(RequestedLine).check(
    z.minLength(1, 'must have at least one line'),
    z.maxLength(MAX_LINES, `must have at most ${MAX_LINES} lines`),
    z.superRefine((lines, context) => {
      const seen = new Set<string>();
      lines.forEach((line, index) => {
        if (seen.has(line.productId)) {
          context.addIssue({ code: 'custom', path: [index, 'productId'], message: 'stands in another line already' });
        }
        seen.add(line.productId);
      });
    }),
  ),
  shippingCountry: CountryCode,
});
export type QuoteRequest = z.infer<typeof QuoteRequest>;

export const PricedLine = z.object({
  productId: ProductId,
  name: z.string(),
  /** Who sold it; none in orders from before it was written down. */
  vendor: z.optional(VendorName),
  /** Of the product when it was sold; likewise. */
  category: z.optional(CategoryName),
  quantity: z.int().check(z.gte(1), z.lte(MAX_QUANTITY)),
  unitPrice: Money,
  lineTotal: Money,
});
export type PricedLine = z.infer<typeof PricedLine>;

/** What a basket costs: `total` = `subtotal` + `shipping` + `tax`. Prices are net; tax is on goods and shipping. */
export const Totals = z.object({
  subtotal: Money,
  shipping: Money,
  /** 1900 is 19 %. */
  taxBasisPoints: z.int().check(z.gte(0), z.lte(10_000)),
  tax: Money,
  total: Money,
});
export type Totals = z.infer<typeof Totals>;

/** An offer that the shop keeps until `expiresAt`, whatever happens to its prices meanwhile. It reserves no stock. */
export const Quote = z.object({
  quoteId: QuoteId,
  lines: z.array(PricedLine),
  shippingCountry: ShippingCountry,
  ...Totals.shape,
  createdAt: Instant,
  expiresAt: Instant,
});
export type Quote = z.infer<typeof Quote>;
