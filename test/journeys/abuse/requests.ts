import { randomUUID } from 'node:crypto';
import { ROUTES } from '../../../contracts/http';
import type { Route, RouteName } from '../../../contracts/http';
import type { ProblemCode } from '../../../contracts/problem';
import type { Call } from '../../../pipeline/gate/shop';
import { ADDRESS, quote } from './attackedShop';
import { eventually } from '../../support/eventually';
import type { AttackedShop } from './attackedShop';

type Routes = typeof ROUTES;
type RoutesWith<Member extends string> = { [Name in RouteName]: Routes[Name] extends Record<Member, unknown> ? Name : never }[RouteName];
type ProtectedRoute = RoutesWith<'scope'>;
type CustomersRoute = Exclude<ProtectedRoute, RoutesWith<'group'>>;

/** A request without its token. */
export type Request = Omit<Call, 'token'>;

const all = Object.keys(ROUTES) as RouteName[];
const routeOf = (name: RouteName): Route => ROUTES[name];

export const PROTECTED = all.filter((name) => routeOf(name).scope !== undefined);
export const CUSTOMERS = PROTECTED.filter((name) => routeOf(name).group === undefined);
export const OPERATORS = PROTECTED.filter((name) => routeOf(name).group !== undefined);
export const ANONYMOUS = all.filter((name) => routeOf(name).scope === undefined);

/** Why these ask for no token. */
export const ANONYMOUS_BECAUSE: Readonly<Record<Exclude<RouteName, ProtectedRoute>, string>> = {
  listProducts: 'everybody may look',
  getProduct: 'everybody may look',
  listCategories: 'everybody may look',
  createQuote: 'a basket has a price before its owner has an account; it takes no stock',
  recordClicks: 'everybody may be counted; a token that is there is verified',
  getRecommendations: 'everybody is recommended something; a token that is there is verified',
  searchProducts: 'everybody may look',
  suggestProducts: 'everybody may look',
  receivePaymentEvent: 'the provider signs the body',
  receiveCarrierEvent: 'the carrier signs the body',
};

interface Rightful {
  readonly request: (given: AttackedShop) => Request | Promise<Request>;
  /** With which problem the shop refuses it when the token is right; by default it is done. */
  readonly problem?: ProblemCode;
}

const onOrder = ({ order: { orderId } }: AttackedShop, more: Request = {}): Request => ({ pathParameters: { orderId }, ...more });

/** A request to each protected route that would be answered, were it not for the token. In an order in which all can be done. */
const RIGHTFUL: Readonly<Record<ProtectedRoute, Rightful>> = {
  submitOrder: {
    request: async ({ shop }) => ({ idempotencyKey: randomUUID(), body: { quoteId: await quote(shop), shippingAddress: ADDRESS, paymentMethod: 'pm_card_visa' } }),
  },
  listOrders: { request: () => ({}) },
  searchOwnOrders: { request: () => ({}) },
  searchOrders: { request: () => ({}) },
  getInterests: { request: () => ({}) },
  getOrder: { request: (given) => onOrder(given) },
  showOrder: { request: (given) => onOrder(given) },
  listAttention: { request: () => ({}) },
  getReport: { request: () => ({ pathParameters: { report: 'revenue' } }) },
  retryOrder: { request: (given) => onOrder(given, { body: { reason: 'Again' } }), problem: 'nothing-to-retry' },
  resendMail: { request: (given) => onOrder(given, { body: { mail: 'confirmation', reason: 'Lost' } }) },
  attendOrder: { request: (given) => onOrder(given, { body: { note: 'Seen' } }) },
  refundOrder: { request: (given) => onOrder(given, { idempotencyKey: randomUUID(), body: { goods: 'WRITE_OFF', reason: 'Broken' } }) },
  // The order of the test is being refunded by now.
  cancelOrder: { request: (given) => onOrder(given, { body: {} }), problem: 'too-late-to-cancel' },
  // What was let in stays in until its token expires.
  signOutEverywhere: { request: () => ({}) },
};

interface Trespass {
  readonly request: (given: AttackedShop) => Request | Promise<Request>;
  readonly status: number;
  readonly problem?: ProblemCode;
}

/** How a stranger, rightly signed in, reaches for what is another customer's, and what they are told. */
const TRESPASSES: Readonly<Record<CustomersRoute, Trespass>> = {
  getOrder: { request: (given) => onOrder(given), status: 404, problem: 'order-not-found' },
  cancelOrder: { request: (given) => onOrder(given, { body: {} }), status: 404, problem: 'order-not-found' },
  listOrders: { request: async (given) => ({ query: { cursor: await cursorOfAnother(given) } }), status: 400, problem: 'invalid-cursor' },
  searchOwnOrders: { request: async (given) => ({ query: { limit: '1', cursor: await searchCursorOfAnother(given) } }), status: 400, problem: 'invalid-cursor' },
  submitOrder: {
    request: ({ idempotencyKey, order: { quoteId } }) => ({ idempotencyKey, body: { quoteId, shippingAddress: ADDRESS, paymentMethod: 'pm_card_visa' } }),
    status: 409,
    problem: 'quote-used',
  },
  getInterests: { request: () => ({ query: { userId: 'ada' } }), status: 400, problem: 'invalid-parameter' },
  // It names nobody: a stranger can end no sessions but their own.
  signOutEverywhere: { request: () => ({}), status: 200 },
};

/** Every protected route, those last that leave nothing to be done by others. */
export const BY_THE_RIGHT_ONE = PROTECTED.toSorted((one, other) => Object.keys(RIGHTFUL).indexOf(one) - Object.keys(RIGHTFUL).indexOf(other));

export const rightful = (name: RouteName): Rightful => lookUp(RIGHTFUL, name, 'RIGHTFUL');
export const trespass = (name: RouteName): Trespass => lookUp(TRESPASSES, name, 'TRESPASSES');

/** @throws Error that names the route of which nothing is said */
function lookUp<T>(table: Readonly<Partial<Record<RouteName, T>>>, name: RouteName, where: string): T {
  const found = table[name];
  if (found === undefined) throw new Error(`${name} is a new route: say in test/journeys/abuse/requests.ts, ${where}, how it is asked.`);
  return found;
}

/** Continues the list of the customer whose order it is, who has a second one. */
async function cursorOfAnother({ shop, customer: { accessToken: token } }: AttackedShop): Promise<string> {
  const { nextCursor = '' } = await shop.call('listOrders', { token, query: { limit: '1' } });
  if (nextCursor === '') throw new Error('The customer has only one order.');
  return nextCursor;
}

/** The same of what they find by searching, once both orders are found. */
const searchCursorOfAnother = ({ shop, customer: { accessToken: token } }: AttackedShop): Promise<string> =>
  eventually(async () => (await shop.call('searchOwnOrders', { token, query: { limit: '1' } })).nextCursor, 120);
