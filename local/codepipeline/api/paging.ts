import { ServiceError } from '../../aws/errors';

/** One page of a list: a token is the position of the next item, kept opaque. */
export function page<T>(items: readonly T[], limit: number, token: string | undefined): { items: T[]; nextToken?: string } {
  const start = token === undefined ? 0 : Number(Buffer.from(token, 'base64url').toString());
  if (!Number.isInteger(start) || start < 0 || start > items.length || (token !== undefined && start === 0))
    throw new ServiceError('InvalidNextTokenException', 'The next token was specified in an invalid format. Make sure that the next token you provide is the token returned by a previous call.');
  const next = start + limit;
  return { items: items.slice(start, next), ...(next < items.length && { nextToken: Buffer.from(String(next)).toString('base64url') }) };
}

/** AWS JSON 1.1 carries times as seconds. */
export const seconds = (instant: number) => instant / 1000;
