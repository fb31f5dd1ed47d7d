import * as z from 'zod';
import type { Call } from '../account/call';
import { confirmIntent, createIntent } from '../account/confirmation';
import { createConfirmationToken, retrieveConfirmationToken } from '../account/confirmationTokens';
import { invalidRequest, noSuch } from '../account/errors';
import { changeIntent, checkAmount, intentForBrowser, intentRecord, LARGEST_CHARGE, listIntents } from '../account/intents';
import { searchIntents } from '../account/search';
import { cancelIntent, captureIntent } from '../account/settlement';
import { endpoint, onlyExpand, type Endpoint } from './endpoint';
import { billingDetails, createdParameter, expandable, flag, integer, metadata, oneOf, pageParameters, shipping, text, unsettable, unsettableMetadata, updatedMetadata } from './parameters';

const capture_method = oneOf('automatic', 'automatic_async', 'manual').optional();
const setup_future_usage = oneOf('off_session', 'on_session').optional();

const confirmation = {
  capture_method,
  confirmation_token: text().optional(),
  error_on_requires_action: flag().optional(),
  off_session: flag().optional(),
  payment_method: text().optional(),
  return_url: text().optional(),
  setup_future_usage,
  shipping: shipping.optional(),
  use_stripe_sdk: flag().optional(),
  expand: expandable,
};
const paymentMethodOptions = z.strictObject({ card: z.strictObject({ request_three_d_secure: oneOf('any', 'automatic', 'challenge').optional() }).optional() }).optional();

const createIntentParameters = z.strictObject({
  ...confirmation,
  amount: integer({ minimum: 1, maximum: LARGEST_CHARGE }),
  currency: text(3),
  automatic_payment_methods: z.strictObject({ enabled: flag(), allow_redirects: oneOf('always', 'never').optional() }).optional(),
  confirm: flag().optional(),
  confirmation_method: oneOf('automatic', 'manual').optional(),
  description: text(1000).optional(),
  metadata: metadata().optional(),
  payment_method_options: paymentMethodOptions,
  payment_method_types: z.array(z.string()).optional(),
  receipt_email: text().optional(),
  statement_descriptor: text(22).optional(),
  statement_descriptor_suffix: text(22).optional(),
});

const tokenParameters = {
  return_url: text().optional(),
  setup_future_usage,
  shipping: shipping.optional(),
  expand: expandable,
};
const card = z.strictObject({ number: text(), exp_month: integer(), exp_year: integer(), cvc: text().optional() });

export const PAYMENT_INTENTS: readonly Endpoint[] = [
  endpoint('secret', 'POST', '/v1/payment_intents', createIntentParameters, (call, parameters) => createIntent(call, parameters)),
  endpoint('secret', 'GET', '/v1/payment_intents', z.strictObject({ ...pageParameters, ...createdParameter }), (call, parameters) => listIntents(call, parameters)),
  endpoint('secret', 'GET', '/v1/payment_intents/search', z.strictObject({ query: text(), limit: pageParameters.limit, page: text().optional(), expand: expandable }), (call, { query, limit, page }) =>
    searchIntents(call, query, limit, page),
  ),
  endpoint('secret', 'GET', '/v1/payment_intents/:id', z.strictObject({ expand: expandable, client_secret: text().optional() }), (call, _, id) => intentRecord(call, id).intent),
  endpoint('publishable', 'GET', '/v1/payment_intents/:id', z.strictObject({ client_secret: text(), expand: expandable }), (call, { client_secret }, id) =>
    intentForBrowser(intentWithSecret(call, id, client_secret).intent),
  ),
  endpoint(
    'secret',
    'POST',
    '/v1/payment_intents/:id',
    z.strictObject({
      amount: createIntentParameters.shape.amount.optional(),
      description: unsettable().optional(),
      metadata: unsettableMetadata().optional(),
      receipt_email: unsettable().optional(),
      expand: expandable,
    }),
    (call, parameters, id) => {
      const record = intentRecord(call, id);
      const { amount, metadata: update, ...change } = parameters;
      if (amount !== undefined && amount !== record.intent.amount) {
        if (!['requires_payment_method', 'requires_confirmation', 'requires_action'].includes(record.intent.status)) {
          throw invalidRequest(`This PaymentIntent's amount could not be updated because it has a status of ${record.intent.status}.`, { code: 'payment_intent_unexpected_state', payment_intent: record.intent });
        }
        checkAmount(amount, record.intent.currency);
      }
      return changeIntent(call, record, { ...change, ...(amount !== undefined && { amount }), metadata: updatedMetadata(record.intent.metadata, update) }).intent;
    },
  ),
  endpoint('secret', 'POST', '/v1/payment_intents/:id/confirm', z.strictObject({ ...confirmation, receipt_email: unsettable().optional() }), (call, parameters, id) =>
    confirmIntent(call, id, parameters),
  ),
  endpoint(
    'secret',
    'POST',
    '/v1/payment_intents/:id/capture',
    z.strictObject({
      amount_to_capture: integer({ minimum: 1 }).optional(),
      // A card authorization of this sandbox can be captured once, so every capture is the final one.
      final_capture: z.literal('true').optional(),
      metadata: metadata().optional(),
      statement_descriptor: text(22).optional(),
      statement_descriptor_suffix: text(22).optional(),
      expand: expandable,
    }),
    (call, { amount_to_capture, metadata: update, statement_descriptor, statement_descriptor_suffix }, id) =>
      captureIntent(call, id, {
        amount_to_capture,
        ...(statement_descriptor && { statement_descriptor }),
        ...(statement_descriptor_suffix && { statement_descriptor_suffix }),
        ...(update && { metadata: updatedMetadata(intentRecord(call, id).intent.metadata, update) }),
      }),
  ),
  endpoint(
    'secret',
    'POST',
    '/v1/payment_intents/:id/cancel',
    z.strictObject({ cancellation_reason: oneOf('duplicate', 'fraudulent', 'requested_by_customer', 'abandoned').optional(), expand: expandable }),
    (call, { cancellation_reason = null }, id) => cancelIntent(call, id, cancellation_reason),
  ),
];

export const CONFIRMATION_TOKENS: readonly Endpoint[] = [
  endpoint(
    'publishable',
    'POST',
    '/v1/confirmation_tokens',
    z.strictObject({ ...tokenParameters, payment_method_data: z.strictObject({ type: oneOf('card'), card, billing_details: billingDetails.optional() }) }),
    (call, parameters) => createConfirmationToken(call, parameters),
  ),
  endpoint(
    'secret',
    'POST',
    '/v1/test_helpers/confirmation_tokens',
    z.strictObject({ ...tokenParameters, payment_method: text() }),
    (call, parameters) => createConfirmationToken(call, parameters),
  ),
  endpoint('secret', 'GET', '/v1/confirmation_tokens/:id', onlyExpand, (call, _, id) => retrieveConfirmationToken(call, id)),
];

/** The client secret proves that a shopper was given this intent. */
function intentWithSecret(call: Call, id: string, clientSecret: string): ReturnType<typeof intentRecord> {
  const record = intentRecord(call, id);
  if (record.intent.client_secret !== clientSecret) throw noSuch('payment_intent', id, 'intent', 404);
  return record;
}
