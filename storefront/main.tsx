import { render } from 'preact';
import type { SiteConfig } from '../contracts/site-config';
import { whenWorthwhile } from './again';
import { read, Refused } from './api';
import { startClicksOfPage } from './clicks/clicks';
import { connectedSession } from './offline/connectedSession';
import { reloadForGoneFiles } from './offline/goneFiles';
import { keepForOffline } from './offline/register';
import { navigate } from './route';
import { arrive } from './session';
import { Shop } from './shop';
import { stripeLoader } from './stripe';

async function open(page: HTMLElement): Promise<void> {
  const config = await read<SiteConfig>('/config.json');
  const { session, returnTo, failure } = await arrive(config);
  if (returnTo) navigate(returnTo, { replace: true });
  startClicksOfPage(() => session.heldToken());
  page.replaceChildren();
  render(<Shop session={connectedSession(session)} hasSearch={config.search} loadStripe={stripeLoader(config.payment)} failure={failure} />, page);
}

/** Before a shop that could not be opened is tried again by itself, in milliseconds. */
const PAUSE = 15_000;

function openUntilItWorks(page: HTMLElement): void {
  open(page).catch((error: unknown) => {
    page.textContent = 'The shop cannot be opened just now. Load the page again in a moment.';
    if (!(error instanceof Refused)) throw error;
    whenWorthwhile(() => openUntilItWorks(page), PAUSE);
  });
}

const page = document.getElementById('shop');
if (page) {
  // For opening.ts, which otherwise takes it that this script has not come.
  page.dataset.opened = '';
  reloadForGoneFiles();
  openUntilItWorks(page);
  keepForOffline();
}
