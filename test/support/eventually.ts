import { setTimeout as sleep } from 'node:timers/promises';

/** Asks until there is an answer; `undefined` and `false` are none. Errors count as none until the deadline, then they are thrown. */
export async function eventually<T>(ask: () => Promise<T | undefined | false> | T | undefined | false, seconds = 900): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== false) return answer;
      if (Date.now() > deadline) throw new Error(`There was no answer within ${seconds} s.`);
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await sleep(50);
  }
}
