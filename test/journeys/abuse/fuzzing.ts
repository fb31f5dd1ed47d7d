import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROUTES } from '../../../contracts/http';
import { openApiText } from '../../../contracts/openapi/document';
import { PARTS, ROOT } from '../../../local/host/folders';
import { installSchemathesis } from '../../../local/schemathesis/install';
import { launchBrowser } from '../../support/browser';
import { temporaryFolder } from '../../support/folder';
import type { AttackedShop } from './attackedShop';
import { PRODUCT } from './attackedShop';
import { SEED } from './seed';

/** Only what holds whatever the shop's tables have in them; whose token may what is asked in attacks.ts. */
const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
  'negative_data_rejection',
  'missing_required_header',
  'unsupported_method',
  'allow_header_conformance',
];

const EXPECTATIONS = [
  // CloudFront itself refuses TRACE, with a page.
  '[phases.coverage]',
  'unexpected-methods = ["PUT", "PATCH", "DELETE"]',
  // What is too long for the contract may be too long for a URL.
  '[checks.negative_data_rejection]',
  'expected-statuses = ["400", "401", "403", "404", "405", "409", "413", "415", "422", "429", "431"]',
];

/** Schemathesis makes requests of docs/openapi.json, right ones and wrong ones, and holds the answers against it. */
export function fuzzing(given: () => AttackedShop): void {
  const folder = temporaryFolder('fuzzing');
  const configuration = (parameters: Readonly<Record<string, string>>): string => {
    const file = path.join(folder, 'schemathesis.toml');
    const lines = Object.entries(parameters).map(([name, value]) => `"path.${name}" = "${value}"`);
    writeFileSync(file, ['[parameters]', ...lines, ...EXPECTATIONS].join('\n'));
    return file;
  };
  const fuzz = async (parameters: Readonly<Record<string, string>>): Promise<{ readonly code: number; readonly said: string }> => {
    const { command, args } = await installSchemathesis(PARTS);
    const options = ['--url', given().pages.siteUrl, '--header', `Authorization: Bearer ${given().operator.accessToken}`, '--seed', String(SEED), '--max-examples', '40', '--checks', CHECKS.join()];
    const all = [...args, '--no-color', '--config-file', configuration(parameters), 'run', path.join(ROOT, 'docs', 'openapi.json'), ...options, '--phases', 'coverage,fuzzing', '--continue-on-failure', '--warnings', 'off'];
    return new Promise((resolve) => {
      // It keeps examples where it is started.
      execFile(command, all, { cwd: folder, maxBuffer: 64 * 1024 * 1024 }, (error, said) => resolve({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, said: short(said || (error?.message ?? '')) }));
    });
  };

  test('is served beside the pages, and shown to people on a page of its own', async () => {
    const { siteUrl } = given().pages;
    expect(await (await fetch(`${siteUrl}/openapi.json`)).json()).toEqual(JSON.parse(openApiText()));
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage();
      const refused: string[] = [];
      page.on('console', (message) => message.type() === 'error' && refused.push(message.text()));
      await page.goto(`${siteUrl}/api-docs.html`);
      await page.getByRole('heading', { name: 'Schemas' }).waitFor();
      const shown = await page.getByRole('heading', { level: 2 }).allInnerTexts();
      for (const { method, path, summary } of Object.values(ROUTES)) expect(shown).toContain(`${summary} ${method} ${path}`);
      expect((await page.locator('p').allInnerTexts()).join()).not.toContain('`');
      expect(refused).toEqual([]);
    } finally {
      await browser.close();
    }
  });

  test.each([
    ['whatever ids come', () => ({})],
    ['the id of an order and of a product', () => ({ orderId: given().order.orderId, productId: PRODUCT })],
  ])('every operation of the document answers as it says, with %s', async (_, parameters) => {
    const { code, said } = await fuzz(parameters());
    expect({ seed: SEED, code, faults: code === 0 ? '' : said }).toEqual({ seed: SEED, code: 0, faults: '' });
    // Otherwise nothing was shown.
    expect(said).toContain(`Tested: ${Object.keys(ROUTES).length}\n`);
    expect(Number(/(\d+) generated, (\d+) passed/.exec(said)?.[1])).toBeGreaterThan(300);
  });
}

/** Without what is longer than anybody reads. */
const short = (text: string): string => text.split('\n').map((line) => (line.length > 400 ? `${line.slice(0, 400)} …` : line)).join('\n').slice(-12_000);
