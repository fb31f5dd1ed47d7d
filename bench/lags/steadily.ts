import { setTimeout as sleep } from 'node:timers/promises';

/** So many go before those that count: functions start. */
export const WARMING = 20;

export interface Load {
  readonly count: number;
  readonly aSecond: number;
}

/** Sends so many, each at its time, whether the one before has been answered or not. @throws what the first one to fail threw */
export async function steadily({ count, aSecond }: Load, signal: AbortSignal, send: (index: number) => Promise<void>): Promise<void> {
  const start = performance.now();
  const failures: unknown[] = [];
  const underWay: Promise<void>[] = [];
  for (let index = 0; index < count && failures.length === 0; index += 1) {
    await sleep(Math.max(0, start + (index * 1_000) / aSecond - performance.now()), undefined, { signal });
    underWay.push(send(index).catch((error: unknown) => void failures.push(error)));
  }
  await Promise.all(underWay);
  if (failures.length > 0) throw failures[0];
}
