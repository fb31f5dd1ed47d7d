import { createServer } from 'node:net';
import { freePort, freePorts, isFree, promise } from '../../../local/host/ports';

test('no port is given twice, though nobody listens on the first yet', async () => {
  const ports = await Promise.all(Array.from({ length: 300 }, () => freePort()));
  expect(new Set(ports).size).toBe(300);
});

test('ports in a row are free, and none of them is given away afterwards', async () => {
  const first = await freePorts(3);
  const row = [first, first + 1, first + 2];
  expect(await Promise.all(row.map(isFree))).toEqual([true, true, true]);
  const others = await Promise.all(Array.from({ length: 300 }, () => freePort()));
  expect(others.filter((port) => row.includes(port))).toEqual([]);
});

test('what is promised to somebody is not given, nor what somebody listens on', async () => {
  const taken = await freePort();
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(taken, '127.0.0.1', resolve));
  expect(await isFree(taken)).toBe(false);
  await new Promise((resolve) => server.close(resolve));
  // All but a thousand.
  const left = (port: number): boolean => port < 11_240;
  promise(...Array.from({ length: 32_000 - 11_240 }, (_, index) => 11_240 + index));
  const given = await Promise.all(Array.from({ length: 100 }, () => freePort()));
  expect(given.filter((port) => !left(port))).toEqual([]);
});
