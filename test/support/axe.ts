import path from 'node:path';
import { type RunOptions, source } from 'axe-core';
import type { Page } from 'playwright-core';

declare global {
  interface Window {
    axe?: typeof import('axe-core');
  }
}

/** WCAG 2.2 wants buttons of some size, which axe does not look at unless it is told to. */
const EVERYTHING: RunOptions = { rules: { 'target-size': { enabled: true } } };
const COLOURS: RunOptions = { runOnly: ['color-contrast', 'link-in-text-block'] };

/** @returns what axe finds in the page as it stands, of any impact, a line each */
async function violations(page: Page, what: RunOptions): Promise<string[]> {
  // Not by a script element, which the page's policy would refuse.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source);
  // What is in the payment provider's frames is not ours to mend.
  const results = await page.evaluate((options) => window.axe?.run(options), { ...what, iframes: false, resultTypes: ['violations' as const] });
  if (!results) throw new Error(`axe does not run at ${page.url()}`);
  return results.violations.flatMap(({ id, impact, help, nodes }) => nodes.map((node) => `${id} (${node.impact ?? impact}) ${node.target.flat().join(' ')}: ${node.any[0]?.message ?? help}`));
}

const WIDTHS = { desk: 1280, phone: 375 };

/**
 * @param name of its pictures, one for each width and each time of the day, where SCREENSHOTS says where to keep them
 * @returns what is wrong with the page as it stands for whoever looks at it on a desk or on a phone, by day or by night
 */
export async function barriers(page: Page, name: string): Promise<string[]> {
  const found: string[] = [];
  for (const [place, width] of Object.entries(WIDTHS)) {
    await page.setViewportSize({ width, height: 812 });
    // Charts follow the window a moment later.
    await page.waitForFunction((most) => document.documentElement.scrollWidth <= most, width, { timeout: 10_000 }).catch(() => undefined);
    const reach = await page.evaluate(() => document.documentElement.scrollWidth);
    if (reach > width) found.push(`${width} px: reaches to ${reach} px`);
    // By night only the colours are others.
    for (const [colorScheme, what] of [['light', EVERYTHING], ['dark', COLOURS]] as const) {
      await page.emulateMedia({ colorScheme });
      found.push(...(await violations(page, what)).map((violation) => `${width} px, ${colorScheme}: ${violation}`));
      if (process.env.SCREENSHOTS) await page.screenshot({ path: path.join(process.env.SCREENSHOTS, `${name.replaceAll(/[^a-z0-9]+/gi, '-')}-${place}-${colorScheme}.png`), fullPage: true });
    }
  }
  return found;
}
