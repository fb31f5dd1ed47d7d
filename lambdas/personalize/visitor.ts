import type { CustomerId } from '../../contracts/ids';

/** Who is meant: a customer by a verified token, or a browser by the id that it drew itself. */
export interface Visitor {
  readonly userId?: CustomerId;
  readonly anonymousId?: string;
}

/** Under which keys a visitor's own rows are kept. A customer's id can be a UUID too, so that no browser may claim it, each kind has its own. */
export const visitorKeys = ({ userId, anonymousId }: Visitor): string[] => [...(userId === undefined ? [] : [`visitor#user#${userId}`]), ...(anonymousId === undefined ? [] : [`visitor#anonymous#${anonymousId}`])];
