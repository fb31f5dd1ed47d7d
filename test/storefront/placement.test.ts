import { PROBLEMS, type ProblemCode, problemType } from '../../contracts/problem';
import { Refused } from '../../storefront/api';
import { isFinal } from '../../storefront/placement';

const refusedWith = (code: ProblemCode) => new Refused({ type: problemType(code), ...PROBLEMS[code] });
const refusedByStatus = (status: number) => new Refused({ type: 'about:blank', title: '', status });

test.each<ProblemCode>(['out-of-stock', 'quote-expired', 'quote-used', 'invalid-body', 'idempotency-key-reused'])(
  'the intention to buy ends when the shop says %s, since it has judged the request',
  (code) => expect(isFinal(refusedWith(code))).toBe(true),
);

test.each<ProblemCode>(['internal-error', 'try-again', 'request-in-progress', 'not-signed-in'])(
  'the intention to buy stays open after %s: the same key is sent again',
  (code) => expect(isFinal(refusedWith(code))).toBe(false),
);

test.each([0, 401, 408, 429, 502, 504])('the intention to buy stays open after status %i', (status) => {
  expect(isFinal(refusedByStatus(status))).toBe(false);
});
