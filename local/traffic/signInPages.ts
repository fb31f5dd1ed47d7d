import { createHash, randomBytes } from 'node:crypto';
import * as z from 'zod/mini';
import type { SiteConfig } from '../../contracts/site-config';
import { Away } from './answers';

export interface Login {
  readonly email: string;
  readonly password: string;
}

/** The pages did not lead back: a password or an account that the user pool does not know (any more). */
export class NotSignedIn extends Error {
  override readonly name = 'NotSignedIn';
}

const Tokens = z.object({ access_token: z.string() });

/**
 * Cognito's sign-in pages as a browser goes through them: authorization code with PKCE, by the app client of the shop's
 * own pages.
 */
export class SignInPages {
  constructor(
    private readonly siteUrl: string,
    private readonly config: SiteConfig,
    private readonly fetch: (url: string, init?: RequestInit) => Promise<Response>,
  ) {}

  /** Makes an account. The page itself tells the code that AWS would mail. @returns an access token @throws NotSignedIn, Away */
  signUp({ email, password }: Login): Promise<string> {
    return this.#through('signup', async (page) => {
      const confirmation = await (await this.#fill(page, { username: email, password })).text();
      const code = /the code is (\d+)/.exec(confirmation)?.[1];
      if (code === undefined) throw new NotSignedIn(`No account was made for ${email}.`);
      return this.#fill(confirmation, { code });
    });
  }

  /** @returns an access token @throws NotSignedIn, Away */
  signIn({ email, password }: Login): Promise<string> {
    return this.#through('login', (page) => this.#fill(page, { username: email, password }));
  }

  async #through(first: 'login' | 'signup', pass: (page: string) => Promise<Response>): Promise<string> {
    const { clientId: client_id, scope, signInUrl } = this.config;
    const redirect_uri = `${this.siteUrl}/`;
    const code_verifier = randomBytes(48).toString('base64url');
    const code_challenge = createHash('sha256').update(code_verifier).digest('base64url');
    const wish = new URLSearchParams({ client_id, scope, redirect_uri, response_type: 'code', code_challenge, code_challenge_method: 'S256' });
    const back = await pass(await (await this.#ask(`${signInUrl}/${first}?${wish.toString()}`)).text());
    const code = new URL(back.headers.get('location') ?? '', redirect_uri).searchParams.get('code');
    if (code === null) throw new NotSignedIn(`The sign-in page answered ${back.status} and led nowhere.`);
    const answer = await this.#ask(`${signInUrl}/oauth2/token`, { method: 'POST', body: new URLSearchParams({ grant_type: 'authorization_code', client_id, code, redirect_uri, code_verifier }) });
    return Tokens.parse(await answer.json()).access_token;
  }

  #fill(page: string, values: Readonly<Record<string, string>>): Promise<Response> {
    const hidden = [...page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)].map(([, name = '', value = '']) => [name, value.replaceAll('&amp;', '&')]);
    const action = /<form method="POST" action="([^"]+)"/.exec(page)?.[1] ?? '';
    return this.#ask(new URL(action, this.config.signInUrl).href, { method: 'POST', body: new URLSearchParams({ ...Object.fromEntries(hidden), ...values }), redirect: 'manual' });
  }

  async #ask(url: string, init?: RequestInit): Promise<Response> {
    const answer = await this.fetch(url, init);
    if (answer.status >= 500 || answer.status === 429) throw new Away(`The sign-in pages answered ${answer.status}.`);
    return answer;
  }
}
