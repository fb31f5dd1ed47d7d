import * as z from 'zod/mini';
import { OrderId } from '../../../contracts/ids';
import { NEEDS_ATTENTION, OPEN_SHARDS } from '../../../contracts/order-record';
import type { OrderRecord } from '../../../contracts/order-record';
import { merged, NOTHING_COMPARED, pair, reconcile } from '../../shared/reconcile';
import type { Pair, Report } from '../../shared/reconcile';
import type { Payments } from '../payment/payments';
import type { StripePayments } from '../payment/stripe-payments';
import type { CarrierShipments } from './carrier-shipments';
import type { ExecutionLog } from './execution-log';
import { OrderComparisons } from './order-comparisons';
import type { Remedies } from './order-comparisons';
import { WorkPosition } from './open-work';
import type { OpenWork } from './open-work';

/** What a round has counted so far, and where it goes on: an empty one begins a round. */
export const Checkpoint = z.object({
  partition: z.optional(z.string()),
  after: z.optional(WorkPosition),
  open: z._default(z.int(), 0),
  needingAttention: z._default(z.int(), 0),
  raised: z._default(z.record(z.string(), z.int()), {}),
});
export type Checkpoint = z.infer<typeof Checkpoint>;

export interface Reconciliation extends Omit<Remedies, 'payments'> {
  readonly work: Pick<OpenWork, 'oldest' | 'read'>;
  readonly log: Pick<ExecutionLog, 'find'>;
  readonly payments: Pick<Payments, 'retrieve' | 'cancel'> & Pick<StripePayments, 'madeSince'>;
  readonly carrier: Pick<CarrierShipments, 'find' | 'changedSince'>;
  readonly now: () => Date;
}

/** What one run did. `counts` are those of a whole round, once it has come to its end. */
export interface Run {
  readonly report: Report;
  readonly checkpoint: Checkpoint;
  readonly counts?: Pick<Checkpoint, 'open' | 'needingAttention' | 'raised'>;
}

/** What is raised on the way goes where the round has been already. */
const PARTITIONS = [NEEDS_ATTENTION, ...OPEN_SHARDS];
const PAGE = 50;
const CONCURRENCY = 8;
/** Younger orders are the workflow's own. */
const MADE_BEFORE_MS = 10 * 60_000;
const DAY_MS = 24 * 3_600_000;

/**
 * Goes through the open orders from where the run before stopped, and through the providers' last day at the end of a
 * round. Stops at the first page's end after `until`.
 */
export async function reconcileOrders(reconciliation: Reconciliation, begun: Checkpoint, until: Date): Promise<Run> {
  const { work, now } = reconciliation;
  let checkpoint = begun;
  let report = NOTHING_COMPARED;
  for (const partition of PARTITIONS.slice(Math.max(0, PARTITIONS.indexOf(begun.partition ?? '')))) {
    let after = partition === begun.partition ? begun.after : undefined;
    do {
      if (now() >= until) return { report, checkpoint: { ...checkpoint, partition, after } };
      const page = await work.oldest(partition, PAGE, after);
      const orders = await work.read(page);
      const found = await reconcile(orders.flatMap((order) => pairsOf(order, reconciliation)), CONCURRENCY);
      report = merged([report, found]);
      checkpoint = counted(checkpoint, partition === NEEDS_ATTENTION ? 'needingAttention' : 'open', orders.length, found);
      after = page.length < PAGE ? undefined : page.at(-1);
    } while (after);
  }
  const listed = merged([await reconcileMadePayments(reconciliation, until), await reconcileChangedShipments(reconciliation, until)]);
  const { open, needingAttention, raised } = counted(checkpoint, 'open', 0, listed);
  return { report: merged([report, listed]), checkpoint: Checkpoint.parse({}), counts: { open, needingAttention, raised } };
}

function counted(checkpoint: Checkpoint, as: 'open' | 'needingAttention', orders: number, { raised }: Report): Checkpoint {
  const sums = { ...checkpoint.raised };
  for (const { kind } of raised) sums[kind] = (sums[kind] ?? 0) + 1;
  return { ...checkpoint, [as]: checkpoint[as] + orders, raised: sums };
}

/** An order with each of those who should agree with it. */
function pairsOf(order: OrderRecord, reconciliation: Reconciliation): Pair[] {
  const { orderId, payment, shipment, createdAt } = order;
  const { log, payments, carrier, now } = reconciliation;
  const at = now();
  if (Date.parse(createdAt) > at.getTime() - MADE_BEFORE_MS) return [];
  const comparisons = new OrderComparisons(reconciliation, at);
  const ours = () => Promise.resolve(order);
  const { intentId } = payment;
  const needed = OrderComparisons.neededBy(order);
  return [
    pair(`${orderId} clock`, ours, () => Promise.resolve(), (mine) => comparisons.withDeadline(mine)),
    ...(needed ? [pair(`${orderId} execution`, ours, () => log.find(needed), (mine, execution) => comparisons.withExecution(mine, execution))] : []),
    ...(intentId === undefined ? [] : [pair(`${orderId} payment`, ours, () => payments.retrieve(intentId), (mine, theirs) => comparisons.withPayment(mine, theirs))]),
    ...(shipment || payment.captured.amount > 0 ? [pair(`${orderId} shipment`, ours, () => carrier.find(orderId), (mine, theirs) => comparisons.withShipment(mine, theirs))] : []),
  ];
}

/** The other way round: payments of the last day against the orders that they name. */
const reconcileMadePayments = (reconciliation: Reconciliation, until: Date): Promise<Report> =>
  reconcileList(reconciliation, until, 'payments', reconciliation.payments.madeSince(aDayAgo(reconciliation)), ({ madeFor }) => madeFor, (payment, order, comparisons) => ({
    key: payment.intentId,
    judge: () => Promise.resolve(comparisons.ofMadePayment(payment, order)),
  }));

const reconcileChangedShipments = (reconciliation: Reconciliation, until: Date): Promise<Report> =>
  reconcileList(reconciliation, until, 'shipments', reconciliation.carrier.changedSince(aDayAgo(reconciliation)), ({ reference }) => reference, (shipment, order, comparisons) => ({
    key: `${shipment.reference} shipment`,
    judge: () => Promise.resolve(comparisons.ofChangedShipment(shipment, order)),
  }));

const aDayAgo = ({ now }: Reconciliation): Date => new Date(now().getTime() - DAY_MS);

/** A list that cannot be read is no difference. */
async function reconcileList<Item>(
  reconciliation: Reconciliation,
  until: Date,
  what: string,
  pages: AsyncIterable<readonly Item[]>,
  orderOf: (item: Item) => string | undefined,
  pairOf: (item: Item, order: OrderRecord | undefined, comparisons: OrderComparisons) => Pair,
): Promise<Report> {
  const { work, now } = reconciliation;
  let report = NOTHING_COMPARED;
  try {
    for await (const items of pages) {
      if (now() >= until) return report;
      const orders = new Map((await work.read(knownIds(items.map(orderOf)))).map((order) => [String(order.orderId), order]));
      const comparisons = new OrderComparisons(reconciliation, now());
      report = merged([report, await reconcile(items.map((item) => pairOf(item, orders.get(orderOf(item) ?? ''), comparisons)), CONCURRENCY)]);
    }
    return report;
  } catch (error) {
    return merged([report, { ...NOTHING_COMPARED, unanswered: [{ key: what, what: String(error) }] }]);
  }
}

/** DynamoDB refuses to read one key twice in a call. */
const knownIds = (ids: readonly (string | undefined)[]): { readonly orderId: OrderId }[] => [...new Set(ids)].flatMap((id) => {
  const parsed = OrderId.safeParse(id);
  return parsed.success ? [{ orderId: parsed.data }] : [];
});
