import type Stripe from 'stripe';
import { invalidRequest } from './errors';

/** Seconds since 1970: one moment, or bounds. */
export type CreatedRange = number | { readonly gt?: number; readonly gte?: number; readonly lt?: number; readonly lte?: number };

/** https://docs.stripe.com/api/pagination */
export interface ListParameters {
  readonly limit?: number;
  readonly starting_after?: string;
  readonly ending_before?: string;
}

export function createdWithin(created: number, range: CreatedRange | undefined): boolean {
  if (range === undefined) return true;
  if (typeof range === 'number') return created === range;
  const { gt = -Infinity, gte = -Infinity, lt = Infinity, lte = Infinity } = range;
  return created > gt && created >= gte && created < lt && created <= lte;
}

/** A page of objects that come newest first. @throws PaymentError when a cursor names none of them */
export function pageOf<T extends { readonly id: string }>(objects: readonly T[], parameters: ListParameters, url: string): Stripe.ApiList<T> {
  const { limit = 10, starting_after, ending_before } = parameters;
  const place = (id: string, param: string): number => {
    const index = objects.findIndex((object) => object.id === id);
    if (index === -1) throw invalidRequest(`No such object: '${id}'`, { code: 'resource_missing', param });
    return index;
  };
  if (ending_before !== undefined) {
    const earlier = objects.slice(0, place(ending_before, 'ending_before'));
    return { object: 'list', data: earlier.slice(-limit), has_more: earlier.length > limit, url };
  }
  const later = starting_after === undefined ? objects : objects.slice(place(starting_after, 'starting_after') + 1);
  return { object: 'list', data: later.slice(0, limit), has_more: later.length > limit, url };
}
