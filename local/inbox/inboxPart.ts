import { join } from 'node:path';
import { environmentWithoutAws } from '../host/environment';
import { nodePart } from '../supervisor/nodePart';
import type { Part } from '../supervisor/part';

export interface InboxPartProps {
  readonly port: number;
  /** MiniStack itself, e.g. `http://127.0.0.1:4567`. */
  readonly ministackUrl: string;
}

/** How the supervisor starts the inbox. It is ready without MiniStack, and says on its page when that is away. */
export function inboxPart({ port, ministackUrl }: InboxPartProps): Part {
  return {
    name: 'inbox',
    ...nodePart(join(__dirname, 'main.ts'), '--port', String(port), '--ministack', ministackUrl),
    env: environmentWithoutAws(),
    healthUrl: `http://127.0.0.1:${port}/_sandbox/health`,
  };
}
