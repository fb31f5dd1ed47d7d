import { InMemoryWebStorage, OidcClient, type OidcClientSettings, type User, UserManager, WebStorageStateStore } from 'oidc-client-ts';
import type { OPERATORS_GROUP } from '../contracts/operations';
import type { SiteConfig } from '../contracts/site-config';
import { Refused } from './api';
import { currentPath } from './route';
import { languageCode } from './words/language';

export interface Customer {
  readonly id: string;
  readonly email?: string;
  /** Whether to show the way to operators' pages. What they show is the API's to refuse. */
  readonly isOperator: boolean;
}

/** The contract's name; its type is the name itself, so this one cannot drift from it. */
const OPERATORS: typeof OPERATORS_GROUP = 'operators';

/** Who is shopping. Sign-in and sign-up are Cognito's own pages: authorization code with PKCE. */
export interface Session {
  readonly customer?: Customer;
  signIn(): Promise<void>;
  signUp(): Promise<void>;
  signOut(): Promise<void>;
  /** To Cognito's page that sends a code for another password. */
  resetPassword(): Promise<void>;
  /** A valid access token, renewed where it has to be; undefined once the customer has to sign in again. */
  accessToken(): Promise<string | undefined>;
  /** The access token as it is held, for what is not worth a renewal, which may end the session. */
  heldToken(): Promise<string | undefined>;
}

export interface Arrival {
  readonly session: Session;
  /** The path the customer was on before they went to sign in. */
  readonly returnTo?: string;
  /** Why signing in did not work. */
  readonly failure?: string;
}

/** @throws Refused, status 401, once the customer has to sign in again */
export async function tokenOf(session: Session): Promise<string> {
  const token = await session.accessToken();
  if (!token) throw new Refused({ type: 'about:blank', title: 'Sign in first', status: 401 });
  return token;
}

/** Takes up the session of this browser tab, or the one that the sign-in pages have just sent the customer back with. */
export async function arrive(config: SiteConfig): Promise<Arrival> {
  const settings: OidcClientSettings & { redirect_uri: string } = {
    authority: config.authority,
    client_id: config.clientId,
    redirect_uri: `${location.origin}/`,
    scope: config.scope,
    stateStore: storeIn(() => localStorage),
  };
  const manager = new UserManager({ ...settings, userStore: storeIn(() => sessionStorage), automaticSilentRenew: true });
  const query = new URLSearchParams(location.search);
  const back = query.has('state') && (query.has('code') || query.has('error'));
  try {
    const signedIn = back ? await manager.signinCallback() : undefined;
    const user = signedIn ?? (await manager.getUser());
    return { session: sessionOf(manager, settings, config, user), returnTo: pathIn(signedIn?.state) };
  } catch (error) {
    // A reloaded or forged answer, a refusal, or a provider that is away: the shop opens without a customer.
    const reason = error instanceof Error ? error.message : String(error);
    return { session: sessionOf(manager, settings, config, null), returnTo: '/', failure: reason };
  }
}

/** A browser that lets nothing be stored keeps a session for as long as the page is open. */
function storeIn(storage: () => Storage): WebStorageStateStore {
  try {
    return new WebStorageStateStore({ store: storage() });
  } catch {
    return new WebStorageStateStore({ store: new InMemoryWebStorage() });
  }
}

function sessionOf(manager: UserManager, settings: OidcClientSettings, config: SiteConfig, user: User | null): Session {
  // https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-managed-login.html#managed-login-localization
  const asked = () => ({ state: currentPath(), extraQueryParams: { lang: languageCode() } });
  /** These pages of Cognito take the parameters of the authorize endpoint, and come back in the same way. */
  // https://docs.aws.amazon.com/cognito/latest/developerguide/managed-login-endpoints.html
  const openPage = async (path: '/signup' | '/forgotPassword'): Promise<void> => {
    const request = await new OidcClient(settings).createSigninRequest({ ...asked(), request_type: 'si:r' });
    location.assign(`${config.signInUrl}${path}${new URL(request.url).search}`);
  };
  return {
    customer: user ? { id: user.profile.sub, email: user.profile.email, isOperator: isOperator(user) } : undefined,
    signIn: () => manager.signinRedirect(asked()),
    signUp: () => openPage('/signup'),
    resetPassword: () => openPage('/forgotPassword'),
    signOut: async () => {
      // Signing out must not wait for, or fail with, a revocation that does not come through.
      await manager.revokeTokens(['refresh_token']).catch(() => undefined);
      await manager.removeUser();
      // Not OpenID's end-session but Cognito's own: https://docs.aws.amazon.com/cognito/latest/developerguide/logout-endpoint.html
      const query = new URLSearchParams({ client_id: config.clientId, logout_uri: `${location.origin}/` });
      location.assign(`${config.signInUrl}/logout?${query.toString()}`);
    },
    heldToken: async () => {
      const current = await manager.getUser();
      return current?.expired ? undefined : current?.access_token;
    },
    accessToken: async () => {
      const current = await manager.getUser();
      if (!current?.expired) return current?.access_token;
      try {
        return (await manager.signinSilent())?.access_token;
      } catch {
        await manager.removeUser();
        return undefined;
      }
    },
  };
}

function isOperator({ profile }: User): boolean {
  const groups = profile['cognito:groups'];
  return Array.isArray(groups) && groups.includes(OPERATORS);
}

/** Only a path of this site: what comes back from a redirect is not to be trusted with an address. */
function pathIn(state: unknown): string | undefined {
  return typeof state === 'string' && /^\/(?!\/)/.test(state) ? state : undefined;
}
