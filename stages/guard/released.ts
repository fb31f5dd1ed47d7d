import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Released } from './compare';

/** Written by `npm run release:record`; absent until the first release. */
export const RELEASED_FILE = join(__dirname, '../released.json');

export const lastReleased = (): Released => (existsSync(RELEASED_FILE) ? JSON.parse(readFileSync(RELEASED_FILE, 'utf8')) : {});
