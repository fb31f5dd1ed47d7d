import * as z from 'zod/mini';
import { CountryCode } from './quote';
import { textLine } from './text';

export const ShippingAddress = z.strictObject({
  name: textLine(100),
  line1: textLine(100),
  line2: z.optional(textLine(100)),
  postalCode: textLine(16),
  city: textLine(80),
  region: z.optional(textLine(80)),
  country: CountryCode,
});
export type ShippingAddress = z.infer<typeof ShippingAddress>;
