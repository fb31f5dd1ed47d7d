import { randomUUID } from 'node:crypto';
import { AdminAddUserToGroupCommand, AdminCreateUserCommand, AdminSetUserPasswordCommand, CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import type { Browser, Page } from 'playwright-core';
import { website } from '../../../stages/environments';
import type { DevShop } from './customers';
import type { RunningWebsite } from './runningWebsite';

interface SignInGiven {
  readonly dev: DevShop;
  readonly running: RunningWebsite;
  readonly browser: Browser;
}

/** Somebody new, of this group, signs in at the shop in a browser of their own, which is closed when `work` is done. */
export async function signedIn<T>({ running, browser, dev }: SignInGiven, work: (page: Page, token: string) => Promise<T>, group?: string): Promise<T> {
  const account = website.environments.find(({ name }) => name === 'Dev')?.account ?? '';
  const cognito = new CognitoIdentityProviderClient(running.settings(account));
  const email = `eve-${randomUUID()}@example.com`;
  const password = `Aa1!${randomUUID()}`;
  const user = { UserPoolId: await running.output('Dev', 'Auth', 'UserPoolId'), Username: email };
  await cognito.send(new AdminCreateUserCommand({ ...user, MessageAction: 'SUPPRESS', UserAttributes: [{ Name: 'email', Value: email }, { Name: 'email_verified', Value: 'true' }] }));
  await cognito.send(new AdminSetUserPasswordCommand({ ...user, Password: password, Permanent: true }));
  if (group !== undefined) await cognito.send(new AdminAddUserToGroupCommand({ ...user, GroupName: group }));

  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const asked = page.waitForRequest((request) => new URL(request.url()).pathname === '/api/orders');
    await page.goto(new URL('/orders', dev.url).href);
    await page.getByRole('button', { name: 'Sign in' }).first().click();
    await page.locator('input[name="username"]').fill(email);
    await page.locator('input[type="password"]').fill(password);
    await page.locator('[type="submit"]').first().click();
    return await work(page, ((await (await asked).headerValue('authorization')) ?? '').replace('Bearer ', ''));
  } finally {
    await context.close();
  }
}

/** Their token, as the shop sends it. */
export const tokenOf = (given: SignInGiven, group?: string): Promise<string> => signedIn(given, async (_, token) => token, group);
