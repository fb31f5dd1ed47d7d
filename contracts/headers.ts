/** Sent by CloudFront to the API's origin, required by every function: the execute-api address alone is no way in. */
export const ORIGIN_SECRET_HEADER = 'x-origin-verify';

/** https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/ */
export const IDEMPOTENCY_KEY_HEADER = 'idempotency-key';
