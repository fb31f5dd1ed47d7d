import { v7 } from 'uuid';

/** A click as a browser sends it; `more` makes it another. */
export const clickAt = (time: Date, more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
  eventId: v7({ msecs: time.getTime() }),
  type: 'View',
  eventTime: time.toISOString(),
  anonymousId: '8e03978e-40d5-43e8-bc93-6894a57f9324',
  sessionId: '2f3b0b7e-5f0d-4a2b-9a51-1df3b1b2c8a1',
  page: '/products/walnut-board',
  productId: 'walnut-board',
  ...more,
});
