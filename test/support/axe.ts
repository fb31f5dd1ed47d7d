import { type AxeResults, type ImpactValue, source } from 'axe-core';
import type { Page } from 'playwright-core';

declare global {
  interface Window {
    axe?: typeof import('axe-core');
  }
}

/** @returns what axe finds in the page as it stands, of any impact, a line each */
export async function violations(page: Page): Promise<string[]> {
  // Not by a script element, which the page's policy would refuse.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source);
  const results = await page.evaluate(async (): Promise<AxeResults | undefined> =>
    window.axe?.run({
      // What is in the payment provider's frames is not ours to mend.
      iframes: false,
      resultTypes: ['violations'],
      // WCAG 2.2, which axe does not look at unless it is told to.
      rules: { 'target-size': { enabled: true } },
    }),
  );
  if (!results) throw new Error(`axe does not run at ${page.url()}`);
  return results.violations.flatMap(({ id, impact, help, nodes }) => nodes.map((node) => line(id, node.impact ?? impact, node.target.flat().join(' '), node.any[0]?.message ?? help)));
}

const line = (rule: string, impact: ImpactValue | undefined, target: string, help: string): string => `${rule} (${impact ?? 'no impact'}) ${target}: ${help}`;

const WIDTHS = [1280, 375];

/** @returns what is wrong with the page as it stands for whoever looks at it on a desk or on a phone, by day or by night */
export async function barriers(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 812 });
    const reach = await page.evaluate(() => document.documentElement.scrollWidth);
    if (reach > width) found.push(`${width} px: reaches to ${reach} px`);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      found.push(...(await violations(page)).map((violation) => `${width} px, ${colorScheme}: ${violation}`));
    }
  }
  return found;
}
