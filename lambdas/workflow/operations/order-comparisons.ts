import type { CarrierEvent, Shipment, ShipmentStatus } from '../../../contracts/carrier';
import { toInstant } from '../../../contracts/instant';
import type { Money } from '../../../contracts/money';
import type { Concern, OrderRecord } from '../../../contracts/order-record';
import { isSettled, isWorkedOn } from '../../../contracts/order-status';
import type { Verdict } from '../../shared/reconcile';
import { process, undo } from '../executions';
import type { Execution } from '../executions';
import { carrierReported, needsAttention } from '../order-changes';
import type { OrderChange } from '../order-changes';
import type { WorkflowOrders } from '../orders-table';
import type { MadePayment, Payment, Payments } from '../payment/payments';
import type { StateMachines } from '../state-machines';
import type { Waits } from '../waits';

/** What differences are counted as. */
export const KINDS = ['OVERDUE', 'OUT_OF_STEP', 'CAPTURED_WITHOUT_SHIPMENT', 'UNKNOWN_TO_THE_SHOP'] as const;
export type Kind = (typeof KINDS)[number];

export interface Remedies {
  readonly orders: Pick<WorkflowOrders, 'change'>;
  readonly machines: Pick<StateMachines, 'start'>;
  readonly waits: Pick<Waits, 'wake'>;
  readonly payments: Pick<Payments, 'cancel'>;
}

const MINUTE = 60_000;
/** Nobody has written for so long: what is under way has been written, what is not will not come by itself. */
const AT_REST = 10 * MINUTE;
const WORKED_ON_AT_MOST = 60 * MINUTE;
const HANDED_OVER_WITHIN = 7 * 24 * 60 * MINUTE;
/** How long nothing is raised again about an order that an operator has looked at. */
const LEFT_IN_PEACE = 24 * 60 * MINUTE;

const EVENT_OF: Partial<Record<ShipmentStatus, CarrierEvent['type']>> = { ACCEPTED: 'shipment.accepted', HANDED_OVER: 'shipment.handed_over', DELIVERED: 'shipment.delivered', RETURNED: 'shipment.returned' };

/** How an order should stand to what Step Functions, the payment provider and the carrier say, and what to do when it does not. */
export class OrderComparisons {
  readonly #now: number;

  constructor(
    private readonly remedies: Remedies,
    private readonly at: Date,
  ) {
    this.#now = at.getTime();
  }

  /** The order against the clock. */
  withDeadline(order: OrderRecord): Verdict {
    const { status, createdAt, undoing } = order;
    if (isWorkedOn(status) && this.#isPast(createdAt, WORKED_ON_AT_MOST)) return this.#raise(order, 'OVERDUE', 'It has been worked on for more than an hour.');
    if (undoing && this.#isPast(undoing.requestedAt, WORKED_ON_AT_MOST)) return this.#raise(order, 'OVERDUE', 'It has been in the way of being undone for more than an hour.');
    if (status === 'CONFIRMED' && this.#isPast(createdAt, HANDED_OVER_WITHIN)) return this.#raise(order, 'OVERDUE', 'The carrier has not had it within seven days.');
    return 'agreed';
  }

  /** The execution that has to have been started: what the stream lost is started here, under the same name. */
  static neededBy(order: OrderRecord): Execution | undefined {
    if (order.undoing) return undo(order.orderId, order.undoing);
    return order.status === 'ACCEPTED' ? process(order) : undefined;
  }

  withExecution(order: OrderRecord, execution: unknown): Verdict {
    const needed = OrderComparisons.neededBy(order);
    if (execution !== undefined || !needed || !this.#isAtRest(order)) return 'agreed';
    return { repair: `${needed.machine} was never started`, act: () => this.remedies.machines.start(needed) };
  }

  withPayment(order: OrderRecord, payment: Payment): Verdict {
    if (order.status === 'ACTION_REQUIRED' && payment.status !== 'requires_action' && payment.status !== 'processing') {
      return { repair: 'The customer has answered, and nobody heard of it', act: () => this.remedies.waits.wake(order.orderId) };
    }
    if (!this.#isAtRest(order) || order.undoing) return 'agreed';
    if (isUndone(order) && payment.status === 'requires_capture') {
      return { repair: 'Money was still held for an order that is undone', act: () => this.remedies.payments.cancel(payment.intentId, order.orderId) };
    }
    const { captured, refunded } = order.payment;
    if (isWorkedOn(order.status) && payment.status !== 'succeeded') return 'agreed';
    if (isKept(order) && payment.status !== 'succeeded' && !isLeftToOperators(order)) return this.#raise(order, 'OUT_OF_STEP', `It is ${order.status}, and no money has been taken: its payment is ${payment.status}.`);
    if (captured.amount === payment.captured.amount && refunded.amount === payment.refunded.amount) return 'agreed';
    return this.#raise(
      order,
      'OUT_OF_STEP',
      `The payment provider has captured ${inWords(payment.captured)} and refunded ${inWords(payment.refunded)}; the order says ${inWords(captured)} and ${inWords(refunded)}.`,
    );
  }

  /** @param shipment undefined when the carrier knows none of this order */
  withShipment(order: OrderRecord, shipment: Shipment | undefined): Verdict {
    if (shipment) {
      const type = EVENT_OF[shipment.status];
      const news = type && carrierReported({ type, shipment });
      // A callback that is only late comes by itself.
      if (news && this.#isPast(shipment.updatedAt, AT_REST) && news(order, toInstant(this.at)) !== undefined) {
        return { repair: `The carrier's news that it is ${shipment.status} were lost`, act: () => this.remedies.orders.change(order.orderId, news) };
      }
    }
    if (!this.#isAtRest(order) || order.undoing) return 'agreed';
    if (isUndone(order)) return shipment && isOnItsWay(order, shipment) ? this.#raise(order, 'OUT_OF_STEP', `It is ${order.status}, and the carrier still has a shipment for it.`) : 'agreed';
    if (shipment && shipment.status !== 'RECALLED') return 'agreed';
    const what = shipment ? 'The carrier says that its shipment was recalled.' : 'The carrier knows no shipment for it.';
    if (order.payment.captured.amount > order.payment.refunded.amount) return this.#raise(order, 'CAPTURED_WITHOUT_SHIPMENT', `It is paid. ${what}`);
    return order.shipment && !isWorkedOn(order.status) ? this.#raise(order, 'OUT_OF_STEP', what) : 'agreed';
  }

  /** A payment from the provider's list. Of orders that are open the payment is compared with the order itself. */
  ofMadePayment(payment: MadePayment, order: OrderRecord | undefined): Verdict {
    const isHeld = payment.status === 'requires_capture';
    const isKept = payment.captured.amount > payment.refunded.amount;
    if ((!isHeld && !isKept) || payment.madeAt.getTime() > this.#now - AT_REST) return 'agreed';
    const what = `The payment ${payment.intentId} ${isKept ? 'has taken' : 'holds'} money`;
    if (!order) return { raise: `${what}, and there is no such order: ${payment.madeFor ?? 'it names none'}.`, kind: isKept ? 'CAPTURED_WITHOUT_SHIPMENT' : 'UNKNOWN_TO_THE_SHOP' };
    if (order.payment.intentId !== payment.intentId) return this.#raise(order, isKept ? 'CAPTURED_WITHOUT_SHIPMENT' : 'OUT_OF_STEP', `${what} for it besides its own payment.`);
    return order.work === undefined ? this.withPayment(order, payment) : 'agreed';
  }

  /** A shipment from the carrier's list. */
  ofChangedShipment(shipment: Shipment, order: OrderRecord | undefined): Verdict {
    if (!this.#isPast(shipment.updatedAt, AT_REST) || shipment.status === 'RECALLED') return 'agreed';
    if (!order) return { raise: `The carrier has a shipment ${shipment.reference}, and there is no such order.`, kind: 'UNKNOWN_TO_THE_SHOP' };
    return order.work === undefined ? this.withShipment(order, shipment) : 'agreed';
  }

  #isPast(instant: string, milliseconds: number): boolean {
    return Date.parse(instant) <= this.#now - milliseconds;
  }

  #isAtRest({ updatedAt }: OrderRecord): boolean {
    return this.#isPast(updatedAt, AT_REST);
  }

  /** Puts the order on the operators' list, unless it has moved since it was read, or somebody has just looked at it. */
  #raise(order: OrderRecord, kind: Exclude<Kind, 'UNKNOWN_TO_THE_SHOP'>, what: string): Verdict {
    if (order.acts.some(({ act, at }) => act === 'ATTEND' && !this.#isPast(at, LEFT_IN_PEACE))) return 'agreed';
    const concern: Concern['kind'] = kind === 'OVERDUE' ? 'OVERDUE' : 'OUT_OF_STEP';
    const change: OrderChange = (current, now) => (current.version === order.version ? needsAttention(concern, what)(current, now) : undefined);
    return { raise: what, kind, act: () => this.remedies.orders.change(order.orderId, change) };
  }
}

const isUndone = ({ status }: OrderRecord): boolean => isSettled(status) && status !== 'DELIVERED';

/** Whether the goods are the customer's. */
const isKept = ({ status }: OrderRecord): boolean => status === 'CONFIRMED' || status === 'HANDED_OVER' || status === 'DELIVERED';

const isLeftToOperators = ({ concerns }: OrderRecord): boolean => concerns.some(({ kind }) => kind === 'RECALL_REFUSED');

/** Whether parcels will come to a customer who does not get them: a refund or a return may leave them where they are. */
const isOnItsWay = ({ status: undone }: OrderRecord, { status }: Shipment): boolean =>
  status === 'BOOKED' || status === 'ACCEPTED' || ((status === 'HANDED_OVER' || status === 'DELIVERED') && undone !== 'REFUNDED' && undone !== 'RETURNED');

const inWords = ({ amount, currency }: Money): string => `${(amount / 100).toFixed(2)} ${currency}`;
