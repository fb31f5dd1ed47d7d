/** A body of a page's or a person's: fifty lines, or an address with every character escaped, have room in it. */
export const MAX_BODY_BYTES = 8 * 1024;

/** A batch of clicks: `fetch` with `keepalive` takes 64 KiB of all requests under way (https://fetch.spec.whatwg.org/#http-network-or-cache-fetch). */
export const MAX_CLICKS_BODY_BYTES = 60 * 1024;

/** A body of another machine's: events of the payment provider and the carrier bring whole objects along. */
export const MAX_WEBHOOK_BYTES = 64 * 1024;
