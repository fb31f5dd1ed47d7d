import type { OrderEvent } from '../../contracts/order';

/** An order as the index keeps it. Synthetic ones are in it too: the gate looks for its own. */
export const orderDocument = ({ orderId, customerId, status, lines, itemCount, total, email, shippingAddress, shipment, createdAt, synthetic, version }: OrderEvent) =>
  ({
    orderId,
    customerId,
    status,
    products: lines.map(({ name }) => name),
    itemCount,
    total,
    recipient: shippingAddress.name,
    ...(email !== undefined && { email }),
    ...(shipment && { trackingNumber: shipment.trackingNumber }),
    createdAt,
    synthetic,
    version,
  }) as const;
export type OrderDocument = ReturnType<typeof orderDocument>;
