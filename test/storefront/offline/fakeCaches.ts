import type { Outside } from '../../../storefront/offline/keeper';

type OneCache = Awaited<ReturnType<Outside['caches']['open']>>;

const ORIGIN = 'https://shop.example';
const addressOf = (request: RequestInfo | URL): string => new URL(request instanceof Request ? request.url : request, ORIGIN).href;

/** A browser's caches, in memory; `full` are those with no room left. */
export class FakeCaches {
  readonly all = new Map<string, Map<string, Response>>();
  full = false;

  constructor(private readonly fetch: Outside['fetch']) {}

  async open(name: string): Promise<OneCache> {
    const kept = this.all.get(name) ?? new Map<string, Response>();
    this.all.set(name, kept);
    return {
      addAll: async (requests) => {
        const files = [...requests].map(addressOf);
        const answers = await Promise.all(files.map((file) => this.fetch(file)));
        if (answers.some(({ ok }) => !ok)) throw new TypeError('A file is not there');
        for (const [index, answer] of answers.entries()) kept.set(files[index] ?? '', answer);
      },
      match: async (request) => kept.get(addressOf(request))?.clone(),
      put: async (request, answer) => {
        if (this.full) throw new DOMException('no room', 'QuotaExceededError');
        kept.delete(addressOf(request));
        kept.set(addressOf(request), answer);
      },
      keys: async () => [...kept.keys()].map((url) => new Request(url)),
      delete: async (request) => kept.delete(addressOf(request)),
    };
  }

  keys = async (): Promise<string[]> => [...this.all.keys()];

  delete = async (name: string): Promise<boolean> => this.all.delete(name);
}
