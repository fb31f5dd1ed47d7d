import { CustomerId, ProductId } from '../../../contracts/ids';
import { OwnInterests } from '../../../lambdas/personalize/own-interests';
import { fromItem, toItem } from '../../../lambdas/shared/dynamodb';
import type { Item } from '../../../lambdas/shared/dynamodb';

const ada = CustomerId.parse('ada');
const browser = '6f1c1d0e-0000-4000-8000-000000000001';
const row = (...products: string[]) => ({ recent: products.map((productId) => ({ productId, synthetic: false })), version: 3, expiresAt: Date.parse('2026-12-26T10:00:00.000Z') / 1_000 });

const table = (rows: Record<string, object>): OwnInterests => {
  const send = async ({ input: { Key: key } }: { input: { Key: Item } }): Promise<{ Item?: Item }> => {
    const found = rows[String(fromItem(key)['key'])];
    return found ? { Item: toItem({ ...found }) } : {};
  };
  return new OwnInterests({ send }, 'interests');
};

test('a customer is told what is known under their account and under the browser that they name, the last first', async () => {
  const interests = table({ 'visitor#user#ada': row('cup', 'pot'), [`visitor#anonymous#${browser}`]: row('lamp'), 'visitor#user#bob': row('secret') });
  expect(await interests.of(ada, { anonymousId: browser })).toEqual({
    interests: [
      { of: 'account', products: ['cup', 'pot'].map((id) => ProductId.parse(id)), keptUntil: '2026-12-26T10:00:00.000Z' },
      { of: 'browser', products: ['lamp'], keptUntil: '2026-12-26T10:00:00.000Z' },
    ],
  });
});

test('of whom nothing is known nothing is told, and a customer’s id is no browser’s', async () => {
  expect(await table({}).of(ada, {})).toEqual({ interests: [] });
  expect(await table({ [`visitor#user#${browser}`]: row('secret') }).of(ada, { anonymousId: browser })).toEqual({ interests: [] });
});
