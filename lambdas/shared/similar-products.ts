import * as z from 'zod/mini';
import { ProductId } from '../../contracts/ids';

/** Under which key of the interests table stands what the lake found similar to a product. */
export const similarKey = (productId: string): string => `similar#${productId}`;

/** The most similar first. */
export const SimilarProducts = z.object({ similar: z.array(ProductId) });
