import { isDeepStrictEqual } from 'node:util';
import { randomInt } from 'node:crypto';
import type { Shipment, ShipmentPage, ShipmentRequest, ShipmentStatus, CarrierEvent } from '../../contracts/carrier';
import type { OrderId } from '../../contracts/ids';
import { toInstant, type Instant } from '../../contracts/instant';
import type { Collection, Store } from '../sandbox/store';
import { CarrierRefusal } from './problems';

const PAGE = 100;

/** How long each step takes by itself, in milliseconds; with `hold` nothing moves unless somebody moves it. */
export interface Pace {
  readonly acceptedAfter: number;
  readonly handedOverAfter: number;
  readonly deliveredAfter: number;
  readonly hold: boolean;
}

/** Long enough before the parcels leave that an order can be cancelled by hand. */
export const USUAL_PACE: Pace = { acceptedAfter: 300, handedOverAfter: 20_000, deliveredAfter: 20_000, hold: false };

export interface ShipmentRecord {
  readonly account: string;
  readonly shipment: Shipment;
  /** Missing when the reference was recalled before it was booked. */
  readonly request?: ShipmentRequest;
}

interface Step {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface ShipmentsProps {
  readonly store: Store;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly onEvent: (account: string, event: CarrierEvent) => void;
}

const EVENTS: Partial<Record<ShipmentStatus, CarrierEvent['type']>> = {
  ACCEPTED: 'shipment.accepted',
  HANDED_OVER: 'shipment.handed_over',
  DELIVERED: 'shipment.delivered',
  RETURNED: 'shipment.returned',
};

/** Whom the carrier cannot find, and whose parcels come back: for tests, as a payment provider has test cards. */
const refusedAddress = ({ postalCode, city }: ShipmentRequest['recipient']): string | undefined => {
  if (postalCode === '00000') return 'The postal code 00000 does not exist.';
  return city === 'Nowhere' ? 'There is no city of this name.' : undefined;
};
const comesBack = ({ request }: ShipmentRecord): boolean => request?.recipient.name === 'Returned Sender';

/** The carrier's book: BOOKED → ACCEPTED → HANDED_OVER → DELIVERED or RETURNED, and RECALLED before the parcels are handed over. */
export class Shipments {
  readonly #props: ShipmentsProps;
  readonly #records: Collection<ShipmentRecord>;
  readonly #steps: Collection<Step>;
  readonly #pace: Collection<Pace>;

  constructor(props: ShipmentsProps) {
    this.#props = props;
    this.#records = props.store.collection('shipments');
    this.#steps = props.store.collection('steps');
    this.#pace = props.store.collection('pace');
  }

  get pace(): Pace {
    return this.#pace.get('pace') ?? USUAL_PACE;
  }

  /** Steps that are already waiting keep their time. */
  setPace(pace: Pace): void {
    this.#pace.put('pace', pace);
  }

  /** @throws CarrierRefusal `reference-reused`, `shipment-recalled`, `address-refused` */
  book(account: string, reference: OrderId, request: ShipmentRequest): { shipment: Shipment; isNew: boolean } {
    const known = this.#records.get(idOf(account, reference));
    if (known?.shipment.status === 'RECALLED') throw new CarrierRefusal('shipment-recalled', undefined, 'RECALLED');
    if (known) {
      if (!isDeepStrictEqual(known.request, request)) throw new CarrierRefusal('reference-reused', undefined, known.shipment.status);
      return { shipment: known.shipment, isNew: false };
    }
    const refused = refusedAddress(request.recipient);
    if (refused !== undefined) throw new CarrierRefusal('address-refused', refused);
    return { shipment: this.#add(account, reference, 'BOOKED', request).shipment, isNew: true };
  }

  /** @throws CarrierRefusal `shipment-not-found` */
  find(account: string, reference: OrderId): Shipment {
    const record = this.#records.get(idOf(account, reference));
    if (!record) throw new CarrierRefusal('shipment-not-found');
    return record.shipment;
  }

  /** What is unknown is recalled as well, so that a booking that is still on its way comes too late. @throws CarrierRefusal `already-handed-over` */
  recall(account: string, reference: OrderId): Shipment {
    const record = this.#records.get(idOf(account, reference));
    if (!record) return this.#add(account, reference, 'RECALLED').shipment;
    const { status } = record.shipment;
    if (status === 'RECALLED') return record.shipment;
    if (status !== 'BOOKED' && status !== 'ACCEPTED') throw new CarrierRefusal('already-handed-over', undefined, status);
    return this.#move(record, 'RECALLED').shipment;
  }

  /** Oldest change first. @throws CarrierRefusal `invalid-parameter` */
  changedSince(account: string, updatedSince?: Instant, cursor?: string): ShipmentPage {
    const after = cursor === undefined ? '' : Buffer.from(cursor, 'base64url').toString();
    if (cursor !== undefined && !after.includes(' ')) throw new CarrierRefusal('invalid-parameter', 'The cursor does not belong to this list.');
    const place = ({ updatedAt, reference }: Shipment): string => `${updatedAt} ${reference}`;
    const found = [...this.#records.values()]
      .filter(({ account: owner, shipment }) => owner === account && (updatedSince === undefined || shipment.updatedAt >= updatedSince) && place(shipment) > after)
      .map(({ shipment }) => shipment)
      .sort((one, other) => (place(one) < place(other) ? -1 : 1));
    const shipments = found.slice(0, PAGE);
    const last = shipments.at(-1);
    return { shipments, ...(last && found.length > PAGE && { nextCursor: Buffer.from(place(last)).toString('base64url') }) };
  }

  /** Newest first, of all accounts. */
  newest(limit: number): ShipmentRecord[] {
    return [...this.#records.values()].slice(-limit).toReversed();
  }

  /** Moves a shipment one step on, whoever it belongs to. Undefined when it is unknown or has arrived. */
  advance(reference: string): Shipment | undefined {
    const record = this.#recordOf(reference);
    const next = record && nextStatus(record);
    return record && next && this.#move(record, next).shipment;
  }

  /** Sends the parcels back. Undefined when the carrier has not got them. */
  sendBack(reference: string): Shipment | undefined {
    const record = this.#recordOf(reference);
    return record && ['HANDED_OVER', 'DELIVERED'].includes(record.shipment.status) ? this.#move(record, 'RETURNED').shipment : undefined;
  }

  /** Takes every step that is due. */
  moveOn(): void {
    if (this.pace.hold) return;
    for (const { id, at } of this.#steps.values()) {
      const record = this.#records.get(id);
      const next = record && nextStatus(record);
      if (at <= this.#props.now() && record && next) this.#move(record, next);
    }
  }

  /** When the next step is due, in milliseconds since 1970. */
  nextDueAt(): number | undefined {
    let earliest: number | undefined;
    if (!this.pace.hold) for (const { at } of this.#steps.values()) earliest = Math.min(earliest ?? at, at);
    return earliest;
  }

  #recordOf(reference: string): ShipmentRecord | undefined {
    return [...this.#records.values()].find(({ shipment }) => shipment.reference === reference);
  }

  #add(account: string, reference: OrderId, status: ShipmentStatus, request?: ShipmentRequest): ShipmentRecord {
    const now = toInstant(new Date(this.#props.now()));
    const number = Array.from({ length: 12 }, () => randomInt(10)).join('');
    const shipment = { reference, shipmentId: `shp_${number}`, trackingNumber: `SB${number}DE`, status, createdAt: now, updatedAt: now };
    return this.#keep({ account, shipment, ...(request && { request }) });
  }

  #move(record: ShipmentRecord, status: ShipmentStatus): ShipmentRecord {
    const updatedAt = toInstant(new Date(this.#props.now()));
    const moved = this.#keep({ ...record, shipment: { ...record.shipment, status, updatedAt } });
    const type = EVENTS[status];
    if (type) this.#props.onEvent(record.account, { type, occurredAt: updatedAt, shipment: moved.shipment });
    return moved;
  }

  #keep(record: ShipmentRecord): ShipmentRecord {
    const id = idOf(record.account, record.shipment.reference);
    this.#records.put(id, record);
    const pause = this.#pauseAfter(record.shipment.status);
    if (pause === undefined) this.#steps.delete(id);
    else this.#steps.put(id, { id, at: this.#props.now() + pause });
    return record;
  }

  #pauseAfter(status: ShipmentStatus): number | undefined {
    const { acceptedAfter, handedOverAfter, deliveredAfter } = this.pace;
    if (status === 'BOOKED') return acceptedAfter;
    if (status === 'ACCEPTED') return handedOverAfter;
    return status === 'HANDED_OVER' ? deliveredAfter : undefined;
  }
}

const idOf = (account: string, reference: OrderId): string => `${account}:${reference}`;

function nextStatus(record: ShipmentRecord): ShipmentStatus | undefined {
  const { status } = record.shipment;
  if (status === 'BOOKED') return 'ACCEPTED';
  if (status === 'ACCEPTED') return 'HANDED_OVER';
  if (status === 'HANDED_OVER') return comesBack(record) ? 'RETURNED' : 'DELIVERED';
  return undefined;
}
