import type { Problem } from '../../../contracts/problem';
import { Refused } from '../../../storefront/api';
import { chosenIn, lookAt } from '../../../storefront/operators/look';
import { rowsOf } from '../../../storefront/operators/report';

const ROWS = [{ visitors: 3, sessions: 4 }];
const LOOK = lookAt(chosenIn(new URLSearchParams()), new Date('2026-11-27T20:45:36.000Z'));
const FIRST = '/api/analytics/live-visitors?since=2026-11-26T21%3A00%3A00.000Z&until=2026-11-27T20%3A45%3A36.000Z&synthetic=exclude';

const there = () => Response.json({ report: 'live-visitors', rows: ROWS });
const pending = (askAgain: string, seconds?: number) => Response.json({ report: 'live-visitors', askAgain }, { status: 202, headers: seconds === undefined ? {} : { 'retry-after': String(seconds) } });
const refused = (code: string, status: number) => new Response(JSON.stringify({ type: `/problems/${code}`, title: code, status }), { status, headers: { 'content-type': 'application/problem+json' } });

/** What comes of these answers, one after the other: the rows or the problem, where was asked, how long was paused. */
async function outcomeOf(...answers: Response[]): Promise<{ rows?: unknown; problem?: Problem; asked: string[]; pauses: number[]; waited: number }> {
  const asked: string[] = [];
  const pauses: number[] = [];
  let waited = 0;
  jest.spyOn(globalThis, 'fetch').mockImplementation((address) => {
    asked.push(address instanceof Request ? address.url : address.toString());
    return Promise.resolve(answers.shift() ?? refused('internal-error', 500));
  });
  const asking = {
    token: () => Promise.resolve('token'),
    waiting: () => void waited++,
    pause: (seconds: number) => Promise.resolve(void pauses.push(seconds)),
    signal: new AbortController().signal,
  };
  return rowsOf('live-visitors', LOOK, asking).then(
    (rows) => ({ rows, asked, pauses, waited }),
    (error: unknown) => {
      if (error instanceof Refused) return { problem: error.problem, asked, pauses, waited };
      throw error;
    },
  );
}

afterEach(() => jest.restoreAllMocks());

test('a report that is there at once is asked for once, as the operator, for the time of the look', async () => {
  expect(await outcomeOf(there())).toEqual({ rows: ROWS, asked: [FIRST], pauses: [], waited: 0 });
  expect(jest.mocked(fetch).mock.calls[0]?.[1]).toMatchObject({ headers: { authorization: 'Bearer token' } });
});

test('one that takes longer is asked for where and when it was told, until it is there', async () => {
  expect(await outcomeOf(pending('/again', 3), pending('/once-more'), there())).toEqual({ rows: ROWS, asked: [FIRST, '/again', '/once-more'], pauses: [3, 1], waited: 2 });
});

test('one that is gone is asked for anew, once', async () => {
  expect(await outcomeOf(pending('/again'), refused('report-gone', 410), pending('/another'), there())).toMatchObject({ rows: ROWS, asked: [FIRST, '/again', FIRST, '/another'] });
  expect(await outcomeOf(refused('report-gone', 410), refused('report-gone', 410), there())).toMatchObject({ problem: { status: 410 }, asked: [FIRST, FIRST] });
});

test.each([['analytics-away', 503], ['not-an-operator', 403]])('a refusal is the end of it: %s', async (code, status) => {
  expect(await outcomeOf(refused(code, status), there())).toMatchObject({ problem: { type: `/problems/${code}`, status }, asked: [FIRST] });
});

test('who has left the page asks no more', async () => {
  jest.spyOn(globalThis, 'fetch').mockImplementation(() => Promise.resolve(pending('/again')));
  const left = new AbortController();
  const asking = { token: () => Promise.resolve('token'), waiting: () => left.abort(), pause: () => Promise.resolve(), signal: left.signal };
  await expect(rowsOf('live-visitors', LOOK, asking)).rejects.toMatchObject({ name: 'AbortError' });
  expect(fetch).toHaveBeenCalledTimes(1);
});
