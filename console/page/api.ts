import type { Problem } from '../model';

/** The server answered with a problem, or (status 0) did not answer at all. */
export class ApiError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
  }

  /** The other side may well answer the next time. */
  get passing(): boolean {
    return isPassing(this.problem);
  }
}

export const isPassing = ({ status }: Problem): boolean => status === 0 || status === 429 || status >= 500;

export const away: Problem = { title: 'The console’s server does not answer', status: 0, detail: 'Is it still running?' };

async function call(path: string, init: RequestInit): Promise<Response> {
  const response = await fetch(path, init).catch((error: unknown) => {
    if (init.signal?.aborted) throw error;
    throw new ApiError(away);
  });
  if (response.ok) return response;
  const problem: Problem = response.headers.get('content-type')?.startsWith('application/problem+json')
    ? await response.json()
    : { title: 'The console failed', status: response.status, detail: response.statusText };
  throw new ApiError(problem);
}

/** Page and server are of one release, so an answer's shape is the one `model.ts` gives it. */
export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await call(path, { signal });
  const answer: T = await response.json();
  return answer;
}

/** An answer as it came, for whoever parses it. */
export async function getText(path: string): Promise<string> {
  return (await call(path, {})).text();
}

/** The token is read anew for each act: a server that was restarted has another one. */
export async function act<T>(path: string, body: object): Promise<T | undefined> {
  const { token } = await get<{ token: string }>('/api/session');
  const response = await call(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-console-token': token },
    body: JSON.stringify(body),
  });
  const answer: T | undefined = response.status === 204 ? undefined : await response.json();
  return answer;
}

/** `` api`pipelines/${name}` `` with each value encoded. */
export function api(strings: TemplateStringsArray, ...values: string[]): string {
  return `/api/${String.raw({ raw: strings }, ...values.map((value) => encodeURIComponent(value)))}`;
}
