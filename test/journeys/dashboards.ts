import type { Browser } from 'playwright-core';
import type { DashboardSummary } from '../../local/quicksight/dashboards/model';
import { launchBrowser } from '../support/browser';
import { buildPages } from '../support/builtPages';

/** What is seen of one visual: `refused` is what it says instead of its data. */
export interface Seen {
  readonly title: string;
  readonly text: string;
  readonly isDrawn: boolean;
  readonly refused?: string;
}

/** Somebody in front of the dashboards of this machine. */
export class Dashboards {
  /** Errors of the pages and of their policies. */
  readonly faults: string[] = [];

  private constructor(
    private readonly browser: Browser,
    private readonly url: string,
  ) {}

  static async open(url: string): Promise<Dashboards> {
    buildPages('local/quicksight');
    return new Dashboards(await launchBrowser(), url);
  }

  close(): Promise<void> {
    return this.browser.close();
  }

  async list(): Promise<DashboardSummary[]> {
    const response = await fetch(`${this.url}/_dashboards`);
    return (await response.json()) as DashboardSummary[];
  }

  /** Each visual of a dashboard's first sheet, once it has its data or says why it has none. @param name `Dev: Live shop` */
  async look(name: string): Promise<Seen[]> {
    const page = await this.browser.newPage({ viewport: { width: 1_400, height: 1_000 } });
    page.on('pageerror', ({ message }) => this.faults.push(message));
    page.on('console', (message) => message.type() === 'error' && this.faults.push(message.text()));
    await page.goto(this.url);
    await page.getByRole('link', { name, exact: true }).click();
    await page.waitForFunction(() => document.querySelector('[data-visual]') !== null && document.querySelector('.loading') === null, undefined, { timeout: 120_000 });
    if (process.env['SCREENSHOTS']) await page.screenshot({ path: `${process.env['SCREENSHOTS']}/dashboard-${name.replaceAll(/\W+/g, '-')}.png`, fullPage: true });
    const visuals = await page.locator('[data-visual]').all();
    const seen = await Promise.all(
      visuals.map(async (visual) => {
        const [refused] = await visual.getByRole('alert').allTextContents();
        const isDrawn = (await visual.locator('canvas, tbody tr, .kpi').count()) > 0;
        const text = await visual.locator('.value, tbody').allTextContents();
        return { title: (await visual.getByRole('heading').textContent()) ?? '', text: text.join(' '), isDrawn, ...(refused !== undefined && { refused }) };
      }),
    );
    await page.close();
    return seen;
  }
}
