import * as z from 'zod/mini';

/** A point in time, ISO 8601 in UTC with milliseconds (`2026-11-23T08:15:30.000Z`), so that text order is time order. */
export const Instant = z.iso.datetime({ precision: 3 }).brand<'Instant'>();
export type Instant = z.infer<typeof Instant>;

export const toInstant = (date: Date): Instant => Instant.parse(date.toISOString());
