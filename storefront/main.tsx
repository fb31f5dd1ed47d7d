import { render } from 'preact';
import type { SiteConfig } from '../contracts/site-config';
import { startClicksOfPage } from './clicks/clicks';
import { navigate } from './route';
import { forgetSeenWhenRefused } from './seen';
import { arrive } from './session';
import { Shop } from './shop';
import { stripeLoader } from './stripe';

async function open(page: HTMLElement): Promise<void> {
  const response = await fetch('/config.json');
  if (!response.ok) throw new Error(`/config.json answered ${response.status}`);
  const config: SiteConfig = await response.json();
  const { session, returnTo, failure } = await arrive(config);
  if (returnTo) navigate(returnTo, { replace: true });
  forgetSeenWhenRefused();
  startClicksOfPage(() => session.heldToken());
  page.replaceChildren();
  render(<Shop session={session} hasSearch={config.search} loadStripe={stripeLoader(config.payment)} failure={failure} />, page);
}

const page = document.getElementById('shop');
if (page) {
  open(page).catch((error: unknown) => {
    page.textContent = 'The shop cannot be opened just now. Load the page again in a moment.';
    throw error;
  });
}
