import type { ShipmentRequest } from '../../contracts/carrier';
import type { OrderRecord } from '../../contracts/order-record';

/** What the carrier is asked to fetch: the order in one parcel. The goods' value is net of shipping and tax, as customs want it. */
export const shipmentRequestOf = ({ shippingAddress, email, lines, subtotal, idempotencyKey }: OrderRecord): ShipmentRequest => ({
  recipient: { ...shippingAddress, ...(email && { email }) },
  parcels: [{ contents: lines.map(({ productId, name, quantity, unitPrice }) => ({ description: name, sku: productId, quantity, unitValue: unitPrice })) }],
  value: subtotal,
  idempotencyKey,
});
