import { configuredOrders } from './configuration';
import { releasePayment } from './payment/release';
import { configuredPayments } from './payment/configured-payments';
import { step, StepInput } from './step';

const orders = configuredOrders();
const payments = configuredPayments();

/**
 * The step that lets go of held money, or gives back what no goods are kept for.
 * Needs: dynamodb:GetItem and PutItem on the orders table, secretsmanager:GetSecretValue.
 * Environment: ORDERS_TABLE_NAME, PAYMENT_API_URL, PAYMENT_API_KEY_SECRET.
 */
export const handler = step(StepInput, async ({ orderId }) => {
  await releasePayment({ orders, payments: await payments() }, orderId);
  return {};
});
