import { CARRIER_PROBLEMS, type CarrierProblem, type CarrierProblemCode, type ShipmentStatus } from '../../contracts/carrier';

/** What the carrier answers instead of a shipment. */
export class CarrierRefusal extends Error {
  constructor(
    readonly code: CarrierProblemCode,
    readonly detail?: string,
    readonly shipmentStatus?: ShipmentStatus,
  ) {
    super(detail ?? CARRIER_PROBLEMS[code].title);
  }

  get problem(): CarrierProblem {
    const { detail, shipmentStatus } = this;
    return { type: `/problems/${this.code}`, ...CARRIER_PROBLEMS[this.code], ...(detail !== undefined && { detail }), ...(shipmentStatus && { shipmentStatus }) };
  }
}
