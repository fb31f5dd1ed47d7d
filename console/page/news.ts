import type { Problem } from '../model';
import { ApiError, getText } from './api';

/** What an address of the API answers: its data as JSON, or a problem. */
export type Answer = { body: string } | { problem: Problem; passing: boolean };

interface Listener {
  readonly path: string;
  readonly everyMs: number;
  readonly tell: (answer: Answer) => void;
}

const RETRY_MS = 2_000;
/** What the server takes. */
const [SHORTEST_MS, LONGEST_MS] = [1_000, 60_000];
/** The server says every 15 seconds that it is there. */
const SILENCE_MS = 40_000;

const listeners = new Set<Listener>();
let stream: EventSource | undefined;
/** Two, since what is heard on one stream must not put off the next one. */
let opening: ReturnType<typeof setTimeout> | undefined;
let silence: ReturnType<typeof setTimeout> | undefined;

/** Tells what `path` answers, and each change of it. All of a page come over one connection. */
export function listen(listener: Listener): () => void {
  listeners.add(listener);
  openSoon(0);
  return () => {
    listeners.delete(listener);
    openSoon(0);
  };
}

/** Asks once, without the stream. */
export async function ask(path: string): Promise<Answer> {
  try {
    return { body: await getText(path) };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { problem: error.problem, passing: error.passing };
  }
}

function openSoon(afterMs: number): void {
  clearTimeout(opening);
  opening = setTimeout(open, afterMs);
}

/** A page that nobody looks at listens to nothing, and so has nothing asked of AWS. */
function open(): void {
  clearTimeout(silence);
  stream?.close();
  stream = undefined;
  if (listeners.size === 0 || document.hidden) return;
  const topics = new Set([...listeners].map(({ path, everyMs }) => `${Math.round(Math.min(Math.max(everyMs, SHORTEST_MS), LONGEST_MS))}:${path}`));
  const opened = new EventSource(`/api/news?${new URLSearchParams([...topics].map((topic) => ['on', topic]))}`);
  stream = opened;
  const heard = () => {
    clearTimeout(silence);
    silence = setTimeout(() => void lost(opened), SILENCE_MS);
  };
  opened.addEventListener('alive', heard);
  opened.addEventListener('answer', (event) => {
    heard();
    const { path, status, body }: { path: string; status: number; body: string } = JSON.parse(event.data);
    tell(path, status < 400 ? { body } : { problem: JSON.parse(body), passing: status === 429 || status >= 500 });
  });
  opened.addEventListener('error', () => void lost(opened));
}

/** Without the stream each address is asked for by itself, until there is one again. */
async function lost(which: EventSource): Promise<void> {
  if (which !== stream) return;
  clearTimeout(silence);
  stream.close();
  openSoon(RETRY_MS);
  for (const path of new Set([...listeners].map((listener) => listener.path))) void ask(path).then((answer) => tell(path, answer));
}

function tell(path: string, answer: Answer): void {
  for (const listener of listeners) if (listener.path === path) listener.tell(answer);
}

document.addEventListener('visibilitychange', () => openSoon(0));
