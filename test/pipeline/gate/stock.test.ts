import type { Product } from '../../../contracts/product';
import { expectStockBack } from '../../../pipeline/gate/stock';
import { products } from '../../storefront/fakeProducts';

const [board, apron, tea] = products as [Product, Product, Product];

/** A shop whose stock is this, until somebody buys. */
const stocked = (pieces: Record<string, number>) => ({ most: async () => [board, apron, tea] as [Product, ...Product[]], of: async (productId: string) => pieces[productId] ?? 0 });

it('finds that goods are back, also when somebody has added more of them', async () => {
  const pieces = { [board.productId]: 9 };
  const bought: string[] = [];
  await expectStockBack(stocked(pieces), async (productId) => {
    bought.push(productId);
    pieces[productId] = 12;
  });
  expect(bought).toEqual([board.productId]);
});

it('does not take for lost what others have bought meanwhile', async () => {
  const pieces = { [board.productId]: 9, [apron.productId]: 5 };
  const bought: string[] = [];
  await expectStockBack(stocked(pieces), async (productId) => {
    bought.push(productId);
    if (productId === board.productId) pieces[productId] = 7;
  });
  expect(bought).toEqual([board.productId, apron.productId]);
});

it('misses what an order keeps, whatever it is of, and says how much was there', async () => {
  const pieces: Record<string, number> = { [board.productId]: 9, [apron.productId]: 5, [tea.productId]: 3 };
  const keep = expectStockBack(stocked(pieces), async (productId) => void (pieces[productId] = (pieces[productId] ?? 0) - 1));
  await expect(keep).rejects.toThrow(`9 of ${board.productId} were in stock before, 8 are after. 5 of ${apron.productId} were in stock before, 4 are after. 3 of`);
});
