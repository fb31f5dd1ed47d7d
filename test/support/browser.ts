import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * Chromium, headless: the one at CHROMIUM_PATH, else one installed in a usual place.
 *
 * @param further arguments of its command line
 * @throws Error that says how to get one when there is none
 */
export function launchBrowser(further: readonly string[] = []): Promise<Browser> {
  const named = process.env.CHROMIUM_PATH;
  const executablePath = named ?? usualPlaces.find((place) => existsSync(place));
  if (!executablePath || !existsSync(executablePath)) {
    throw new Error(
      named
        ? `CHROMIUM_PATH names ${named}, which does not exist.`
        : `No Chromium was found. Install one (Debian: apt-get install chromium) or name one in CHROMIUM_PATH. Looked at: ${usualPlaces.join(', ')}`,
    );
  }
  return chromium.launch({
    executablePath,
    // Chromium's own sandbox needs rights that a container's root user has not got.
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', ...further],
  });
}
