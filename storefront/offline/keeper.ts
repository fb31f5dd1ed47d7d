import { KEPT_HEADER } from './kept';

const SEEN = 'seen-1';
const PICTURES = 'pictures-1';
const SHELL = 'shell-';
const MOST = { [SEEN]: 300, [PICTURES]: 200 };
/** How long a page may take before the one that was kept is shown, in milliseconds. */
const PATIENCE = 5_000;

export interface Outside {
  readonly caches: Pick<CacheStorage, 'keys' | 'delete'> & { open(name: string): Promise<Pick<Cache, 'addAll' | 'match' | 'put' | 'keys' | 'delete'>> };
  readonly fetch: (request: Request | string) => Promise<Response>;
}

/** Keeps the pages of one release and what was seen in them, and answers with it where the network does not. */
export class Keeper {
  readonly #shell: string;

  /** @param files of the shop's pages; `/` among them */
  constructor(private readonly outside: Outside, release: string, private readonly files: readonly string[]) {
    this.#shell = SHELL + release;
  }

  /** All or nothing: half a release shows nothing. */
  async keepShell(): Promise<void> {
    await (await this.outside.caches.open(this.#shell)).addAll([...this.files]);
  }

  async forgetOtherShells(): Promise<void> {
    const names = await this.outside.caches.keys();
    await Promise.all(names.filter((name) => name.startsWith(SHELL) && name !== this.#shell).map((name) => this.outside.caches.delete(name)));
  }

  /** The network's page, so that no release is shown that is over; where it does not come, the one that was kept. */
  async page(request: Request): Promise<Response> {
    const kept = await this.#find(this.#shell, '/');
    const fresh = this.outside.fetch(request);
    if (!kept) return fresh;
    const answer = await inTime(fresh, PATIENCE);
    return answer && answer.status < 500 ? answer : kept;
  }

  /** Its name has its hash: whatever has that name is the same. */
  async asset(request: Request): Promise<Response> {
    return (await this.#find(this.#shell, request)) ?? this.outside.fetch(request);
  }

  /** The network's answer, or the one that was kept, marked as such. */
  async read(request: Request, later: (work: Promise<unknown>) => void): Promise<Response> {
    try {
      const answer = await this.outside.fetch(request);
      later(this.#keep(SEEN, request, answer));
      return answer;
    } catch (error) {
      const kept = (await this.#find(SEEN, request)) ?? (await this.#find(this.#shell, request)) ?? (await this.#fromLists(request));
      if (!kept) throw error;
      return new Response(kept.body, { headers: { 'content-type': kept.headers.get('content-type') ?? 'application/json', [KEPT_HEADER]: 'true' } });
    }
  }

  /** The one that was kept, and the network's for the next time. */
  async picture(request: Request, later: (work: Promise<unknown>) => void): Promise<Response> {
    const kept = await this.#find(PICTURES, request);
    const fresh = this.outside.fetch(request);
    later(fresh.then((answer) => this.#keep(PICTURES, request, answer), () => undefined));
    return kept ?? fresh;
  }

  /** A product whose own page was never opened, but which was seen among others. */
  async #fromLists({ url }: Request): Promise<Response | undefined> {
    const productId = /^\/api\/products\/([^/]+)$/.exec(new URL(url).pathname)?.[1];
    if (!productId) return undefined;
    const seen = await this.outside.caches.open(SEEN);
    for (const request of await seen.keys()) {
      if (new URL(request.url).pathname !== '/api/products') continue;
      const list: { readonly products: readonly { readonly productId: string }[] } | undefined = await (await seen.match(request))?.json();
      const product = list?.products.find((candidate) => candidate.productId === decodeURIComponent(productId));
      if (product) return new Response(JSON.stringify(product), { headers: { 'content-type': 'application/json' } });
    }
    return undefined;
  }

  async #find(name: string, request: Request | string): Promise<Response | undefined> {
    return (await this.outside.caches.open(name)).match(request, { ignoreVary: true });
  }

  async #keep(name: keyof typeof MOST, request: Request, answer: Response): Promise<void> {
    if (!answer.ok || /no-store|private/.test(answer.headers.get('cache-control') ?? '')) return;
    const copy = answer.clone();
    try {
      const cache = await this.outside.caches.open(name);
      await cache.put(request, copy);
      const requests = await cache.keys();
      await Promise.all(requests.slice(0, Math.max(0, requests.length - MOST[name])).map((oldest) => cache.delete(oldest)));
    } catch {
      // A browser without room, or one that refuses it, keeps nothing, and the shop goes on.
    }
  }
}

async function inTime(answer: Promise<Response>, milliseconds: number): Promise<Response | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => (timer = setTimeout(resolve, milliseconds, undefined)));
  try {
    return await Promise.race([answer.catch(() => undefined), late]);
  } finally {
    clearTimeout(timer);
  }
}
