import type Stripe from 'stripe';
import type { OrderRecord } from '../../../contracts/order-record';
import { isSettled } from '../../../contracts/order-status';
import type { OrderStatus, TimelineEvent } from '../../../contracts/order-status';
import { keptLines, valueKept } from '../../../lambdas/workflow/order-value';
import { toldTwice } from '../../support/timeline';
import type { Books } from './books';
import type { PlacedOrder } from './customers';
import { KINDS } from './plans';

/** Something that does not add up, and the order or the thing it is found at. */
export interface Finding {
  readonly id: string;
  readonly what: string;
  readonly story?: string;
}

/** Where the shop gives up by rights: whoever it needed did not answer for about three minutes. */
const GIVEN_UP: readonly OrderStatus[] = ['PAYMENT_UNAVAILABLE', 'CARRIER_UNAVAILABLE'];
/** The order in which a good order comes by these. */
const WAY: readonly TimelineEvent[] = ['ACCEPTED', 'PAYMENT_AUTHORIZED', 'SHIPMENT_BOOKED', 'PAYMENT_CAPTURED', 'CONFIRMED'];
/** Of a hundred orders, how many the shop may give up, and how many it may leave to its operators. */
const MOST_GIVEN_UP = 5;
const MOST_LEFT_TO_OPERATORS = 5;

/** What everybody says about one order. */
interface Account {
  readonly placed: PlacedOrder;
  readonly order: OrderRecord;
  readonly payments: readonly Stripe.PaymentIntent[];
  readonly refunds: readonly Stripe.Refund[];
  readonly shipments: number;
  /** Names of the mails that SES was given, as often as it was given them. */
  readonly mails: readonly string[];
}

const cents = (amounts: readonly number[]): number => amounts.reduce((sum, amount) => sum + amount, 0);
const taken = ({ payments }: Account): number => cents(payments.map(({ status, amount_received }) => (status === 'succeeded' ? amount_received : 0)));
const givenBack = ({ refunds }: Account): number => cents(refunds.map(({ status, amount }) => (status === 'failed' || status === 'canceled' ? 0 : amount)));
const raised = ({ concerns }: OrderRecord, kind: string): boolean => concerns.some((concern) => concern.kind === kind);
const happened = ({ timeline }: OrderRecord, event: TimelineEvent): boolean => timeline.some((entry) => entry.event === event);
/** Parcels that went out although the order was to be undone: what becomes of it is for a person to say. */
const isLeftToOperators = (order: OrderRecord): boolean => raised(order, 'RECALL_REFUSED');

/** Looks at every order by its id, and at everything that belongs to none. */
export function settleAccounts(placed: readonly PlacedOrder[], books: Books, startingStock: number): { readonly findings: Finding[]; readonly table: object[] } {
  const findings: Finding[] = [];
  const accounts: Account[] = [];
  for (const one of placed) {
    const order = books.orders.get(one.orderId);
    if (order) accounts.push(accountOf(one, order, books));
    else findings.push({ id: one.orderId, what: 'it was accepted and is not in the table' });
  }
  findings.push(...accounts.flatMap((account) => faultsOf(account).map((what) => ({ id: account.order.orderId, what, story: storyOf(account) }))));
  return { findings: [...findings, ...strangers(placed, books), ...stockFaults(accounts, books, startingStock), ...shares(accounts), ...unfinished(books)], table: tableOf(accounts) };
}

function accountOf(placed: PlacedOrder, order: OrderRecord, { payments, refunds, shipments, mails }: Books): Account {
  const { orderId } = order;
  return {
    placed,
    order,
    payments: payments.filter(({ metadata }) => metadata['order_id'] === orderId),
    refunds: refunds.filter(({ metadata }) => metadata?.['order_id'] === orderId),
    shipments: shipments.filter(({ reference }) => reference === orderId).length,
    mails: mails.flatMap(({ order: about, kind }) => (about === orderId && kind !== undefined ? [kind] : [])),
  };
}

const faultsOf = (account: Account): string[] => [endFault(account), ...moneyFaults(account), ...mailFaults(account), ...timelineFaults(account), ...concernFaults(account)].filter((fault) => fault !== undefined);

function endFault({ placed: { plan, told }, order }: Account): string | undefined {
  const { status } = order;
  if (GIVEN_UP.includes(status)) return undefined;
  if (isLeftToOperators(order)) return status === 'HANDED_OVER' || status === 'DELIVERED' ? undefined : `it is ${status}, although its parcels went out`;
  if (!isSettled(status)) return `it is still ${status}`;
  if (!KINDS[plan.kind].ends.includes(status)) return `it ended as ${status}, and its customer ${plan.kind}`;
  const isTooLate = told !== 'done' || happened(order, 'CANCELLATION_TOO_LATE');
  if (plan.kind === 'cancels' && isTooLate === (status === 'CANCELLED')) return `its customer was told ${told} on cancelling, and it is ${status}`;
  const isWhole = order.itemCount === 1;
  if (plan.kind === 'is refunded a piece' && isWhole !== (status === 'REFUNDED')) return `one of ${order.itemCount} pieces was refunded, and it is ${status}`;
  return undefined;
}

function moneyFaults(account: Account): (string | undefined)[] {
  const { order, payments, refunds } = account;
  const { captured, refunded, intentId } = order.payment;
  const kept = taken(account) - givenBack(account);
  const isDue = valueKept(order).amount;
  const ofRefunds = refunds.map(({ metadata }) => metadata?.['refund_id']);
  return [
    payments.filter(({ status }) => status === 'succeeded').length > 1 ? 'it was paid twice' : undefined,
    payments.some(({ id, status }) => id !== intentId && (status === 'succeeded' || status === 'requires_capture')) ? 'money moved by a payment that is not its own' : undefined,
    payments.some(({ status }) => status === 'requires_capture') && !isLeftToOperators(order) ? 'money is still held' : undefined,
    kept === isDue || (isLeftToOperators(order) && kept === 0) ? undefined : `the provider keeps ${kept} for goods worth ${isDue}`,
    captured.amount === taken(account) && refunded.amount === givenBack(account) ? undefined : `the order says ${captured.amount} − ${refunded.amount}, the provider ${taken(account)} − ${givenBack(account)}`,
    new Set(ofRefunds).size === refunds.length ? undefined : 'the same refund was made twice',
  ];
}

function mailFaults({ order, mails }: Account): (string | undefined)[] {
  const recorded = order.timeline.flatMap(({ event, detail }) => (event === 'MAIL_SENT' && detail !== undefined ? [detail] : []));
  const due = [
    ...(happened(order, 'CONFIRMED') ? ['confirmation'] : []),
    // News of the carrier's that later ones have overtaken are none.
    ...(happened(order, 'HANDED_OVER') ? ['handed-over'] : []),
    ...(happened(order, 'DELIVERED') ? ['delivered'] : []),
    ...order.undone.map(({ undoingId }) => `undone-${undoingId}`),
    ...(happened(order, 'CANCELLATION_TOO_LATE') && happened(order, 'CANCELLATION_REQUESTED') && !isLeftToOperators(order) ? ['cancellation-too-late'] : []),
  ];
  return [
    ...due.filter((mail) => !mails.includes(mail)).map((mail) => `its customer never got the mail ${mail}`),
    ...recorded.filter((mail) => !mails.includes(mail)).map((mail) => `the mail ${mail} is in its timeline, and was never sent`),
    ...[...new Set(mails)].filter((mail) => !recorded.includes(mail)).map((mail) => `the mail ${mail} was sent, and is not in its timeline`),
  ];
}

/** A state machine notes the time and then writes; readers sort by time. */
const BETWEEN_NOTING_AND_WRITING_MS = 2_000;

function timelineFaults({ order }: Account): (string | undefined)[] {
  const moments = order.timeline.map(({ at }) => Date.parse(at));
  const back = Math.max(0, ...moments.slice(1).map((moment, index) => (moments[index] ?? 0) - moment));
  const way = order.timeline.flatMap(({ event }) => (WAY.includes(event) ? [event] : []));
  const twice = toldTwice(order);
  return [
    back <= BETWEEN_NOTING_AND_WRITING_MS ? undefined : `its timeline goes back in time by ${back} ms`,
    way.join() === WAY.filter((event) => way.includes(event)).join() ? undefined : `it came by ${way.join(', ')}`,
    twice.length === 0 ? undefined : `it came by ${twice.join(', ')} twice`,
  ];
}

/** What nobody may ever have to look at, when all that went wrong has passed. */
function concernFaults({ placed: { plan }, order }: Account): (string | undefined)[] {
  const allowed = ['RECALL_REFUSED', KINDS[plan.kind].concern];
  const due = KINDS[plan.kind].concern;
  return [
    ...order.concerns.filter(({ kind }) => !allowed.includes(kind)).map(({ kind, detail }) => `it is on the operators' list: ${kind}, ${detail}`),
    due !== undefined && !raised(order, due) ? `it is not on the operators' list for ${due}` : undefined,
    order.concerns.length === 0 && isSettled(order.status) && order.work !== undefined ? 'it is settled, and still in the list of open work' : undefined,
    order.undoing ? `its undoing ${order.undoing.undoingId} has not come to its end` : undefined,
  ];
}

/** What is in somebody's books, and no order of this run knows of it. */
function strangers(placed: readonly PlacedOrder[], { orders, payments, refunds, shipments, mails }: Books): Finding[] {
  const known = new Set<string | undefined>(placed.map(({ orderId }) => orderId));
  const unknown = (id: string, order: string | undefined, what: string): Finding[] => (known.has(order) ? [] : [{ id, what: `${what} of ${order ?? 'no order'}` }]);
  return [
    ...[...orders.keys()].flatMap((orderId) => unknown(orderId, orderId, 'an order that nobody was told')),
    ...payments.flatMap(({ id, metadata }) => unknown(id, metadata['order_id'], 'a payment')),
    ...refunds.flatMap(({ id, metadata }) => unknown(id, metadata?.['order_id'], 'a refund')),
    ...shipments.flatMap(({ shipmentId, reference }) => unknown(shipmentId, reference, 'a shipment')),
    ...mails.flatMap(({ id, order }) => unknown(id, order, 'a mail')),
  ];
}

function stockFaults(accounts: readonly Account[], { stock }: Books, startingStock: number): Finding[] {
  const gone = new Map<string, number>();
  for (const { order } of accounts) {
    const writtenOff = order.undone.filter(({ goods }) => goods === 'WRITE_OFF').flatMap(({ lines }) => lines);
    for (const { productId, quantity } of [...keptLines(order), ...writtenOff]) gone.set(productId, (gone.get(productId) ?? 0) + quantity);
  }
  return [...gone].flatMap(([productId, pieces]) => (stock.get(productId) === startingStock - pieces ? [] : [{ id: productId, what: `${pieces} of ${startingStock} are gone, and ${stock.get(productId)} are left` }]));
}

/** A few may be too unlucky; more of them, and the shop does not do its work. */
function shares(accounts: readonly Account[]): Finding[] {
  const isTooMany = (holds: (account: Account) => boolean, most: number, what: string): Finding[] => {
    const found = accounts.filter(holds).length;
    return found * 100 <= most * accounts.length ? [] : [{ id: `${found} of ${accounts.length} orders`, what }];
  };
  return [
    ...isTooMany(({ order: { status } }) => GIVEN_UP.includes(status), MOST_GIVEN_UP, 'were given up'),
    ...isTooMany(({ order }) => isLeftToOperators(order), MOST_LEFT_TO_OPERATORS, 'were left to the operators'),
  ];
}

const unfinished = ({ executions, givenUp }: Books): Finding[] => [
  ...executions.filter(({ status }) => status !== 'SUCCEEDED').map(({ name = '', status }) => ({ id: name, what: `the execution is ${status}` })),
  ...givenUp.map((key) => ({ id: key, what: 'a change of an order was given up on' })),
];

const storyOf = ({ placed: { plan, told }, order }: Account): string =>
  [`its customer ${plan.kind}${told === undefined ? '' : ` (told ${told})`}`, ...order.timeline.map(({ at, event, detail }) => `${at} ${event} ${detail ?? ''}`), ...order.concerns.map(({ kind, detail }) => `! ${kind} ${detail}`)].join('\n');

/** A row for each kind of order and each end it came to. */
function tableOf(accounts: readonly Account[]): object[] {
  const rows = new Map<string, Account[]>();
  for (const account of accounts) {
    const { placed, order } = account;
    const concerns = [...new Set(order.concerns.map(({ kind }) => kind))].toSorted().join('+');
    const key = [placed.plan.kind, order.status, concerns].join('\t');
    rows.set(key, [...(rows.get(key) ?? []), account]);
  }
  return [...rows].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([key, group]) => {
    const [customer, end, concerns] = key.split('\t');
    const euros = (amounts: readonly number[]): string => (cents(amounts) / 100).toFixed(2);
    return { customer, end, concerns, orders: group.length, taken: euros(group.map(taken)), 'given back': euros(group.map(givenBack)), kept: euros(group.map(({ order }) => valueKept(order).amount)), shipments: cents(group.map(({ shipments }) => shipments)), mails: cents(group.map(({ mails }) => mails.length)) };
  });
}
