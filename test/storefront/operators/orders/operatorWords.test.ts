import { ORDER_STATUSES, TIMELINE_EVENTS } from '../../../../contracts/order-status';
import { CONCERNS, MAILS } from '../../../../contracts/order-record';
import { errorWords, laidOut, saidIn } from '../../../../storefront/operators/orders/failureWords';
import { operatorOrder } from '../../operatorOrder';
import { byWords, happenedWords, mailWords, needs, statusWords } from '../../../../storefront/operators/orders/operatorWords';
import { operatorRefusal } from '../../../../storefront/operators/orders/refusals';

test('every status, event, mail and concern has words of its own, and none is the contract’s', () => {
  const each = [ORDER_STATUSES.map((status) => statusWords[status]), TIMELINE_EVENTS.map((event) => happenedWords[event]), MAILS.map((mail) => mailWords[mail]), CONCERNS.map((kind) => needs[kind].what)];
  for (const words of each) expect(new Set(words).size).toBe(words.length);
  expect([...each.flat(), ...CONCERNS.map((kind) => needs[kind].toDo)].join(' ')).not.toMatch(/[A-Z]{3}|_|\byou\b/);
});

test.each([
  ['States.Http.StatusCode.503', 'The carrier is out of order (503)'],
  ['States.Http.StatusCode.400', 'The carrier refused (400)'],
  ['States.Http.StatusCode.401', 'The carrier does not take the shop’s key'],
  ['PaymentUnavailable', 'The payment provider did not answer'],
  ['DynamoDb.TransactionCanceledException', 'What was to be written did not fit what is there'],
  ['DynamoDb.ProvisionedThroughputExceededException', 'The table was too busy'],
  ['Lambda.ServiceException', 'The function could not be called'],
  ['TypeError', 'An error that no step expects: TypeError'],
])('%s is told as: %s', (error, words) => expect(errorWords(error)).toBe(words));

test('what a function, a provider or AWS said is taken out of its answer', () => {
  expect(saidIn('{"errorType":"TypeError","errorMessage":"x is undefined","trace":["at y"]}')).toBe('x is undefined');
  expect(saidIn('{"type":"/problems/unavailable","title":"The carrier is not available","status":503}')).toBe('The carrier is not available');
  expect(saidIn('The carrier is not available')).toBe('The carrier is not available');
  expect([saidIn('{"outcome":"AUTHORIZED"}'), saidIn('{"errorMessage":"cut her…'), saidIn('null'), saidIn(undefined)]).toEqual([undefined, undefined, 'null', undefined]);
});

test('an answer is laid out where it is JSON, and left alone where it is not', () => {
  expect(laidOut('{"outcome":"SENT"}')).toBe('{\n  "outcome": "SENT"\n}');
  expect(laidOut('{"cut…')).toBe('{"cut…');
});

test('who did something is told from where the reader stands', () => {
  const order = operatorOrder();
  expect(['operator:ada', 'operator:ben', 'customer:grace', 'workflow'].map((actor) => byWords(actor, 'ada', order))).toEqual(['you', 'operator ben', 'the customer', 'the shop']);
});

test('a refusal tells operators something else than shoppers, and falls back to the shop’s own words', () => {
  const problem = (code: string, status: number) => ({ type: `/problems/${code}`, title: 'As it is', status });
  expect(operatorRefusal(problem('order-not-found', 404))).toContain('There is no order of this number');
  expect(operatorRefusal(problem('too-many-requests', 429))).toBe('That was a little fast. Try again in a moment.');
  expect(operatorRefusal({ type: 'about:blank', title: 'The shop could not do that', status: 403 })).toContain('Write it in other words');
});
