import type { Row } from '../report';

/** What some orders have taken, all together. */
export interface Taken {
  readonly orders: number;
  /** State transitions, by the executions' histories. */
  readonly transitions: number;
  /** Requests that the payment provider and the carrier were sent, and mails, by the sandboxes' records. */
  readonly payment: number;
  readonly carrier: number;
  readonly mails: number;
  /** Writes of the orders after their acceptance: each counts its order's version up. */
  readonly writes: number;
}

/** US cents of us-east-1 by the piece: https://aws.amazon.com/step-functions/pricing/, https://aws.amazon.com/ses/pricing/ */
const PRICES: Readonly<Partial<Record<keyof Taken, number>>> = { transitions: 2.5 / 1_000, mails: 10 / 1_000 };

const WORDS = {
  transitions: 'state transitions',
  payment: 'requests to the payment provider',
  carrier: 'requests to the carrier',
  mails: 'mails',
  writes: 'writes of the order',
} as const;
type Kind = keyof typeof WORDS;
const KINDS: readonly Kind[] = ['transitions', 'payment', 'carrier', 'mails', 'writes'];

/** A row for each thing that an order takes: how much of it, what a thousand orders pay for it, and the ratio to the least that will do, where that is known. */
export const perOrderRows = (until: string, taken: Taken, least: Partial<Record<Kind, number>>): Row[] =>
  KINDS.map((kind) => {
    const [each, needed, price] = [taken[kind] / taken.orders, least[kind], PRICES[kind]];
    const figures = { 'an order': each, ...(needed !== undefined && { least: needed }), ...(price !== undefined && { 'US ct per 1,000': each * price * 1_000 }) };
    return { what: `${WORDS[kind]} until ${until}`, figures, ...(needed !== undefined && { ratio: { value: each / needed, unit: '×', aim: { atMost: 1 } } }) };
  });
