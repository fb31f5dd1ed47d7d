import pRetry from 'p-retry';
import { IDEMPOTENCY_KEY_HEADER } from '../../contracts/headers';
import { ROUTES, type ResponseOf, type Route, type RouteName } from '../../contracts/http';
import { PROBLEM_MEDIA_TYPE, Problem, problemCode } from '../../contracts/problem';
import { expect } from './checks';

// The firewall's managed rules refuse requests without one.
const USER_AGENT = 'website-pipeline-gate';
const REQUEST_DEADLINE_MS = 30_000;

const RESPONSES: { readonly [Name in RouteName]: { readonly response: { parse(value: unknown): ResponseOf<Name> } } } = ROUTES;

export interface Call {
  readonly token?: string;
  readonly idempotencyKey?: string;
  readonly pathParameters?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Besides those that the above makes. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** The shop as its visitors reach it: through the public edge, over HTTP, with the contract's routes. */
export class Shop {
  readonly #url: string;

  /** @param url the site's address, without a slash at its end */
  constructor(url: string) {
    this.#url = url;
  }

  /** GETs a page. @returns status, headers and text */
  async page(path: string): Promise<{ status: number; headers: Headers; text: string }> {
    const response = await this.#fetch(`${this.#url}${path}`, { headers: { 'user-agent': USER_AGENT } });
    return { status: response.status, headers: response.headers, text: await response.text() };
  }

  /** Calls a route and parses its answer. @throws Error with the problem's own words when it is not the route's success */
  async call<Name extends RouteName>(name: Name, call: Call = {}): Promise<ResponseOf<Name>> {
    const route: Route = ROUTES[name];
    const response = await this.send(name, call);
    const text = await response.text();
    expect(response.status === route.status, `${route.method} ${route.path} answered ${response.status} instead of ${route.status}: ${text.slice(0, 500)}`);
    return RESPONSES[name].response.parse(JSON.parse(text));
  }

  /**
   * Calls a route that must refuse.
   *
   * @param code name of the problem; without it API Gateway itself refuses, in a form of its own
   */
  async refusal(name: RouteName, call: Call, status: number, code?: string): Promise<void> {
    const route: Route = ROUTES[name];
    const response = await this.send(name, call);
    const text = await response.text();
    expect(response.status === status, `${route.method} ${route.path} answered ${response.status} instead of ${status}: ${text.slice(0, 500)}`);
    if (code === undefined) return;
    const type = response.headers.get('content-type') ?? '';
    expect(type.startsWith(PROBLEM_MEDIA_TYPE), `The refusal's content type is ${type}, not ${PROBLEM_MEDIA_TYPE}.`);
    const said = problemCode(Problem.parse(JSON.parse(text)));
    expect(said === code, `The problem is '${said}' instead of '${code}': ${text.slice(0, 500)}`);
  }

  send(name: RouteName, call: Call): Promise<Response> {
    const route: Route = ROUTES[name];
    const path = route.path.replaceAll(/\{(\w+)\}/g, (_, parameter: string) => encodeURIComponent(call.pathParameters?.[parameter] ?? ''));
    const query = call.query ? `?${new URLSearchParams(call.query).toString()}` : '';
    const headers: Record<string, string> = { 'user-agent': USER_AGENT, ...call.headers };
    if (call.token) headers.authorization = `Bearer ${call.token}`;
    if (call.idempotencyKey) headers[IDEMPOTENCY_KEY_HEADER] = call.idempotencyKey;
    if (call.body !== undefined) headers['content-type'] = 'application/json';
    const body = call.body === undefined ? undefined : JSON.stringify(call.body);
    return this.#fetch(`${this.#url}${path}${query}`, { method: route.method, headers, body });
  }

  // Only a lost connection is tried again: an answer, whatever it says, is what is being checked.
  #fetch(url: string, init: RequestInit): Promise<Response> {
    const request = (): Promise<Response> =>
      fetch(url, { ...init, signal: AbortSignal.timeout(REQUEST_DEADLINE_MS) });
    return pRetry(request, { retries: 3, minTimeout: 500 });
  }
}
