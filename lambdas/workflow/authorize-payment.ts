import { configuredOrders } from './configuration';
import { authorizePayment } from './payment/authorization';
import { configuredPayments } from './payment/configured-payments';
import { shipmentRequestOf } from './shipment-request';
import { step, StepInput } from './step';

const orders = configuredOrders();
const payments = configuredPayments();

/**
 * The step that holds an order's total on the customer's card, and says what the carrier is to fetch.
 * Needs: dynamodb:GetItem and PutItem on the orders table, secretsmanager:GetSecretValue.
 * Environment: ORDERS_TABLE_NAME, PAYMENT_API_URL, PAYMENT_API_KEY_SECRET.
 */
export const handler = step(StepInput, async ({ orderId }) => {
  const result = await authorizePayment({ orders, payments: await payments(), now: () => new Date() }, orderId);
  return result.outcome === 'AUTHORIZED' ? { outcome: result.outcome, shipment: shipmentRequestOf(result.order) } : result;
});
