import type { Problem, ProblemCode } from '../../../contracts/problem';
import { codeOf } from '../../api';
import { refusal, refusersWords } from '../../problems';
import { words } from '../english';

/** What an operator is refused with, and what to do then. */
const refusals = {
  'order-not-found': 'There is no order of this number. Compare it with the one in the customer’s mail.',
  'order-in-progress': 'Nothing was refunded: the order is still being worked on, or is being undone. This page shows when that has ended; ask for the refund then.',
  'nothing-captured': 'Nothing was refunded: none of the money of this order has been taken, so there is none to give back.',
  'lines-not-there': 'Nothing was refunded: the customer does not have these pieces any more. Somebody may have been faster; look at the order and choose anew.',
  'idempotency-key-reused': 'The refund that you asked for first was taken, and this other one was not. Look at the order, and ask anew if it is still wanted.',
  'nothing-to-retry': 'Nothing was retried: nothing has failed that could go on. It may be going on already. What has failed longer than 14 days ago is started anew by hand, as the runbook says.',
  'mail-not-due': 'Nothing was sent: what this mail tells has not happened.',
  'search-away': 'Search is away just now. What waits for a person is listed all the same, and the whole number of an order opens it.',
} satisfies Partial<Record<ProblemCode, string>>;
const refusalsByCode = new Map<string | undefined, string>(Object.entries(refusals));

export function operatorRefusal(problem: Problem): string {
  // The firewall answers with a page of its own to a text that it takes for an attack.
  if (problem.status === 403 && codeOf(problem) === undefined) return 'The firewall did not let this text through, and nothing was done. Write it in other words.';
  return refusalsByCode.get(codeOf(problem)) ?? refusal(problem, words) ?? refusersWords(problem);
}

/** Whether it is unknown if the act was taken: no answer came, or one that says nothing of it. */
export const isUnknown = ({ status }: Pick<Problem, 'status'>): boolean => status === 0 || status >= 500;
