import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import * as z from 'zod';
import { isPassing, Refusal } from './problems';

/** What an address of the API answers. */
export interface Answer {
  readonly status: number;
  /** JSON, as text: two answers are the same when their texts are. */
  readonly body: string;
}

type Read = (path: string) => Promise<Answer>;
type Tell = (answer: Answer) => void;

/** While AWS asks for patience. */
const LONGEST_PATIENCE_MS = 60_000;
/** While AWS is away: whoever looks wants to know soon that it is back. */
const LONGEST_ABSENCE_MS = 10_000;
const FIRST_RETRY_MS = 1_000;
const ALIVE_MS = 15_000;

/** Reads each address once for all who listen to it, tells them what is new, and rests when nobody listens. */
export class News {
  readonly #topics = new Map<string, Topic>();

  constructor(private readonly read: Read) {}

  /** Tells what `path` answers at once and at each change, looked for at least every `everyMs`, until the returned function is called. */
  listen(path: string, everyMs: number, tell: Tell): () => void {
    const topic = this.#topics.get(path) ?? new Topic(() => this.read(path), () => this.#topics.delete(path));
    this.#topics.set(path, topic);
    return topic.add({ everyMs, tell });
  }
}

interface Listener {
  readonly everyMs: number;
  readonly tell: Tell;
}

class Topic {
  readonly #listeners = new Set<Listener>();
  #latest?: Answer;
  #failures = 0;
  #reading = false;
  #timer?: ReturnType<typeof setTimeout>;
  #pauseMs = 0;

  constructor(
    private readonly read: () => Promise<Answer>,
    private readonly forget: () => void,
  ) {}

  add(listener: Listener): () => void {
    this.#listeners.add(listener);
    if (this.#latest) listener.tell(this.#latest);
    if (this.#timer === undefined && !this.#reading) void this.#ask();
    else if (this.#timer !== undefined && this.#failures === 0 && listener.everyMs < this.#pauseMs) this.#askIn(listener.everyMs);
    return () => this.#listeners.delete(listener);
  }

  async #ask(): Promise<void> {
    this.#timer = undefined;
    // Whoever opens the page anew is back by now, and is told what is known without another read.
    if (this.#listeners.size === 0) return this.forget();
    this.#reading = true;
    const answer = await this.read();
    this.#reading = false;
    this.#failures = isPassing(answer) ? this.#failures + 1 : 0;
    if (answer.status !== this.#latest?.status || answer.body !== this.#latest.body) {
      this.#latest = answer;
      for (const { tell } of this.#listeners) tell(answer);
    }
    this.#askIn(this.#pauseAfter(answer));
  }

  #askIn(ms: number): void {
    clearTimeout(this.#timer);
    this.#pauseMs = ms;
    // It keeps no process running that has nothing else to do.
    this.#timer = setTimeout(() => void this.#ask(), ms).unref();
  }

  #pauseAfter({ status }: Answer): number {
    if (this.#failures === 0) return Math.min(...[...this.#listeners].map(({ everyMs }) => everyMs), LONGEST_PATIENCE_MS);
    return Math.min(FIRST_RETRY_MS * 2 ** (this.#failures - 1), status === 429 ? LONGEST_PATIENCE_MS : LONGEST_ABSENCE_MS);
  }
}

const Topics = z.array(z.string().regex(/^\d{3,5}:\/api\/(?!news)\S+$/)).min(1).max(50);

/** Answers `?on=<every ms>:<path>` with server-sent events: `answer` for each change of each path, `alive` now and then. */
export function newsStream(context: Context, news: News): Response {
  const asked = Topics.safeParse(context.req.queries('on'));
  if (!asked.success) throw new Refusal(400, z.prettifyError(asked.error));
  const topics = asked.data.map((topic) => ({ everyMs: Number(topic.slice(0, topic.indexOf(':'))), path: topic.slice(topic.indexOf(':') + 1) }));
  return streamSSE(context, async (stream) => {
    const send = (event: string, data: object): void => void stream.writeSSE({ event, data: JSON.stringify(data) });
    const closed = new Promise<void>((resolve) => stream.onAbort(resolve));
    send('alive', {});
    const alive = setInterval(() => send('alive', {}), ALIVE_MS).unref();
    const stops = topics.map(({ path, everyMs }) => news.listen(path, everyMs, ({ status, body }) => send('answer', { path, status, body })));
    await closed;
    clearInterval(alive);
    for (const stop of stops) stop();
  });
}
