import type { OrderRecord } from '../../../contracts/order-record';
import type { FaultRule } from '../../../local/sandbox/faults';
import type { StepFault } from './orderTasks';
import type { OrderTables } from './orderTables';
import type { OrderWorld } from './orderWorld';

/** How an order comes by the step at which something goes wrong. */
export type Way = 'good' | 'declined' | 'secondFactor' | 'answeredEarly' | 'unmailed' | 'cancelled' | 'overtaken' | 'productGone';
type Plan = (world: OrderWorld) => void;

export interface Row {
  readonly step: string;
  readonly fault: string;
  readonly way: Way;
  readonly plan: Plan;
  readonly ends: string;
  /** The step at which the execution stops, for an operator. */
  readonly attention?: string;
  /** What is then on the operators' list besides. */
  readonly concerns?: readonly string[];
}

/** More often than a step is tried again. */
const FOR_EVER = 50;
const PASSING = ['throttle', 'server-error', 'server-error-after-work', 'timeout-before-work', 'timeout-after-work'] as const;
const LOST: readonly StepFault[] = ['throttle', 'lost-before', 'lost-after'];

const atPayment = (path: string, fault: FaultRule['fault'], times: number): Plan => (world) => world.payment.faults.replace([{ match: { path, times }, fault, milliseconds: 0 }]);
const atCarrier = (method: 'PUT' | 'DELETE', fault: FaultRule['fault'], times: number): Plan => (world) => world.carrier.faults.replace([{ match: { method, path: '/v1/shipments/*', times }, fault, milliseconds: 0 }]);
const atStep = (state: string, fault: StepFault, times = 1): Plan => (world) => void world.tasks.faults.push(...Array.from({ length: times }, () => ({ state, fault })));
const both = (...plans: readonly Plan[]): Plan => (world) => plans.forEach((plan) => plan(world));
const holdParcels: Plan = (world) => world.carrier.shipments.setPace({ ...world.carrier.shipments.pace, hold: true });
const aMinute = (world: OrderWorld): Promise<void> => world.settle(world.time.now().getTime() + 60_000);

interface Given {
  readonly world: OrderWorld;
  readonly tables: OrderTables;
  readonly product: string;
  readonly plan: Plan;
}

/** Two pieces are ordered and all that people do about it is done, with the plan in force from the step's time on. */
export const WAYS: Readonly<Record<Way, (given: Given) => Promise<OrderRecord>>> = {
  good: ({ world, product, plan }) => {
    plan(world);
    return world.place('good', { [product]: 2 });
  },
  declined: ({ world, product, plan }) => {
    plan(world);
    return world.place('declined', { [product]: 2 });
  },
  secondFactor: async ({ world, product, plan }) => {
    plan(world);
    const order = await world.place('secondFactor', { [product]: 2 });
    await aMinute(world);
    await world.answerSecondFactor(order.orderId, true);
    return order;
  },
  answeredEarly: async ({ world, product, plan }) => {
    both(atStep('AwaitCustomer', 'throttle'), plan)(world);
    const order = await world.place('secondFactor', { [product]: 2 });
    await world.time.idle();
    await world.answerSecondFactor(order.orderId, true);
    return order;
  },
  unmailed: ({ world, product, plan }) => {
    both(atStep('ConfirmByMail', 'poison', FOR_EVER), plan)(world);
    return world.place('good', { [product]: 2 });
  },
  cancelled: async ({ world, product, plan }) => {
    holdParcels(world);
    const order = await world.place('good', { [product]: 2 });
    await world.settle();
    plan(world);
    await world.cancel(order);
    return order;
  },
  /** Cancelled, and the carrier fetches the parcels between the first attempt to recall them and the second. */
  overtaken: async ({ world, product, plan }) => {
    holdParcels(world);
    const order = await world.place('good', { [product]: 2 });
    await world.settle();
    both(atCarrier('DELETE', 'throttle', 1), plan)(world);
    await world.cancel(order);
    await world.time.idle();
    for (let step = 0; step < 2; step++) world.carrier.shipments.advance(order.orderId);
    return order;
  },
  productGone: async ({ world, tables, product, plan }) => {
    const order = await world.place('secondFactor', { [product]: 2 });
    await aMinute(world);
    await tables.removeProduct(product);
    plan(world);
    await world.cancel(order);
    return order;
  },
};

const PAYMENT_STEPS: readonly { readonly step: string; readonly path: string; readonly way: Way; readonly ends: string; readonly givenUp: string; readonly attention?: string }[] = [
  { step: 'create payment', path: '/v1/payment_intents', way: 'good', ends: 'DELIVERED', givenUp: 'PAYMENT_UNAVAILABLE' },
  { step: 'confirm payment', path: '/v1/payment_intents/*/confirm', way: 'good', ends: 'DELIVERED', givenUp: 'PAYMENT_UNAVAILABLE' },
  { step: 'capture', path: '/v1/payment_intents/*/capture', way: 'good', ends: 'DELIVERED', givenUp: 'PAYMENT_UNAVAILABLE' },
  { step: 'refund', path: '/v1/refunds', way: 'cancelled', ends: 'CANCELLED', givenUp: 'UNDOING', attention: 'ReleasePayment' },
];

/** Steps of the state machines, and how an order ends that comes by them. */
const STEPS: readonly { readonly way: Way; readonly ends: string; readonly states: readonly string[]; readonly concerns?: readonly string[] }[] = [
  { way: 'good', ends: 'DELIVERED', states: ['AuthorizePayment', 'BookShipment', 'RecordShipment', 'CapturePayment', 'ConfirmByMail', 'SendMail'] },
  { way: 'secondFactor', ends: 'DELIVERED', states: ['AwaitCustomer'] },
  { way: 'answeredEarly', ends: 'DELIVERED', states: ['ForgetEarlierAnswer'] },
  { way: 'unmailed', ends: 'DELIVERED', states: ['NoteUnsentMail', 'ConfirmWithoutMail'], concerns: ['MAIL_FAILED'] },
  { way: 'declined', ends: 'PAYMENT_DECLINED', states: ['RequestUndoing'] },
  { way: 'cancelled', ends: 'CANCELLED', states: ['RecallShipment', 'RecordRecall', 'ReleasePayment', 'ReleaseStock', 'TellCustomer'] },
  { way: 'overtaken', ends: 'HANDED_OVER', states: ['KeepOrder', 'TellTooLate'] },
];
/** They are tried again whatever they fail with, and then do not stop the order. */
const MAILS = ['ConfirmByMail', 'SendMail', 'TellCustomer', 'TellTooLate'];

export const rows: readonly Row[] = [
  ...PAYMENT_STEPS.flatMap(({ step, path, way, ends, givenUp, attention }): Row[] => [
    ...PASSING.map((fault) => ({ step, fault, way, plan: atPayment(path, fault, 2), ends })),
    { step, fault: 'down for ever', way, plan: both(holdParcels, atPayment(path, 'down', FOR_EVER)), ends: givenUp, attention },
  ]),
  ...PASSING.map((fault): Row => ({ step: 'book shipment', fault, way: 'good', plan: atCarrier('PUT', fault, 2), ends: 'DELIVERED' })),
  { step: 'book shipment', fault: 'down for ever', way: 'good', plan: atCarrier('PUT', 'down', FOR_EVER), ends: 'CARRIER_UNAVAILABLE' },
  { step: 'book shipment', fault: 'booked, and never answered', way: 'good', plan: both(holdParcels, atCarrier('PUT', 'timeout-after-work', FOR_EVER)), ends: 'CARRIER_UNAVAILABLE' },
  // Nobody can recall what is on its way: the goods are the customer's, and the money is taken once the provider is there again.
  { step: 'capture', fault: 'down until the carrier has it', way: 'good', plan: atPayment('/v1/payment_intents/*/capture', 'down', FOR_EVER), ends: 'DELIVERED', attention: 'KeepOrder' },
  ...PASSING.map((fault): Row => ({ step: 'recall shipment', fault, way: 'cancelled', plan: atCarrier('DELETE', fault, 2), ends: 'CANCELLED' })),
  { step: 'recall shipment', fault: 'down for ever', way: 'cancelled', plan: atCarrier('DELETE', 'down', FOR_EVER), ends: 'UNDOING', attention: 'RecallShipment' },
  ...STEPS.flatMap(({ way, ends, states, concerns }) =>
    states.flatMap((step): Row[] => [
      ...LOST.map((fault) => ({ step, fault, way, plan: atStep(step, fault, 2), ends, concerns })),
      MAILS.includes(step) ? { step, fault: 'poison', way, plan: atStep(step, 'poison', 2), ends, concerns } : { step, fault: 'poison', way, plan: atStep(step, 'poison'), ends, concerns, attention: step },
    ]),
  ),
  { step: 'ConfirmByMail', fault: 'poison for ever', way: 'good', plan: atStep('ConfirmByMail', 'poison', FOR_EVER), ends: 'DELIVERED', concerns: ['MAIL_FAILED'] },
  { step: 'SendMail', fault: 'poison for ever', way: 'good', plan: atStep('SendMail', 'poison', FOR_EVER), ends: 'DELIVERED', concerns: ['MAIL_FAILED', 'MAIL_FAILED'] },
  { step: 'TellCustomer', fault: 'poison for ever', way: 'cancelled', plan: atStep('TellCustomer', 'poison', FOR_EVER), ends: 'CANCELLED', concerns: ['MAIL_FAILED'] },
  // Whether an answer that was lost was a yes is asked for; and an undoing whose product is gone waits for it.
  ...LOST.map((fault): Row => ({ step: 'ReadOrder', fault, way: 'cancelled', plan: both(atStep('ReleaseStock', 'lost-after'), atStep('ReadOrder', fault, 2)), ends: 'CANCELLED' })),
  ...LOST.map((fault): Row => ({ step: 'RequireProducts', fault, way: 'productGone', plan: atStep('RequireProducts', fault, 2), ends: 'UNDOING', attention: 'RequireProducts' })),
  ...(['duplicate-webhook', 'reorder-webhooks', 'drop-webhook'] as const).map((fault): Row => ({ step: 'payment webhook', fault, way: 'secondFactor', plan: (world) => world.payment.faults.replace([{ match: {}, fault, milliseconds: 20_000 }]), ends: 'DELIVERED' })),
  ...(['duplicate-webhook', 'reorder-webhooks'] as const).map((fault): Row => ({ step: 'carrier callback', fault, way: 'good', plan: (world) => world.carrier.faults.replace([{ match: { times: 2 }, fault, milliseconds: 60_000 }]), ends: 'DELIVERED' })),
];
