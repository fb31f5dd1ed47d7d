import type { Browser, Page } from 'playwright-core';
import type { DashboardSummary, ShownDashboard, VisualData } from '../../local/quicksight/dashboards/model';
import type { Asked } from './refreshCost';

/** When the first of a dashboard's visuals was there and when the last was, in milliseconds. */
export interface Took {
  readonly first: number;
  readonly all: number;
}

/** The dashboard `Live shop` of this machine: its page, and what the page asks its server. */
export class LiveShop {
  readonly visuals: readonly string[];
  readonly #page: string;
  readonly #asked: string;

  private constructor(url: string, { account, region, id, sheets }: ShownDashboard) {
    this.visuals = sheets.flatMap(({ visuals }) => visuals.map((visual) => visual.id));
    this.#page = `${url}/#/${account}/${region}/${id}`;
    this.#asked = `${url}/_dashboards/${account}/${region}/${id}`;
  }

  static async at(url: string): Promise<LiveShop> {
    const all: DashboardSummary[] = await answered(await fetch(`${url}/_dashboards`));
    const found = all.find(({ name }) => name.endsWith('Live shop'));
    if (!found) throw new Error(`There is no Live shop among the dashboards: ${all.map(({ name }) => name).join(', ')}.`);
    return new LiveShop(url, await answered(await fetch(`${url}/_dashboards/${found.account}/${found.region}/${found.id}`)));
  }

  /** The one number that a visual shows. */
  async number(visual: string): Promise<number> {
    const { rows: [row] }: VisualData = await this.#ask(visual);
    return Number(row?.[0]);
  }

  /** Asks the server what the page asks it, for all visuals at once. */
  async askDirectly(): Promise<Took> {
    const start = performance.now();
    const times = await Promise.all(
      this.visuals.map(async (visual) => {
        await this.#ask(visual);
        return performance.now() - start;
      }),
    );
    return { first: Math.min(...times), all: Math.max(...times) };
  }

  /** Looks at the page as somebody does who was never there. @returns times from the navigation on */
  look(browser: Browser): Promise<Took> {
    return this.#opened(browser, async (page) => {
      const [first, all] = await Promise.all([drawn(page, 1), drawn(page, this.visuals.length)]);
      return { first, all };
    });
  }

  /** Leaves the page open once all of it is drawn, until `work` is done. @returns what it asked for meanwhile, and what came of the work */
  watch<T>(browser: Browser, work: () => Promise<T>): Promise<{ readonly asked: Asked; readonly meanwhile: T }> {
    return this.#opened(browser, async (page) => {
      await drawn(page, this.visuals.length);
      const sizes: Promise<number>[] = [];
      let ofVisuals = 0;
      page.on('requestfinished', (request) => {
        if (request.method() === 'POST') ofVisuals += 1;
        sizes.push(request.sizes().then(({ requestHeadersSize, requestBodySize, responseHeadersSize, responseBodySize }) => requestHeadersSize + requestBodySize + responseHeadersSize + responseBodySize));
      });
      const meanwhile = await work();
      const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
      return { asked: { requests: sizes.length, bytes, refreshes: ofVisuals / this.visuals.length }, meanwhile };
    });
  }

  async #opened<T>(browser: Browser, work: (page: Page) => Promise<T>): Promise<T> {
    const context = await browser.newContext({ viewport: { width: 1_400, height: 1_000 } });
    try {
      const page = await context.newPage();
      await page.goto(this.#page, { waitUntil: 'commit' });
      return await work(page);
    } finally {
      await context.close();
    }
  }

  async #ask(visual: string): Promise<VisualData> {
    return answered(await fetch(`${this.#asked}/visuals/${visual}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }));
  }
}

const DEADLINE_MS = 120_000;

/** @returns milliseconds from the navigation to the first frame that has at least so many visuals drawn */
async function drawn(page: Page, visuals: number): Promise<number> {
  const found = await page.waitForFunction(
    (wanted) => document.querySelectorAll('[data-visual]:has(.value, canvas, tbody tr)').length >= wanted && performance.now(),
    visuals,
    { timeout: DEADLINE_MS },
  );
  return Number(await found.jsonValue());
}

async function answered<T>(response: Response): Promise<T> {
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${(await response.text()).slice(0, 500)}`);
  const answer: T = await response.json();
  return answer;
}
