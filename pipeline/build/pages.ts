import { join } from 'node:path';

/** Runs Vite over a folder of pages; its vite.config.mts says where they go. */
export async function buildPages(folder: 'storefront' | 'console'): Promise<void> {
  // Vite is an ES module, which this CommonJS project can only load like this.
  const { build } = await import('vite');
  await build({ configFile: join(__dirname, '../..', folder, 'vite.config.mts'), logLevel: 'warn' });
}
