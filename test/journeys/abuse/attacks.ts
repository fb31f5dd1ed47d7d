import { ORIGIN_SECRET_HEADER } from '../../../contracts/headers';
import { ROUTES } from '../../../contracts/http';
import type { Route, RouteName } from '../../../contracts/http';
import { Problem, problemCode } from '../../../contracts/problem';
import { Shop } from '../../../pipeline/gate/shop';
import type { AttackedShop } from './attackedShop';
import { FORGERIES, Foreign, forgeriesFor } from './forgeries';
import type { Forged } from './forgeries';
import { ANONYMOUS, ANONYMOUS_BECAUSE, BY_THE_RIGHT_ONE, CUSTOMERS, OPERATORS, PROTECTED, rightful, trespass } from './requests';
import type { Request } from './requests';
import type { Contents } from './tables';

const GATEWAY = { 401: 'Unauthorized', 403: 'Forbidden' } as const;
const forgeries = Object.entries(FORGERIES) as [keyof Forged, 401 | 403][];
const routeOf = (name: RouteName): Route => ROUTES[name];

/** Every route of contracts/http.ts, asked by who must not: refused with its status, and nothing written. */
export function attacks(given: () => AttackedShop): void {
  const requests = new Map<RouteName, Request>();
  let customers: Forged;
  let operators: Forged;
  let before: Contents;
  beforeAll(async () => {
    const shop = given();
    const foreign = await Foreign.beside(shop.pages);
    customers = await forgeriesFor(shop.pages, shop.customer.person, shop.customer, foreign);
    operators = await forgeriesFor(shop.pages, shop.operator.person, shop.operator, foreign);
    for (const name of PROTECTED) requests.set(name, await rightful(name).request(shop));
    before = await shop.tables.atRest();
  });
  const unchanged = async (): Promise<void> => expect(await given().tables.contents()).toEqual(before);
  const request = (name: RouteName): Request => requests.get(name) ?? {};
  const forged = (name: RouteName): Forged => (routeOf(name).group === undefined ? customers : operators);

  test('asks for no token only where there is a reason', () => {
    expect(ANONYMOUS.toSorted()).toEqual(Object.keys(ANONYMOUS_BECAUSE).toSorted());
  });

  describe.each(PROTECTED)('%s', (name) => {
    test.each(forgeries)('%s is refused with %i', async (forgery, status) => {
      expect(await gatewayAnswer(given().shop, name, { ...request(name), token: forged(name)[forgery] })).toEqual([status, { message: GATEWAY[status] }]);
      await unchanged();
    });
  });

  test.each(CUSTOMERS)('%s gives a stranger nothing of another customer’s', async (name) => {
    const { request, ...refusal } = trespass(name);
    const asked = await request(given());
    expect(await answer(given().shop, name, { ...asked, token: given().stranger.accessToken })).toEqual(refusal);
    await unchanged();
  });

  test('a stranger’s list of orders is empty', async () => {
    expect(await given().shop.call('listOrders', { token: given().stranger.accessToken })).toEqual({ orders: [] });
  });

  test.each(OPERATORS)('%s is not for shoppers, nor for the gate', async (name) => {
    expect(await answer(given().shop, name, { ...request(name), token: given().customer.accessToken })).toEqual({ status: 403, problem: 'not-an-operator' });
    expect(await gatewayAnswer(given().shop, name, { ...request(name), token: given().gateToken })).toEqual([403, { message: 'Forbidden' }]);
    await unchanged();
  });

  test.each(Object.keys(ROUTES) as RouteName[])('%s does not answer past CloudFront, whoever asks', async (name) => {
    const directly = new Shop(await given().dev.output('Edge', 'ApiUrl'));
    const token = (routeOf(name).group === undefined ? given().customer : given().operator).accessToken;
    for (const headers of [undefined, { [ORIGIN_SECRET_HEADER]: 'a guess' }]) {
      expect(await answer(directly, name, { ...request(name), token, headers })).toEqual({ status: 403, problem: 'not-through-the-edge' });
    }
    await unchanged();
  });

  // Otherwise the requests above might have been refused for something else. It writes, so it comes last.
  test.each(BY_THE_RIGHT_ONE)('%s answers the very same request with the right token', async (name) => {
    const { problem } = rightful(name);
    const token = (routeOf(name).group === undefined ? given().customer : given().operator).accessToken;
    const { status, ...rest } = await answer(given().shop, name, { ...request(name), token });
    expect(rest).toEqual({ problem });
    if (problem === undefined) expect(status).toBe(routeOf(name).status);
  });
}

async function answer(shop: Shop, name: RouteName, call: Parameters<Shop['send']>[1]): Promise<{ readonly status: number; readonly problem?: string }> {
  const response = await shop.send(name, call);
  if (response.ok) return { status: response.status };
  return { status: response.status, problem: problemCode(Problem.parse(await response.json())) };
}

async function gatewayAnswer(shop: Shop, name: RouteName, call: Parameters<Shop['send']>[1]): Promise<[number, unknown]> {
  const response = await shop.send(name, call);
  return [response.status, await response.json()];
}
