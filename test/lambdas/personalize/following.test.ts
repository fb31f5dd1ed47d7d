import { toItem } from '../../../lambdas/shared/dynamodb';
import { Items } from '../../../lambdas/personalize/datasets';
import { follow } from '../../../lambdas/personalize/following';
import type { ProductStreamRecord } from '../../../lambdas/personalize/following';

const product = (productId: string, more: object = {}) => ({ productId, name: 'N', description: 'D', category: 'Kitchen', vendor: 'V', price: { amount: 100, currency: 'EUR' }, stock: 1, active: true, image: '/p/a.svg', version: 1, updatedAt: '2026-11-26T12:00:00.000Z', ...more });
const record = (sequenceNumber: string, now: object | undefined, before?: object): ProductStreamRecord => ({
  dynamodb: { SequenceNumber: sequenceNumber, ...(now && { NewImage: toItem({ ...now }) }), ...(before && { OldImage: toItem({ ...before }) }) },
});

async function followed(records: readonly ProductStreamRecord[], refuse = false) {
  const calls: { readonly datasetArn: string; readonly items: { readonly itemId: string; readonly properties: string }[] }[] = [];
  const send = async ({ input }: { readonly input: (typeof calls)[number] }) => {
    if (refuse) throw new Error('Rate exceeded');
    calls.push(input);
    return {};
  };
  const failed = await follow(new Items({ client: { send: send as never }, datasetArns: ['real', 'synthetic'] }), records);
  return { failed, calls };
}

test('both worlds of Personalize are told of a product that is new, has become another or is gone, as it was last', async () => {
  const { failed, calls } = await followed([
    record('1', product('new')),
    record('2', product('moved', { category: 'Tea' }), product('moved')),
    record('3', product('moved', { category: 'Coffee', price: { amount: 250, currency: 'EUR' } }), product('moved', { category: 'Tea' })),
    record('4', undefined, product('gone')),
  ]);
  expect(failed).toEqual([]);
  expect(calls.map(({ datasetArn }) => datasetArn)).toEqual(['real', 'synthetic']);
  for (const { items } of calls) {
    expect(items.map(({ itemId, properties }) => [itemId, JSON.parse(properties)])).toEqual([
      ['new', { category: 'Kitchen', vendor: 'V', price: 100, active: true }],
      ['moved', { category: 'Coffee', vendor: 'V', price: 250, active: true }],
      ['gone', { category: 'Kitchen', vendor: 'V', price: 100, active: false }],
    ]);
  }
});

test('a sale is none of its business', async () => {
  expect((await followed([record('1', product('a', { stock: 0, version: 2 }), product('a'))])).calls).toEqual([]);
});

test('ten products go in one call', async () => {
  const { calls } = await followed(Array.from({ length: 23 }, (_, index) => record(String(index), product(`p${index}`))));
  expect(calls.map(({ items }) => items.length)).toEqual([10, 10, 10, 10, 3, 3]);
});

test('a record that is no product fails alone, and what Personalize refuses comes again', async () => {
  const records = [record('1', product('a')), record('2', { productId: 'b' }), record('3', product('c'))];
  expect((await followed(records)).failed).toEqual(['2']);
  expect((await followed(records, true)).failed).toEqual(['2', '1', '3']);
});
