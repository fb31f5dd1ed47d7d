import type { Product } from '../../contracts/product';

/** A product as the index keeps it. Inactive ones are in it too: their versions have to be known. */
export const productDocument = ({ productId, name, description, category, vendor, price, image, stock, active, version }: Product) =>
  ({ productId, name, description, category, vendor, price, image, inStock: stock > 0, active, version }) as const;
export type ProductDocument = ReturnType<typeof productDocument>;
