import { Interests, InterestsQuery, SignedOutEverywhere } from '../account';
import { ORDERS_SCOPE } from './route';
import type { Route } from './route';

export const ACCOUNT_ROUTES = {
  signOutEverywhere: {
    method: 'POST',
    path: '/api/account/sign-out-everywhere',
    summary: 'Ends one’s sessions on all devices: none is renewed any more',
    scope: ORDERS_SCOPE,
    status: 200,
    response: SignedOutEverywhere,
  },
  getInterests: {
    method: 'GET',
    path: '/api/account/interests',
    summary: 'What recommendations know of oneself',
    scope: ORDERS_SCOPE,
    query: InterestsQuery,
    status: 200,
    response: Interests,
  },
} as const satisfies Record<string, Route>;
