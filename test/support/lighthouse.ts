import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import * as z from 'zod';
import { PARTS } from '../../local/host/folders';
import { freePort } from '../../local/host/ports';
import { installLighthouse } from '../../local/lighthouse/install';
import { launchBrowser } from './browser';

const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
export type Category = (typeof CATEGORIES)[number];

/** As much of https://github.com/GoogleChrome/lighthouse/blob/main/docs/understanding-results.md as is read here. */
const Report = z.object({
  categories: z.partialRecord(z.enum(CATEGORIES), z.object({ score: z.nullable(z.number()), auditRefs: z.array(z.object({ id: z.string(), weight: z.number() })) })),
  audits: z.record(z.string(), z.object({ title: z.string(), score: z.nullable(z.number()), displayValue: z.optional(z.string()), scoreDisplayMode: z.string() })),
});

export interface Audited {
  /** 0 to 100. */
  readonly scores: Readonly<Partial<Record<Category, number>>>;
  /** What keeps a score below 100, a line each. */
  readonly lacking: readonly string[];
}

/** Lighthouse with its phone profile, in a Chromium of its own. */
export class Lighthouse {
  private constructor(
    private readonly program: string,
    private readonly browser: Browser,
    private readonly port: number,
  ) {}

  static async start(): Promise<Lighthouse> {
    const [program, port] = await Promise.all([installLighthouse(PARTS, console.log), freePort()]);
    return new Lighthouse(program, await launchBrowser([`--remote-debugging-port=${port}`]), port);
  }

  close(): Promise<void> {
    return this.browser.close();
  }

  /** @param stored what a visitor's local storage has in it, whose browser was never here otherwise */
  async audit(url: URL, { categories = CATEGORIES, stored = {} }: { categories?: readonly Category[]; stored?: Readonly<Record<string, string>> } = {}): Promise<Audited> {
    await this.#arriveWith(url.origin, stored);
    const options = [`--port=${this.port}`, '--output=json', '--quiet', '--disable-storage-reset', `--only-categories=${categories.join(',')}`];
    // A slow phone and a slow network are what speed is measured with, and are in the way of everything else.
    if (!categories.includes('performance')) options.push('--throttling-method=provided');
    const { stdout } = await promisify(execFile)(process.execPath, [this.program, url.href, ...options], { maxBuffer: 64 * 1024 * 1024 });
    const { categories: found, audits } = Report.parse(JSON.parse(stdout));
    const scores = Object.fromEntries(Object.entries(found).map(([category, value]) => [category, Math.round((value?.score ?? 0) * 100)]));
    const counted = new Set(Object.values(found).flatMap((value) => value?.auditRefs.filter(({ weight }) => weight > 0).map(({ id }) => id) ?? []));
    const lacking = Object.entries(audits).filter(([id, { score }]) => counted.has(id) && score !== null && score < 1);
    return { scores, lacking: lacking.map(([id, { title, score, displayValue = '' }]) => `${id}: ${title} ${displayValue} (${score})`) };
  }

  /** In the browser's own context, which is the one that Lighthouse looks at. */
  async #arriveWith(origin: string, stored: Readonly<Record<string, string>>): Promise<void> {
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${this.port}`);
    try {
      const [context] = browser.contexts();
      if (!context) throw new Error('Chromium has no context of its own.');
      const page = await context.newPage();
      const devtools = await context.newCDPSession(page);
      await devtools.send('Network.clearBrowserCache');
      await devtools.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
      // A page of the shop that loads nothing else.
      await page.goto(`${origin}/config.json`);
      await page.evaluate((entries) => entries.forEach(([key, value]) => localStorage.setItem(key, value)), Object.entries(stored));
      await page.close();
    } finally {
      await browser.close();
    }
  }
}
