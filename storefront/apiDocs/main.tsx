import { render } from 'preact';
import { ApiPage } from './apiPage';
import type { ApiDocument } from './apiPage';

async function open(page: HTMLElement): Promise<void> {
  const response = await fetch('/openapi.json');
  if (!response.ok) throw new Error(`/openapi.json answered ${response.status}`);
  const document: ApiDocument = await response.json();
  page.replaceChildren();
  render(<ApiPage document={document} />, page);
}

const page = document.getElementById('api');
if (page) {
  open(page).catch((error: unknown) => {
    page.textContent = 'The document cannot be read just now. Load the page again in a moment.';
    throw error;
  });
}
