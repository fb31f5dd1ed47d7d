import { randomUUID } from 'node:crypto';
import type * as z from 'zod/mini';
import { Click, ClicksTaken } from '../../contracts/click';
import { IDEMPOTENCY_KEY_HEADER } from '../../contracts/headers';
import { ROUTES, type ResponseOf, type Route, type RouteName } from '../../contracts/http';
import type { Order } from '../../contracts/order';
import { SiteConfig } from '../../contracts/site-config';
import type { Happening } from '../../storefront/clicks/clicks';
import { clickSender, type ClickSender } from '../../storefront/clicks/sender';
import { uuidV7 } from '../../storefront/clicks/visitor';
import { isLoopback } from '../host/loopback';
import { successOf } from './answers';
import { tokenOf, type Card } from './cards';
import type { Person } from './people';
import type { Ask } from './requests';
import { NotSignedIn, SignInPages } from './signInPages';
import { Elsewhere } from './site';
import type { Tally } from './tally';

const RESPONSES: { readonly [Name in RouteName]: { readonly response: { parse(value: unknown): ResponseOf<Name> } } } = ROUTES;

interface Call {
  readonly pathParameters?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
}

export interface TabProps {
  /** The site's address, without a slash at its end. */
  readonly siteUrl: string;
  readonly person: Person;
  readonly tally: Tally;
  readonly ask: Ask;
}

/**
 * The shop in a tab of somebody's browser, for one visit. It does what the pages do, by the same routes and contracts,
 * signs in by the pages' own app client, and its clicks go out by the pages' own sender, so that to the shop they are a
 * customer's: the contract's mark `synthetic` is the gate's, whose shoppers nobody is to see in a report.
 */
export class Tab {
  readonly #props: TabProps;
  readonly #sessionId = randomUUID();
  #sender: ClickSender;
  readonly #underWay = new Set<Promise<unknown>>();
  #token: string | undefined;
  #closed = false;

  private constructor(
    props: TabProps,
    private readonly config: SiteConfig,
  ) {
    this.#props = props;
    this.#sender = this.#newSender();
  }

  /** @throws Away; Elsewhere when the site would have its visitors sign in or pay elsewhere than on this machine */
  static async open(props: TabProps): Promise<Tab> {
    const config = SiteConfig.parse(await successOf(await props.ask(`${props.siteUrl}/config.json`), 200, 'GET /config.json'));
    for (const url of [config.signInUrl, config.payment.scriptUrl]) {
      if (!isLoopback(new URL(url).host)) throw new Elsewhere(`${props.siteUrl} leads its shoppers to ${url}: traffic is for this machine only.`);
    }
    return new Tab(props, config);
  }

  get hasSearch(): boolean {
    return this.config.search;
  }

  /** Calls a route and parses its answer. @throws Away, Refused */
  async call<Name extends RouteName>(name: Name, { pathParameters = {}, query, body, idempotencyKey }: Call = {}): Promise<ResponseOf<Name>> {
    const route: Route = ROUTES[name];
    route.body?.parse(body);
    const path = route.path.replaceAll(/\{(\w+)\}/g, (_, parameter: string) => encodeURIComponent(pathParameters[parameter] ?? ''));
    const headers: Record<string, string> = {};
    if (this.#token && (route.scope ?? route.optionalToken)) headers['authorization'] = `Bearer ${this.#token}`;
    if (idempotencyKey) headers[IDEMPOTENCY_KEY_HEADER] = idempotencyKey;
    if (body !== undefined) headers['content-type'] = 'application/json';
    const { siteUrl, ask } = this.#props;
    const answer = await ask(`${siteUrl}${path}${query ? `?${new URLSearchParams(query).toString()}` : ''}`, { method: route.method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
    return RESPONSES[name].response.parse(await successOf(answer, route.status, `${route.method} ${path}`));
  }

  /** Notes what the visitor does on a page, as the pages do. */
  record(page: string, happening: Happening): void {
    const now = Date.now();
    const click: z.input<typeof Click> = { eventId: uuidV7(now), eventTime: new Date(now).toISOString(), anonymousId: this.#props.person.anonymousId, sessionId: this.#sessionId, page, ...happening };
    Click.parse(click);
    this.#sender.add(JSON.stringify(click));
  }

  /** Signs in, or makes an account first where there is none. @throws Away */
  async signIn(): Promise<void> {
    const { siteUrl, person, ask } = this.#props;
    if (this.#token !== undefined) return;
    const pages = new SignInPages(siteUrl, this.config, ask);
    try {
      this.#token = await (person.hasAccount ? pages.signIn(person.login) : pages.signUp(person.login));
      person.hasAccount = true;
      // Who comes back from the sign-in pages loads the shop's anew.
      this.#sender.leave();
      this.#sender = this.#newSender();
    } catch (error) {
      // The pool was made anew: next time they make an account.
      if (error instanceof NotSignedIn) person.hasAccount = !person.hasAccount;
      throw error;
    }
  }

  /** Orders what was quoted; asked again with the same key and card, the shop answers with the same order. @throws Away, Refused */
  async order(body: { readonly quoteId: string; readonly paymentMethod: string }, idempotencyKey: string): Promise<Order> {
    const { person: { address: shippingAddress, login: { email } }, tally } = this.#props;
    const order = await this.call('submitOrder', { idempotencyKey, body: { ...body, shippingAddress, email } });
    tally.add({ orders: 1 });
    return order;
  }

  /** @returns the payment method that the card's fields make of a card @throws Away, Refused */
  typeIn(card: Card): Promise<string> {
    return tokenOf(card, this.config.payment, this.#props.ask);
  }

  /** Sends what was done last. What cannot be sent now is lost, as with any tab that is closed. */
  async close(): Promise<void> {
    this.#sender.leave();
    this.#closed = true;
    await Promise.allSettled(this.#underWay);
  }

  #newSender(): ClickSender {
    const kept = new Map<string, string>();
    const storage = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, text: string) => void kept.set(key, text), removeItem: (key: string) => void kept.delete(key) };
    return clickSender({ fetch: (_, init) => this.#sendClicks(init), storage: () => storage, token: () => Promise.resolve(this.#token) });
  }

  async #sendClicks(init: RequestInit = {}): Promise<Response> {
    // The sender of a closed tab would try again for ever; taken is what it forgets.
    if (this.#closed) return new Response(null, { status: 202 });
    const { siteUrl, ask, tally } = this.#props;
    const sending = ask(`${siteUrl}${ROUTES.recordClicks.path}`, init);
    this.#underWay.add(sending);
    try {
      const answer = await sending;
      if (answer.ok) {
        const { accepted, refused } = ClicksTaken.parse(await answer.clone().json());
        tally.add({ clicks: accepted, refused: refused.length });
      }
      return answer;
    } finally {
      this.#underWay.delete(sending);
    }
  }
}
