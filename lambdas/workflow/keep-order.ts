import { configuredOrders } from './configuration';
import { configuredPayments } from './payment/configured-payments';
import { keepOrder, KeepRequest } from './payment/keep';
import { step } from './step';

const orders = configuredOrders();
const payments = configuredPayments();

/**
 * The step that ends an undoing which came too late: the carrier has the goods.
 * Needs: dynamodb:GetItem and PutItem on the orders table, secretsmanager:GetSecretValue.
 * Environment: ORDERS_TABLE_NAME, PAYMENT_API_URL, PAYMENT_API_KEY_SECRET.
 */
export const handler = step(KeepRequest, async ({ orderId, undoingId }) => keepOrder({ orders, payments: await payments() }, orderId, undoingId));
