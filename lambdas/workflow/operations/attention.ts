import type { AttentionPage, AttentionQuery } from '../../../contracts/operations';
import { NEEDS_ATTENTION } from '../../../contracts/order-record';
import { decodeCursor, encodeCursor } from '../../shared/cursor';
import type { OpenWork } from './open-work';

/** Orders that a person has to look at. A page may be short: the index learns a moment later what was attended to. @throws ProblemError `invalid-cursor` */
export async function listAttention(work: Pick<OpenWork, 'oldest' | 'read'>, { limit, cursor }: AttentionQuery): Promise<AttentionPage> {
  const list = [NEEDS_ATTENTION];
  const after = cursor === undefined ? undefined : decodeCursor(list, ['createdAt', 'orderId'], cursor);
  const found = await work.oldest(NEEDS_ATTENTION, limit + 1, after);
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  const orders = (await work.read(page)).filter(({ concerns }) => concerns.length > 0);
  return {
    orders: orders.map(({ orderId, status, total, createdAt, synthetic, concerns }) => ({ orderId, status, total, createdAt, synthetic, concerns })),
    ...(last && { nextCursor: encodeCursor(list, { createdAt: last.createdAt, orderId: last.orderId }) }),
  };
}
