import type { Recommendations } from '../../contracts/recommendation';
import { getRecommendations } from '../api';
import { anonymousId } from '../clicks/clicks';
import { type Loading, useLoaded } from '../parts';
import type { Session } from '../session';

/** Undefined until the shop has answered; null when it has nothing to recommend, or could not say. */
export function useRecommendations(session: Session, productId?: string): Recommendations | null | undefined {
  return answered(useLoaded(productId ?? '', async () => getRecommendations({ anonymousId: anonymousId(), productId }, await session.heldToken())));
}

/** What everybody likes: twice as many as a row has, since what stands in another one is left out. */
export const usePopular = (): Recommendations | null | undefined => answered(useLoaded('popular', () => getRecommendations({ only: 'popular', limit: '12' })));

function answered({ data, problem }: Loading<Recommendations>): Recommendations | null | undefined {
  return problem || data?.items.length === 0 ? null : data;
}
