import path from 'node:path';
import { getRequestListener } from '@hono/node-server';
import type { Browser, Page } from 'playwright-core';
import type { ConsoleProps } from '../../../console/server/app';
import type { FakeAws, Operations } from '../../console/fakeAws';
import { fakeConsole } from '../../console/fakeConsole';
import { type RunningServer, serve } from '../../support/http';
import { temporaryFolder } from '../../support/folder';

const screenshots = process.env.SCREENSHOTS ?? temporaryFolder('screenshots');

/** The console in a browser, over a made-up AWS. */
export interface ServedConsole {
  readonly aws: FakeAws;
  readonly page: Page;
  /** What the page complained of. */
  readonly faults: string[];
  open(hash?: string): Promise<void>;
  picture(name: string): Promise<void>;
  /** Ends the server, or has it listen again where it was. */
  leave(): Promise<void>;
  comeBack(): Promise<void>;
  close(): Promise<void>;
}

export async function servedConsole(browser: Browser, operations: Operations, props: Partial<ConsoleProps>): Promise<ServedConsole> {
  const fake = await fakeConsole(operations, props);
  const answer = getRequestListener(fake.app.fetch);
  const listen = (port?: number): Promise<RunningServer> => serve((request, response) => void answer(request, response), port);
  let server = await listen();
  const { port, url } = server;
  const page = await browser.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    // A refused call shows as an error in the browser's log; that is what some tests bring about.
    if (message.type() === 'error' && !/^Failed to load resource|net::ERR/.test(message.text())) faults.push(message.text());
  });
  return {
    aws: fake.aws,
    page,
    faults,
    open: async (hash = '') => void (await page.goto(`${url.origin}/${hash}`)),
    picture: async (name) => void (await page.screenshot({ path: path.join(screenshots, `console-${name}.png`), fullPage: true })),
    leave: () => server.close(),
    comeBack: async () => {
      server = await listen(port);
    },
    close: async () => {
      await page.close();
      await server.close();
      await fake.close();
    },
  };
}
