import type { RecommendationSource, RecommendedProduct } from '../../contracts/recommendation';
import type { Words } from '../words/english';

/** Why something is shown, in words. `lookingAt` is the product whose page it is shown on. */
export function reason(source: RecommendationSource, because: RecommendedProduct['because'], { recommendations: words }: Words, lookingAt?: string): string {
  if (source === 'popular') return words.popular;
  if (!because) return words.byWhatYouLookedAt;
  return source === 'similar' && because.productId === lookingAt ? words.lookedAtTogetherWith(because.name) : words.becauseYouLookedAt(because.name);
}
