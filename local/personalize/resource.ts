import * as z from 'zod';
import type { Caller } from '../aws/caller';
import { ServiceError } from '../aws/errors';
import type { Collection } from '../sandbox/store';

/** https://docs.aws.amazon.com/personalize/latest/dg/API_CreateDatasetGroup.html */
export const Name = z.string().min(1).max(63).regex(/^[a-zA-Z0-9][a-zA-Z0-9\-_]*$/);
/** What a list is asked for besides what it is of. */
export const PAGE = { nextToken: z.string().optional(), maxResults: z.int().min(1).max(100).optional() };

/** How long what was made is not there yet. */
const PENDING_SECONDS = 0.2;

export const seconds = (): number => Date.now() / 1_000;

/** A resource as Describe answers it: it is made, and is there, or why not, a moment later. */
export const described = <T extends { readonly creationDateTime: number; readonly failureReason?: string }>(resource: T) => ({
  ...resource,
  status: statusOf(resource),
  lastUpdatedDateTime: resource.creationDateTime,
});

function statusOf({ creationDateTime, failureReason }: { readonly creationDateTime: number; readonly failureReason?: string }): string {
  if (seconds() - creationDateTime < PENDING_SECONDS) return 'CREATE PENDING';
  return failureReason === undefined ? 'ACTIVE' : 'CREATE FAILED';
}

export const isActive = (resource: { readonly creationDateTime: number; readonly failureReason?: string }): boolean => statusOf(resource) === 'ACTIVE';

/** @throws ServiceError ResourceInUseException */
export function requireActive(arn: string, resource: { readonly creationDateTime: number; readonly failureReason?: string }): void {
  if (!isActive(resource)) throw new ServiceError('ResourceInUseException', `${arn} is not ACTIVE yet.`);
}

export const arnOf = ({ region, account }: Pick<Caller, 'region' | 'account'>, resource: string): string => `arn:aws:personalize:${region}:${account}:${resource}`;
export const exists = (arn: string): ServiceError => new ServiceError('ResourceAlreadyExistsException', `${arn} exists already.`);
export const wrong = (message: string): ServiceError => new ServiceError('InvalidInputException', message);

/** @throws ServiceError ResourceNotFoundException */
export function found<T>(resource: T | undefined, arn: string, status?: number): T {
  if (resource === undefined) throw new ServiceError('ResourceNotFoundException', `${arn} does not exist.`, status);
  return resource;
}

/** Throws when anything in a collection still stands on what is to be deleted. */
export function requireUnused<T>(of: Collection<T>, uses: (one: T) => string | undefined): void {
  for (const one of of.values()) {
    const reason = uses(one);
    if (reason !== undefined) throw new ServiceError('ResourceInUseException', reason);
  }
}

/** A page of what an account has. */
export function page<T>(all: Iterable<T>, { nextToken, maxResults = 100 }: { readonly nextToken?: string; readonly maxResults?: number }): { readonly some: T[]; readonly nextToken?: string } {
  const from = Number(nextToken ?? 0);
  if (!Number.isSafeInteger(from)) throw new ServiceError('InvalidNextTokenException', 'The next token is not valid.');
  const rows = [...all];
  const until = from + maxResults;
  return { some: rows.slice(from, until), ...(until < rows.length && { nextToken: String(until) }) };
}

export const isOf = ({ account }: Pick<Caller, 'account'>, arn: string): boolean => arn.split(':')[4] === account;
