import { setTimeout as sleep } from 'node:timers/promises';
import type { RouteName } from '../../../contracts/http';
import { Problem, problemCode } from '../../../contracts/problem';
import type { Call, Shop } from '../../../pipeline/gate/shop';
import { eventually } from '../../support/eventually';
import type { DevEnvironment } from '../devEnvironment';
import { pausePart, takeDown } from '../killing';

const OUTAGE_MS = 60_000;

export interface OutageProps {
  readonly dev: DevEnvironment;
  readonly shop: Shop;
  readonly operatorToken: string;
  readonly ordersTaken: () => number;
}

/** What the shop said to whoever asked for what was away, and how many orders it took meanwhile. */
export interface Outage {
  readonly search: Refusal;
  readonly report: Refusal;
  readonly ordersTaken: number;
}

type Refusal = readonly [problem: string | undefined, retryAfter: string | null];

/** For a minute nobody answers for search, and Redshift is paused. */
export async function outage({ dev, shop, operatorToken, ordersTaken }: OutageProps): Promise<Outage> {
  const letGo = [await takeDown(dev, 'opensearch'), pausePart(dev, 'redshift')];
  const before = ordersTaken();
  try {
    const [search, report] = await Promise.all([
      refusalOf(shop, 'searchProducts', { query: { q: 'piece' } }),
      refusalOf(shop, 'getReport', { token: operatorToken, pathParameters: { report: 'orders' } }),
      sleep(OUTAGE_MS),
    ]);
    return { search, report, ordersTaken: ordersTaken() - before };
  } finally {
    for (const go of letGo) go();
  }
}

/** Whose function is killed at answering asks again. */
const refusalOf = (shop: Shop, route: RouteName, call: Call): Promise<Refusal> =>
  eventually(async () => {
    const answer = await shop.send(route, call);
    return answer.status === 503 && ([problemCode(Problem.parse(await answer.json())), answer.headers.get('retry-after')] as const);
  }, OUTAGE_MS / 1_000);
