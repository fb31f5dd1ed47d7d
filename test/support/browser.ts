import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** For how long a page is waited for, milliseconds: a test that fails waits once, and a machine may be busy. */
const PATIENCE = 120_000;

/**
 * Chromium, headless: the one at CHROMIUM_PATH, else one installed in a usual place.
 *
 * @param further arguments of its command line
 * @throws Error that says how to get one when there is none
 */
export async function launchBrowser(further: readonly string[] = []): Promise<Browser> {
  const named = process.env.CHROMIUM_PATH;
  const executablePath = named ?? usualPlaces.find((place) => existsSync(place));
  if (!executablePath || !existsSync(executablePath)) {
    throw new Error(
      named
        ? `CHROMIUM_PATH names ${named}, which does not exist.`
        : `No Chromium was found. Install one (Debian: apt-get install chromium) or name one in CHROMIUM_PATH. Looked at: ${usualPlaces.join(', ')}`,
    );
  }
  const browser = await chromium.launch({
    executablePath,
    // Chromium's own sandbox needs rights that a container's root user has not got.
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', ...further],
  });
  browser.on('context', (context) => context.setDefaultTimeout(PATIENCE));
  return browser;
}

/** Does something on a page; what fails there is told with what the page showed, and what the page was refused. */
export async function onPage(page: Page, work: () => Promise<void>): Promise<void> {
  const refused: string[] = [];
  page.on('response', (response) => void (response.status() >= 400 && refused.push(`${response.status()} ${response.url()}`)));
  page.on('requestfailed', (request) => void refused.push(`${request.failure()?.errorText} ${request.url()}`));
  try {
    await work();
  } catch (error) {
    const shown = await page.locator('body').innerText().catch(() => '(nothing)');
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n\n${page.url()} showed:\n${shown.slice(0, 1_000)}\n\nRefused:\n${refused.slice(-20).join('\n') || '(nothing)'}`, { cause: error });
  }
}
