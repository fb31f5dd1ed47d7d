import type * as z from 'zod/mini';
import { ACCOUNT_ROUTES } from './routes/account';
import { ANALYTICS_ROUTES } from './routes/analytics';
import { CATALOGUE_ROUTES } from './routes/catalogue';
import { OPERATOR_ROUTES } from './routes/operators';
import { ORDER_ROUTES } from './routes/orders';
import type { Route } from './routes/route';
import { SEARCH_ROUTES } from './routes/search';
import { VISIT_ROUTES } from './routes/visits';
import { WEBHOOK_ROUTES } from './routes/webhooks';

export { ORDERS_SCOPE, trafficOf } from './routes/route';
export type { Route, Traffic } from './routes/route';

/** Every route of the HTTP API. */
export const ROUTES = {
  ...CATALOGUE_ROUTES,
  ...ORDER_ROUTES,
  ...ACCOUNT_ROUTES,
  ...OPERATOR_ROUTES,
  ...VISIT_ROUTES,
  ...ANALYTICS_ROUTES,
  ...SEARCH_ROUTES,
  ...WEBHOOK_ROUTES,
} as const satisfies Record<string, Route>;
export type RouteName = keyof typeof ROUTES;

/** Routes that write and know who calls: a person may call each of them so often a minute. */
export type PersonalWrite = { [Name in RouteName]: (typeof ROUTES)[Name] extends { method: 'POST'; scope: string } ? Name : never }[RouteName];

export function isPersonalWrite(name: RouteName): name is PersonalWrite {
  const { method, scope }: Route = ROUTES[name];
  return method === 'POST' && scope !== undefined;
}

export type ResponseOf<Name extends RouteName> = z.infer<(typeof ROUTES)[Name]['response']>;
