import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ClickEvent } from '../click';
import type { JsonSchema } from '../derived/fields';
import { OrderEvent } from '../order';

/** Events that are stored, each by the file that keeps its contract as last released. */
export const STORED_EVENTS = { 'click-event': ClickEvent, 'order-event': OrderEvent } as const;
export type StoredEvent = keyof typeof STORED_EVENTS;

export const storedEvents: readonly StoredEvent[] = ['click-event', 'order-event'];

export const releasedFile = (event: StoredEvent): string => join(__dirname, `${event}.json`);

/** As `npm run contracts:record` wrote it. @throws Error when it has never been recorded */
export const lastReleased = (event: StoredEvent): JsonSchema => JSON.parse(readFileSync(releasedFile(event), 'utf8'));
