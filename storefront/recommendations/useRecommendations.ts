import type { Recommendations } from '../../contracts/recommendation';
import { getRecommendations } from '../api';
import { anonymousId } from '../clicks/clicks';
import { useLoaded } from '../parts';
import type { Session } from '../session';

/** Undefined until the shop has answered; null when it has nothing to recommend, or could not say. */
export function useRecommendations(session: Session, productId?: string): Recommendations | null | undefined {
  const { data, problem } = useLoaded(productId ?? '', async () => getRecommendations({ anonymousId: anonymousId(), productId }, await session.heldToken()));
  if (problem || data?.items.length === 0) return null;
  return data;
}
