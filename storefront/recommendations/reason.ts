import type { RecommendationSource, RecommendedProduct } from '../../contracts/recommendation';

/** Why something is shown, in words. `lookingAt` is the product whose page it is shown on. */
export function reason(source: RecommendationSource, because: RecommendedProduct['because'], lookingAt?: string): string {
  if (source === 'popular') return 'Popular now';
  if (!because) return 'Chosen by what you looked at';
  return source === 'similar' && because.productId === lookingAt ? `Often looked at together with ${because.name}` : `Because you looked at ${because.name}`;
}
