import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Hono, type Context } from 'hono';
import * as z from 'zod';
import { OrderId } from '../../contracts/ids';
import { website } from '../../stages/environments';
import { isLoopback } from '../host/loopback';
import { parseInput, Refusal } from '../sandbox/controls';
import { addPageAssets } from '../sandbox/page';
import type { SandboxBindings } from '../sandbox/sandbox';
import { inboxPage, PARTS } from './inboxPage';
import { asDocument } from './mailDocument';
import { MailsUnavailable, type Mail } from './sentMails';

const Filter = z.strictObject({
  environment: z.string().optional(),
  /** A part of an address in To, Cc or Bcc. */
  to: z.string().optional(),
  order: z.optional(OrderId),
});
export type Filter = z.infer<typeof Filter>;
const PageQuery = z.strictObject({ ...Filter.shape, mail: z.string().optional(), part: z.enum(PARTS).optional() });

/**
 * The inbox as a page for a person at `/`, and for tests and scripts:
 * `GET /mails?environment=&to=&order=` all mails that fit, the newest first; `GET /mails/{id}` one of them.
 * Errors are `{ error }` in words: 400 for a filter that makes no sense, 404, 503 while there is no MiniStack.
 */
export function inbox(sentMails: () => Promise<readonly Mail[]>): Hono<{ Bindings: SandboxBindings }> {
  const app = new Hono<{ Bindings: SandboxBindings }>();
  app.use('*', async (context, next) => {
    // Mails carry codes and addresses.
    if (!isLoopback(context.req.header('host') ?? '')) return context.json({ error: 'The inbox answers on the loopback only.' }, 403);
    context.header('cache-control', 'no-store');
    return next();
  });
  app.onError((error, context) => {
    if (error instanceof Refusal) return context.json({ error: error.message }, 400);
    if (error instanceof MailsUnavailable) return context.json({ error: error.message }, 503);
    throw error;
  });
  app.notFound((context) => context.json({ error: 'There is /, /mails and /mails/{id}.' }, 404));

  app.get('/_sandbox/health', (context) => context.json({ status: 'ok' }));
  addPageAssets(app);
  app.get('/inbox.js', (context) => context.body(asset('inboxScript.js'), 200, { 'content-type': 'text/javascript; charset=utf-8' }));
  app.get('/inbox.css', (context) => context.body(asset('inboxStyle.css'), 200, { 'content-type': 'text/css; charset=utf-8' }));

  app.get('/', async (context) => {
    const { mail: id, part, ...filter } = parseInput(PageQuery, given(context));
    const mails = await sentMails();
    const environments = environmentsOf(mails);
    const shown = matching(mails, filter, environments);
    return inboxPage(context, { shown, filter, environments, open: id === undefined ? undefined : { mail: mails.find((mail) => mail.id === id), part } });
  });
  app.get('/mails', async (context) => {
    const filter = parseInput(Filter, given(context));
    const mails = await sentMails();
    return context.json(matching(mails, filter, environmentsOf(mails)));
  });
  app.get('/mails/:id', async (context) => {
    const mail = await find(context);
    return mail ? context.json(mail) : noSuchMail(context);
  });
  app.get('/mails/:id/html', async (context) => {
    const mail = await find(context);
    if (!mail?.html) return noSuchMail(context);
    // It is the mail's own text: sandboxed also for whoever opens it outside the page's frame.
    context.header('content-security-policy', "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src http: https: data:; style-src 'unsafe-inline' http: https:; font-src http: https: data:; frame-ancestors 'self'");
    context.header('referrer-policy', 'no-referrer');
    return context.html(asDocument(mail.html));
  });

  const find = async (context: Context): Promise<Mail | undefined> => (await sentMails()).find(({ id }) => id === context.req.param('id'));
  const noSuchMail = (context: Context): Response => context.json({ error: 'There is no such mail; of each account the newest 1,000 survive a restart.' }, 404);
  return app;
}

const asset = (name: string): string => readFileSync(join(__dirname, name), 'utf8');

/** A field of a form that was left empty is none. */
const given = (context: Context): Record<string, string> => Object.fromEntries(Object.entries(context.req.query()).filter(([, value]) => value.trim() !== ''));

const environmentsOf = (mails: readonly Mail[]): string[] => [...new Set([...website.environments.map(({ name }) => name), ...mails.map(({ environment }) => environment)])];

/** @throws Refusal for an environment that does not exist and has never sent anything */
function matching(mails: readonly Mail[], { environment, to, order }: Filter, environments: readonly string[]): Mail[] {
  if (environment !== undefined && !environments.includes(environment)) throw new Refusal(`There is no environment ${environment}, only ${environments.join(', ')}.`);
  const address = to?.trim().toLowerCase();
  return mails.filter(
    (mail) =>
      (environment === undefined || mail.environment === environment) &&
      (order === undefined || mail.order === order) &&
      (address === undefined || [...mail.to, ...mail.cc, ...mail.bcc].some((recipient) => recipient.toLowerCase().includes(address))),
  );
}
