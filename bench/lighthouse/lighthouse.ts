import { join } from 'node:path';
import { AUDITED_PAGES, auditedShop } from '../../test/support/auditedPages';
import { buildPages } from '../../test/support/builtPages';
import { type Audited, type Category, Lighthouse } from '../../test/support/lighthouse';
import type { Row, Section } from '../report';
import { median } from '../rounds';
import type { Workplace } from '../workplace';

const ROUNDS = 3;
const AIM = 0.95;
const HEADINGS = [['performance', 'performance'], ['accessibility', 'accessibility'], ['best-practices', 'best practices'], ['seo', 'SEO']] as const satisfies readonly (readonly [Category, string])[];

/** What Lighthouse says of the shop's pages on a phone, as they are released, with a made-up shop behind them. */
export async function measureLighthouse(place: Workplace): Promise<Section> {
  const pages = join(place.folder, 'storefront');
  buildPages('storefront', pages);
  const shop = await auditedShop(pages);
  await place.atEnd(() => shop.close());
  const lighthouse = await Lighthouse.start();
  await place.atEnd(() => lighthouse.close());
  const rows: Row[] = [];
  const lacking: string[] = [];
  for (const { name, path, stored } of AUDITED_PAGES) {
    const rounds: Audited[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      place.signal.throwIfAborted();
      rounds.push(await lighthouse.audit(new URL(path, shop.url), { stored }));
    }
    const score = (category: Category): number => median(rounds.map(({ scores }) => scores[category] ?? 0));
    const figures = Object.fromEntries(HEADINGS.map(([category, heading]) => [heading, score(category)]));
    rows.push({ what: name, figures, ratio: { value: Math.min(...Object.values(figures)) / 100, unit: '%', aim: { atLeast: AIM } } });
    lacking.push(...(rounds.at(-1)?.lacking ?? []).map((line) => `${name}: ${line}`));
  }
  return {
    title: "Lighthouse's scores of the shop's pages on a phone",
    rows,
    notes: [`Medians of ${ROUNDS} rounds, each with an empty cache; the ratio is that of the least of the four. Below 100 for (in the last round):`, ...lacking],
  };
}
