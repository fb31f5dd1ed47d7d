/** A body of a page's or a person's: fifty lines, or an address with every character escaped, have room in it. */
export const MAX_BODY_BYTES = 8 * 1024;

/** A body of another machine's: events of the payment provider and the carrier bring whole objects along. */
export const MAX_WEBHOOK_BYTES = 64 * 1024;
