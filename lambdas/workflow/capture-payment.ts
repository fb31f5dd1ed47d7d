import { configuredOrders } from './configuration';
import { capturePayment } from './payment/capture';
import { configuredPayments } from './payment/configured-payments';
import { step, StepInput } from './step';

const orders = configuredOrders();
const payments = configuredPayments();

/**
 * The step that takes the money, once the carrier is going to fetch the goods.
 * Needs: dynamodb:GetItem and PutItem on the orders table, secretsmanager:GetSecretValue.
 * Environment: ORDERS_TABLE_NAME, PAYMENT_API_URL, PAYMENT_API_KEY_SECRET.
 */
export const handler = step(StepInput, async ({ orderId }) => capturePayment({ orders, payments: await payments() }, orderId));
