import { timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { problemResponse, Refusal } from './problems';

const loopback = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/**
 * The server signs with a person's credentials, so it answers nobody but its own page. A name that an attacker
 * has pointed at the loopback (DNS rebinding) is refused by its Host; a form or script of another site by its
 * Origin, its content type, and the token that only this page can read.
 */
export function onlyOwnPage(token: string): MiddlewareHandler {
  return async (context, next) => {
    const host = context.req.header('host') ?? '';
    if (!loopback.test(host)) return problemResponse(context, new Refusal(403, 'This console answers on the loopback only.'));
    if (!['GET', 'HEAD'].includes(context.req.method)) {
      const sameOrigin = context.req.header('origin') === `http://${host}`;
      const json = context.req.header('content-type')?.startsWith('application/json') ?? false;
      if (!sameOrigin || !json || !equal(context.req.header('x-console-token') ?? '', token)) {
        return problemResponse(context, new Refusal(403, 'Only the page of this console may act. Reload it and try again.'));
      }
    }
    return next();
  };
}

function equal(given: string, expected: string): boolean {
  const one = Buffer.from(given);
  const other = Buffer.from(expected);
  return one.length === other.length && timingSafeEqual(one, other);
}
