import * as z from 'zod/mini';
import { ProductId } from './ids';
import { Product } from './product';

/** Names one answer; the clicks on what it shows carry it, so that it can be told what came of it. */
export const RecommendationId = z.string().check(z.minLength(1), z.maxLength(100)).brand<'RecommendationId'>();
export type RecommendationId = z.infer<typeof RecommendationId>;

/**
 * Where an answer comes from, best first: the campaign of Personalize, products that others bought or looked at together
 * with those that this visitor looked at, or those that are looked at most.
 */
export const RECOMMENDATION_SOURCES = ['personalized', 'similar', 'popular'] as const;
export const RecommendationSource = z.enum(RECOMMENDATION_SOURCES);
export type RecommendationSource = z.infer<typeof RecommendationSource>;

const upToTwelve = z.pipe(
  z.pipe(z.string().check(z.regex(/^\d{1,2}$/, 'must be a number from 1 to 12')), z.transform(Number)),
  z.int().check(z.gte(1), z.lte(12)),
);

/**
 * `GET /api/recommendations`, with or without a bearer token. `productId` is what the visitor is looking at. `only` asks for
 * what is popular with everybody, whoever asks.
 */
export const RecommendationsQuery = z.strictObject({
  only: z.optional(z.literal('popular')),
  anonymousId: z.optional(z.uuid()),
  productId: z.optional(ProductId),
  limit: z._default(upToTwelve, 6),
});
export type RecommendationsQuery = z.infer<typeof RecommendationsQuery>;

/** `because` is the product that one was recommended for, absent where it was for no one product's sake. */
export const RecommendedProduct = z.object({ product: Product, because: z.optional(z.object({ productId: ProductId, name: z.string() })) });
export type RecommendedProduct = z.infer<typeof RecommendedProduct>;

export const Recommendations = z.object({
  recommendationId: RecommendationId,
  source: RecommendationSource,
  items: z.array(RecommendedProduct).check(z.maxLength(12)),
});
export type Recommendations = z.infer<typeof Recommendations>;
