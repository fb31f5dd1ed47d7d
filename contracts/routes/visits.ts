import { ClickBatch, ClicksTaken } from '../click';
import { MAX_CLICKS_BODY_BYTES } from '../limits';
import { Recommendations, RecommendationsQuery } from '../recommendation';
import type { Route } from './route';

/** For whoever looks around, signed in or not. */
export const VISIT_ROUTES = {
  recordClicks: {
    method: 'POST',
    path: '/api/clicks',
    summary: 'What a visitor did, up to a hundred events at once',
    optionalToken: true,
    body: ClickBatch,
    maxBodyBytes: MAX_CLICKS_BODY_BYTES,
    traffic: 'clicks',
    status: 202,
    response: ClicksTaken,
  },
  getRecommendations: {
    method: 'GET',
    path: '/api/recommendations',
    summary: 'Products for a visitor, or to go with the one they look at',
    optionalToken: true,
    query: RecommendationsQuery,
    status: 200,
    response: Recommendations,
  },
} as const satisfies Record<string, Route>;
