import { randomUUID } from 'node:crypto';
import { ProductId } from '../../../contracts/ids';
import { address, type DevShop } from './customers';
import { importProducts } from './products';
import type { RunningWebsite } from './runningWebsite';

interface Given {
  readonly dev: DevShop;
  readonly running: RunningWebsite;
}

/** A product arrives by the importer, and more customers want it than there are pieces. */
export function limitedStock(given: () => Given): void {
  const productId = ProductId.parse(`limited-print-${randomUUID().slice(0, 8)}`);

  test('the importer names each bad row by its line and imports the rest', async () => {
    const { running } = given();
    const { code, said } = await importProducts(running, [
      `${productId},Limited Print,"Fifty pieces, numbered by hand.",Stationery,Papiermühle Lind,49.00,50`,
      'Not An Id,Print,Nice.,Stationery,Papiermühle Lind,49.00,50',
      'another-print,=SUM(A1),Nice.,Stationery,Papiermühle Lind,49.00,50',
    ]);
    expect(code).toBe(1);
    expect(said).toMatch(/products\.csv:3: productId/);
    expect(said).toMatch(/products\.csv:4: name/);
    expect((await given().dev.shop.call('getProduct', { pathParameters: { productId } })).stock).toBe(50);
  });

  test('two hundred customers after fifty pieces: exactly fifty orders', async () => {
    const { dev } = given();
    const customers = await fewAtATime(Array.from({ length: 200 }), () => dev.customer());
    const quotes = await fewAtATime(customers, () => dev.quote(productId));
    const answers = await Promise.all(
      customers.map(async ({ accessToken: token }, index) => {
        const body = { quoteId: quotes[index], shippingAddress: address, paymentMethod: 'pm_card_visa' };
        const idempotencyKey = randomUUID();
        // Whoever gets no answer, or is told that the shop is busy, tries again with the same key, as the page does.
        for (;;) {
          const status = await dev.shop.send('submitOrder', { token, idempotencyKey, body }).then((answer) => answer.status, () => undefined);
          if (status !== undefined && status < 500) return status;
        }
      }),
    );
    expect({ accepted: answers.filter((status) => status === 201).length, refused: answers.filter((status) => status === 409).length }).toEqual({ accepted: 50, refused: 150 });
    expect((await dev.shop.call('getProduct', { pathParameters: { productId } })).stock).toBe(0);
    const counts = await fewAtATime(customers, async ({ accessToken: token }) => (await dev.shop.call('listOrders', { token })).orders.length);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(50);
  });
}

/** What is only prepared or counted need not come all at once. */
async function fewAtATime<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += 20) results.push(...(await Promise.all(items.slice(start, start + 20).map(work))));
  return results;
}
