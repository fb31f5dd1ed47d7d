import { randomUUID } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import type * as z from 'zod/mini';
import { euros } from '../../contracts/money';
import { OperatorOrderWithExecutions } from '../../contracts/operations';

export type GivenOrder = Partial<z.input<typeof OperatorOrderWithExecutions>>;

const BEGUN = Date.UTC(2026, 10, 23, 8, 0, 0);
const time = (seconds: number): string => new Date(BEGUN + seconds * 1_000).toISOString();

/** Two boards and an apron, paid and confirmed at the third attempt to book the shipment. */
export function operatorOrder(given: GivenOrder = {}): OperatorOrderWithExecutions {
  const orderId = given.orderId ?? uuidv7();
  return OperatorOrderWithExecutions.parse({
    orderId,
    quoteId: randomUUID(),
    status: 'CONFIRMED',
    lines: [
      { productId: 'walnut-board', name: 'Walnut serving board', quantity: 2, unitPrice: euros(4_900), lineTotal: euros(9_800) },
      { productId: 'linen-apron', name: 'Linen apron', quantity: 1, unitPrice: euros(3_850), lineTotal: euros(3_850) },
    ],
    subtotal: euros(13_650),
    shipping: euros(690),
    taxBasisPoints: 1_900,
    tax: euros(2_725),
    total: euros(17_065),
    shippingAddress: { name: 'Grace Hopper', line1: 'Unter den Linden 1', postalCode: '10117', city: 'Berlin', country: 'DE' },
    email: 'grace@example.com',
    payment: { status: 'CAPTURED', captured: euros(17_065), refunded: euros(0), intentId: 'pi_3QvT0sMarketHall' },
    shipment: { trackingNumber: 'CE-7731-0042', status: 'BOOKED' },
    timeline: [
      { at: time(0), event: 'ACCEPTED' },
      { at: time(2), event: 'PAYMENT_AUTHORIZED' },
      { at: time(9), event: 'SHIPMENT_BOOKED', detail: 'CE-7731-0042' },
      { at: time(11), event: 'PAYMENT_CAPTURED' },
      { at: time(12), event: 'MAIL_SENT', detail: 'confirmation' },
      { at: time(12), event: 'CONFIRMED' },
    ],
    undone: [],
    concerns: [],
    acts: [],
    createdAt: time(0),
    updatedAt: time(12),
    version: 6,
    customerId: 'grace',
    idempotencyKey: 'a-key-of-graces',
    itemCount: 3,
    synthetic: false,
    executions: [
      {
        machine: 'ProcessOrder',
        name: orderId,
        status: 'SUCCEEDED',
        startedAt: time(1),
        endedAt: time(13),
        retriable: false,
        cut: false,
        steps: [
          step('AuthorizePayment', 1, [{ outcome: 'SUCCEEDED', answer: '{"outcome":"AUTHORIZED"}' }]),
          step('BookShipment', 3, [carrierAway, carrierAway, { outcome: 'SUCCEEDED', answer: '{"trackingNumber":"CE-7731-0042"}' }]),
          step('CapturePayment', 9, [{ outcome: 'SUCCEEDED', answer: '{"outcome":"CAPTURED"}' }]),
          step('ConfirmByMail', 11, [{ outcome: 'SUCCEEDED', answer: '{"outcome":"SENT"}' }]),
        ],
      },
    ],
    ...given,
  });
}

const carrierAway = { outcome: 'FAILED', error: 'States.Http.StatusCode.503', answer: '{"type":"/problems/unavailable","title":"The carrier is not available","status":503}' };

function step(name: string, from: number, attempts: readonly object[]): object {
  return { name, enteredAt: time(from), leftAt: time(from + attempts.length * 2), attempts: attempts.map((attempt, index) => ({ startedAt: time(from + index * 2), endedAt: time(from + index * 2 + 1), ...attempt })) };
}

/** It has stopped where the carrier did not take the shop's key, and waits for a person. */
export function stoppedOrder(given: GivenOrder = {}): GivenOrder {
  const orderId = given.orderId ?? uuidv7();
  const error = 'States.Http.StatusCode.401';
  return {
    orderId,
    status: 'PAYMENT_AUTHORIZED',
    payment: { status: 'AUTHORIZED', captured: euros(0), refunded: euros(0), intentId: 'pi_3QvT0sStopped' },
    shipment: undefined,
    timeline: [
      { at: time(0), event: 'ACCEPTED' },
      { at: time(2), event: 'PAYMENT_AUTHORIZED' },
    ],
    concerns: [{ at: time(8), kind: 'PROCESSING_FAILED', detail: `ProcessOrder: FAILED: ${error}` }],
    executions: [
      {
        machine: 'ProcessOrder',
        name: orderId,
        status: 'FAILED',
        startedAt: time(1),
        endedAt: time(8),
        error,
        cause: '{"type":"/problems/api-key-invalid","title":"The API key is missing or unknown","status":401}',
        retriable: true,
        cut: false,
        steps: [
          { name: 'AuthorizePayment', enteredAt: time(1), leftAt: time(2), attempts: [{ startedAt: time(1), endedAt: time(2), outcome: 'SUCCEEDED', answer: '{"outcome":"AUTHORIZED"}' }] },
          { name: 'BookShipment', enteredAt: time(3), attempts: [{ startedAt: time(3), endedAt: time(8), outcome: 'FAILED', error, answer: 'The API key is missing or unknown' }] },
        ],
      },
    ],
    ...given,
  };
}
