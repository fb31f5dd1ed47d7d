import { render } from 'preact';
import type { SiteConfig } from '../contracts/site-config';
import { startClicksOfPage } from './clicks/clicks';
import { navigate } from './route';
import { forgetSeenWhenRefused } from './seen';
import { arrive } from './session';
import { Shop } from './shop';
import { stripeLoader } from './stripe';
import { type Language, languageCode, languageOf } from './words/language';

async function open(page: HTMLElement, spoken: Promise<Language>): Promise<void> {
  const response = await fetch('/config.json');
  if (!response.ok) throw new Error(`/config.json answered ${response.status}`);
  const config: SiteConfig = await response.json();
  const { session, returnTo, failure } = await arrive(config);
  if (returnTo) navigate(returnTo, { replace: true });
  forgetSeenWhenRefused();
  startClicksOfPage(() => session.heldToken());
  const loaded = await spoken;
  page.replaceChildren();
  render(<Shop loaded={loaded} session={session} hasSearch={config.search} loadStripe={stripeLoader(config.payment)} failure={failure} />, page);
}

const page = document.getElementById('shop');
const code = languageCode();
document.documentElement.lang = code;
const spoken = languageOf(code);
if (page) {
  open(page, spoken).catch(async (error: unknown) => {
    page.textContent = (await spoken).words.shop.cannotBeOpened;
    throw error;
  });
}
