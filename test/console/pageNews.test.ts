import { setTimeout as sleep } from 'node:timers/promises';

/** As much of a browser's event source as the page uses. */
class Stream extends EventTarget {
  static readonly opened: Stream[] = [];
  closed = false;
  constructor(readonly url: string) {
    super();
    Stream.opened.push(this);
  }
  close(): void {
    this.closed = true;
  }
}

Object.assign(globalThis, { EventSource: Stream, document: Object.assign(new EventTarget(), { hidden: false }) });

const nothing = (): void => undefined;

test('what is listened to just as something is heard has a connection all the same', async () => {
  const { listen } = await import('../../console/page/news');
  const stops = [listen({ path: '/api/one', everyMs: 1_000, tell: nothing })];
  await sleep(20);
  stops.push(listen({ path: '/api/two', everyMs: 1_000, tell: nothing }));
  Stream.opened[0]?.dispatchEvent(new Event('alive'));
  await sleep(20);
  expect(Stream.opened.map(({ url }) => new URL(url, 'http://localhost').searchParams.getAll('on'))).toEqual([['1000:/api/one'], ['1000:/api/one', '1000:/api/two']]);
  for (const stop of stops) stop();
  await sleep(20);
  expect(Stream.opened.map(({ closed }) => closed)).toEqual([true, true]);
});
