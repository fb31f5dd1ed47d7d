import { render } from 'preact';
import type { SiteConfig } from '../contracts/site-config';
import { whenWorthwhile } from './again';
import { read, Refused } from './api';
import { startClicksOfPage } from './clicks/clicks';
import { connectedSession } from './offline/connectedSession';
import { reloadForGoneFiles } from './offline/goneFiles';
import { keepForOffline } from './offline/register';
import { navigate } from './route';
import { forgetSeenWhenRefused } from './seen';
import { arrive } from './session';
import { Shop } from './shop';
import { stripeLoader } from './stripe';
import { type Language, languageCode, languageOf } from './words/language';

async function open(page: HTMLElement, spoken: Promise<Language>): Promise<void> {
  const config = await read<SiteConfig>('/config.json');
  const { session, returnTo, failure } = await arrive(config);
  if (returnTo) navigate(returnTo, { replace: true });
  forgetSeenWhenRefused();
  startClicksOfPage(() => session.heldToken());
  const loaded = await spoken;
  page.replaceChildren();
  render(<Shop loaded={loaded} session={connectedSession(session)} hasSearch={config.search} loadStripe={stripeLoader(config.payment)} failure={failure} />, page);
}

/** Before a shop that could not be opened is tried again by itself, in milliseconds. */
const PAUSE = 15_000;

function openUntilItWorks(page: HTMLElement, spoken: Promise<Language>): void {
  open(page, spoken).catch(async (error: unknown) => {
    page.textContent = (await spoken).words.shop.cannotBeOpened;
    if (!(error instanceof Refused)) throw error;
    whenWorthwhile(() => openUntilItWorks(page, spoken), PAUSE);
  });
}

const page = document.getElementById('shop');
const code = languageCode();
document.documentElement.lang = code;
const spoken = languageOf(code);
if (page) {
  // For opening.ts, which otherwise takes it that this script has not come.
  page.dataset.opened = '';
  reloadForGoneFiles();
  openUntilItWorks(page, spoken);
  keepForOffline();
}
