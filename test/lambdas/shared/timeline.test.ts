import { TimelineEntry } from '../../../contracts/order';
import { inOrderOfTime } from '../../../lambdas/shared/timeline';

const entry = (at: string, event: string): TimelineEntry => TimelineEntry.parse({ at: `2026-11-26T08:00:0${at}Z`, event });

test('what a callback wrote in between is read after what a state machine had noted before it, and moments that are the same keep their order', () => {
  const written = [entry('0.000', 'ACCEPTED'), entry('8.354', 'SHIPMENT_ACCEPTED'), entry('8.351', 'SHIPMENT_BOOKED'), entry('9.000', 'MAIL_SENT'), entry('9.000', 'CONFIRMED')];
  expect(inOrderOfTime(written).map(({ event }) => event)).toEqual(['ACCEPTED', 'SHIPMENT_BOOKED', 'SHIPMENT_ACCEPTED', 'MAIL_SENT', 'CONFIRMED']);
});
