import * as z from 'zod';
import { chargeNamed, listCharges } from '../account/charges';
import { noSuch } from '../account/errors';
import { newestFirst, owned } from '../account/ledger';
import { createdWithin, pageOf } from '../account/lists';
import { createRefund, listRefunds, retrieveRefund } from '../account/refunds';
import { createEndpoint, deleteEndpoint, endpointRecord, listEndpoints, updateEndpoint } from '../account/webhookEndpoints';
import { endpoint, onlyExpand, type Endpoint } from './endpoint';
import { CONFIRMATION_TOKENS, PAYMENT_INTENTS } from './intentEndpoints';
import { createdParameter, expandable, flag, integer, metadata, oneOf, pageParameters, text, unsettable, unsettableMetadata, updatedMetadata } from './parameters';

const moneyBack: Endpoint[] = [
  endpoint(
    'secret',
    'POST',
    '/v1/refunds',
    z.strictObject({
      amount: integer({ minimum: 1 }).optional(),
      charge: text().optional(),
      payment_intent: text().optional(),
      reason: oneOf('duplicate', 'fraudulent', 'requested_by_customer').optional(),
      metadata: metadata().optional(),
      expand: expandable,
    }),
    (call, parameters) => createRefund(call, parameters),
  ),
  endpoint('secret', 'GET', '/v1/refunds', z.strictObject({ ...pageParameters, ...createdParameter, charge: text().optional(), payment_intent: text().optional() }), (call, parameters) =>
    listRefunds(call, parameters),
  ),
  endpoint('secret', 'GET', '/v1/refunds/:id', onlyExpand, (call, _, id) => retrieveRefund(call, id)),
  endpoint('secret', 'GET', '/v1/charges', z.strictObject({ ...pageParameters, payment_intent: text().optional() }), (call, parameters) => listCharges(call, parameters)),
  endpoint('secret', 'GET', '/v1/charges/:id', onlyExpand, (call, _, id) => chargeNamed(call, id)),
  endpoint('secret', 'GET', '/v1/disputes', z.strictObject({ ...pageParameters, payment_intent: text().optional() }), (call, { payment_intent, ...parameters }) => {
    const disputes = newestFirst(call.ledger.disputes, call.account).map(({ dispute }) => dispute);
    return pageOf(payment_intent === undefined ? disputes : disputes.filter((dispute) => dispute.payment_intent === payment_intent), parameters, '/v1/disputes');
  }),
  endpoint('secret', 'GET', '/v1/payment_methods/:id', onlyExpand, ({ ledger, account }, _, id) => {
    const record = owned(ledger.methods, account, id);
    if (!record) throw noSuch('PaymentMethod', id, 'payment_method', 404);
    return record.method;
  }),
];

const enabledEvents = z.array(z.string()).min(1);

const webhooks: Endpoint[] = [
  endpoint('secret', 'GET', '/v1/events', z.strictObject({ ...pageParameters, ...createdParameter, type: text().optional(), types: z.array(z.string()).max(20).optional() }), (call, { type, types, created, ...parameters }) => {
    const wanted = types ?? (type === undefined ? undefined : [type]);
    const events = newestFirst(call.ledger.events, call.account).map(({ event }) => event);
    return pageOf(
      events.filter((event) => createdWithin(event.created, created) && (wanted === undefined || wanted.some((one) => matchesType(event.type, one)))),
      parameters,
      '/v1/events',
    );
  }),
  endpoint('secret', 'GET', '/v1/events/:id', onlyExpand, ({ ledger, account }, _, id) => {
    const record = owned(ledger.events, account, id);
    if (!record) throw noSuch('event', id, 'id', 404);
    return record.event;
  }),
  endpoint(
    'secret',
    'POST',
    '/v1/webhook_endpoints',
    z.strictObject({ url: text(), enabled_events: enabledEvents, api_version: text().optional(), description: unsettable().optional(), metadata: metadata().optional(), expand: expandable }),
    (call, parameters) => createEndpoint(call, parameters),
  ),
  endpoint('secret', 'GET', '/v1/webhook_endpoints', z.strictObject(pageParameters), (call, parameters) => listEndpoints(call, parameters)),
  endpoint('secret', 'GET', '/v1/webhook_endpoints/:id', onlyExpand, (call, _, id) => endpointRecord(call, id).endpoint),
  endpoint(
    'secret',
    'POST',
    '/v1/webhook_endpoints/:id',
    z.strictObject({
      url: text().optional(),
      enabled_events: enabledEvents.optional(),
      disabled: flag().optional(),
      description: unsettable().optional(),
      metadata: unsettableMetadata().optional(),
      expand: expandable,
    }),
    (call, { disabled, metadata: update, ...change }, id) => {
      const current = endpointRecord(call, id).endpoint;
      return updateEndpoint(call, id, { ...change, ...(disabled !== undefined && { status: disabled ? 'disabled' : 'enabled' }), metadata: updatedMetadata(current.metadata, update) });
    },
  ),
  endpoint('secret', 'DELETE', '/v1/webhook_endpoints/:id', z.strictObject({ expand: expandable }), (call, _, id) => deleteEndpoint(call, id)),
];

/** `charge.*` stands for all events of charges. */
const matchesType = (type: string, wanted: string): boolean => (wanted.endsWith('*') ? type.startsWith(wanted.slice(0, -1)) : type === wanted);

/** What the sandbox speaks of https://docs.stripe.com/api. */
export const ENDPOINTS: readonly Endpoint[] = [...PAYMENT_INTENTS, ...CONFIRMATION_TOKENS, ...moneyBack, ...webhooks];
