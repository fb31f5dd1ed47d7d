import type { Context } from 'aws-lambda';
import { logger } from '../shared/logger';
import { configuredOrders } from './configuration';
import { MailEvent, recordMailEvent } from './mail/mail-events';

const orders = configuredOrders();

/**
 * What became of a mail, as SES tells EventBridge. Throws what it cannot record, so that EventBridge sends it again.
 * Needs: dynamodb:GetItem and PutItem on the orders table. Environment: ORDERS_TABLE_NAME.
 */
export const handler = async (event: unknown, context: Context): Promise<void> => {
  logger.addContext(context);
  await recordMailEvent(orders, MailEvent.parse(event));
};
