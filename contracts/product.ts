import * as z from 'zod/mini';
import { ProductId } from './ids';
import { Instant } from './instant';
import { Money } from './money';
import { pageQuery } from './page';
import { textLine } from './text';

/** A category is its name as people read it (`Coffee & tea`): there is no second list to keep in step. */
export const CategoryName = textLine(40).brand<'CategoryName'>();
export type CategoryName = z.infer<typeof CategoryName>;

export const VendorName = textLine(60).brand<'VendorName'>();
export type VendorName = z.infer<typeof VendorName>;

/** A picture of the shop's own pages, as a path below the site's root. */
export const ImagePath = z
  .string()
  .check(
    z.maxLength(200),
    z.regex(/^(\/[a-zA-Z0-9_-]+)+\.(svg|png|jpg|webp|avif)$/, 'must be a path to a picture, like /products/walnut-serving-board.svg'),
  );

export const PLACEHOLDER_IMAGE = '/products/placeholder.svg';

/** What a vendor's catalogue says of a product: one row of an import. */
export const CatalogueProduct = z.strictObject({
  productId: ProductId,
  name: textLine(100),
  description: textLine(2_000),
  category: CategoryName,
  vendor: VendorName,
  price: Money,
  stock: z.int().check(z.gte(0), z.lte(1_000_000)),
  active: z._default(z.boolean(), true),
  image: z._default(ImagePath, PLACEHOLDER_IMAGE),
});
export type CatalogueProduct = z.infer<typeof CatalogueProduct>;

/**
 * A product as stored and as served. `version` grows with each change of the item, orders' stock decrements included:
 * it is the external version of the search index.
 */
export const Product = z.object({
  ...CatalogueProduct.shape,
  active: z.boolean(),
  image: ImagePath,
  version: z.int().check(z.gte(1)),
  updatedAt: Instant,
});
export type Product = z.infer<typeof Product>;

/** `GET /api/products/{productId}`. */
export const ProductPath = z.strictObject({ productId: ProductId });

/** `GET /api/products`. */
export const ListProductsQuery = z.strictObject({ ...pageQuery, category: z.optional(CategoryName), vendor: z.optional(VendorName) });
export type ListProductsQuery = z.infer<typeof ListProductsQuery>;

export const ProductPage = z.object({ products: z.array(Product), nextCursor: z.optional(z.string()) });
export type ProductPage = z.infer<typeof ProductPage>;

/** `products` counts those that can be seen now. */
export const Category = z.object({ name: CategoryName, products: z.int().check(z.gte(1)) });
export type Category = z.infer<typeof Category>;

export const CategoryList = z.object({ categories: z.array(Category) });
export type CategoryList = z.infer<typeof CategoryList>;
