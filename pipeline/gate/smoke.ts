import { Checks } from './checks';
import { readConfiguration, SmokeConfiguration } from './configuration';
import { checkPagesAndCatalogue } from './pages';
import { Shop } from './shop';

/** The step after prod: reads a few pages and routes, writes nothing. */
async function main(): Promise<void> {
  const { SITE_URL } = readConfiguration(SmokeConfiguration, process.env);
  const checks = new Checks('smoke');
  await checkPagesAndCatalogue(checks, new Shop(SITE_URL));
  checks.finish();
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
