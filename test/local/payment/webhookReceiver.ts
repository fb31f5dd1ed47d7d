import { type RunningServer, serve } from '../../support/http';

export interface Received {
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** A receiver of webhooks that answers with `status` and keeps what it was told. */
export async function webhookReceiver(): Promise<RunningServer & { readonly received: Received[]; status: number }> {
  const received: Received[] = [];
  const state = { status: 200 };
  const server = await serve((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => (body += part));
    request.on('end', () => {
      received.push({ headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])), body });
      response.writeHead(state.status).end();
    });
  });
  return {
    ...server,
    received,
    get status() {
      return state.status;
    },
    set status(status: number) {
      state.status = status;
    },
  };
}
