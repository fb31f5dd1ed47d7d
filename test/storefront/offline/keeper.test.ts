import { Keeper } from '../../../storefront/offline/keeper';
import { FakeCaches } from './fakeCaches';

const ORIGIN = 'https://shop.example';
const FILES = ['/', '/config.json', '/assets/index-1.js'];
const asking = (path: string): Request => new Request(ORIGIN + path);

let answers: Map<string, () => Response>;
let asked: string[];
let caches: FakeCaches;
let keeper: Keeper;
let kept: Promise<unknown>[];

const fetchFrom = async (request: Request | string): Promise<Response> => {
  const path = (request instanceof Request ? request.url : request).replace(ORIGIN, '');
  asked.push(path);
  const answer = answers.get(path);
  if (!answer) throw new TypeError('Failed to fetch');
  return answer();
};
const answering = (path: string, body: string, init: ResponseInit = {}): void => void answers.set(path, () => new Response(body, init));
const read = async (path: string): Promise<Response> => {
  const answer = await keeper.read(asking(path), (work) => kept.push(work));
  await Promise.all(kept);
  return answer;
};
const offline = (): void => answers.clear();

beforeEach(() => {
  [answers, asked, kept] = [new Map(), [], []];
  caches = new FakeCaches(fetchFrom);
  keeper = new Keeper({ caches, fetch: fetchFrom }, 'one', FILES);
  for (const file of FILES) answering(file, `${file} of one`);
});

test('a page is the network’s while it answers, and the kept one when it does not or has failed', async () => {
  await keeper.keepShell();
  answering('/basket', 'of two');
  expect(await (await keeper.page(asking('/basket'))).text()).toBe('of two');
  answering('/basket', 'away', { status: 503 });
  expect(await (await keeper.page(asking('/basket'))).text()).toBe('/ of one');
  offline();
  expect(await (await keeper.page(asking('/basket'))).text()).toBe('/ of one');
});

test('a page that takes long is the kept one', async () => {
  await keeper.keepShell();
  jest.useFakeTimers();
  const never = new Keeper({ caches, fetch: () => new Promise(() => {}) }, 'one', FILES);
  const page = never.page(asking('/'));
  await jest.runAllTimersAsync();
  jest.useRealTimers();
  expect(await (await page).text()).toBe('/ of one');
});

test('half a release is none, and a new one takes the place of the one before but not of what was seen', async () => {
  answers.delete('/config.json');
  await expect(keeper.keepShell()).rejects.toThrow('Failed to fetch');
  answering('/config.json', '{}');
  await keeper.keepShell();
  answering('/api/categories', '{}');
  await read('/api/categories');
  const next = new Keeper({ caches, fetch: fetchFrom }, 'two', FILES);
  await next.keepShell();
  await next.forgetOtherShells();
  expect([...caches.all.keys()].toSorted()).toEqual(['seen-1', 'shell-two']);
});

test('a file of the release is not asked for again, one of another is', async () => {
  await keeper.keepShell();
  asked.length = 0;
  expect(await (await keeper.asset(asking('/assets/index-1.js'))).text()).toBe('/assets/index-1.js of one');
  expect(asked).toEqual([]);
  answering('/assets/numbersPage-2.js', 'charts');
  expect(await (await keeper.asset(asking('/assets/numbersPage-2.js'))).text()).toBe('charts');
});

test('what was read is read again without a connection, and says that it was kept', async () => {
  answering('/api/products/board', '{"stock":1}', { headers: { 'content-type': 'application/json' } });
  expect((await read('/api/products/board')).headers.has('x-kept')).toBe(false);
  answering('/api/products/board', '{"stock":2}');
  expect(await (await read('/api/products/board')).json()).toEqual({ stock: 2 });
  offline();
  const answer = await read('/api/products/board');
  expect(answer.headers.get('x-kept')).toBe('true');
  expect(await answer.json()).toEqual({ stock: 2 });
  await expect(read('/api/products/apron')).rejects.toThrow('Failed to fetch');
});

test('a product that was only seen among others is found there', async () => {
  answering('/api/products?category=Kitchen', JSON.stringify({ products: [{ productId: 'board', stock: 3 }, { productId: 'apron', stock: 4 }] }));
  await read('/api/products?category=Kitchen');
  offline();
  expect(await (await read('/api/products/apron')).json()).toEqual({ productId: 'apron', stock: 4 });
});

test('a refusal is handed on and not kept, nor is what says that it must not be', async () => {
  answering('/api/products/board', '{}', { status: 503 });
  expect((await read('/api/products/board')).status).toBe(503);
  answering('/api/categories', '{}', { headers: { 'cache-control': 'no-store' } });
  await read('/api/categories');
  offline();
  await expect(read('/api/products/board')).rejects.toThrow('Failed to fetch');
  await expect(read('/api/categories')).rejects.toThrow('Failed to fetch');
});

test('a browser without room gets the answer all the same', async () => {
  caches.full = true;
  answering('/api/categories', 'there');
  expect(await (await read('/api/categories')).text()).toBe('there');
});

test('a picture that was seen is shown at once and looked for anew; the oldest make room', async () => {
  const picture = async (name: string): Promise<string> => {
    const answer = await keeper.picture(asking(`/products/${name}.svg`), (work) => kept.push(work));
    await Promise.all(kept);
    return answer.text();
  };
  for (let number = 0; number <= 200; number++) {
    answering(`/products/${number}.svg`, `first ${number}`);
    await picture(String(number));
  }
  answering('/products/7.svg', 'second');
  expect(await picture('7')).toBe('first 7');
  offline();
  expect(await picture('7')).toBe('second');
  await expect(keeper.picture(asking('/products/0.svg'), () => {})).rejects.toThrow('Failed to fetch');
  expect(caches.all.get('pictures-1')?.size).toBe(200);
});
