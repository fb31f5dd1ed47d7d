import type { ContextValues } from '../policy/context';
import type { Place } from './call';
import type { Input } from './input';

export interface Wanted {
  /** @default the operation's name; one of another service begins with that service's prefix */
  readonly action?: string;
  readonly resource: string;
  readonly resourceAccount?: string;
  readonly keys?: ContextValues;
}

/** What an operation needs. Throws UnreadableCall when that cannot be said. */
export type Reader = (input: Input, at: Place) => readonly Wanted[] | Promise<readonly Wanted[]>;
export type Readers = Readonly<Record<string, Reader>>;

type ResourceOf = (input: Input, at: Place) => string | readonly string[] | Promise<string>;

/** Reads these operations, whose actions are named like them, as done on one resource or on each of several. */
export function on(operations: string, resourceOf: ResourceOf, action?: string): Readers {
  const reader: Reader = async (input, at) => [await resourceOf(input, at)].flat().map((resource) => ({ resource, action }));
  return Object.fromEntries(operations.split(' ').map((operation) => [operation, reader]));
}

/** Operations on no resource: only a policy for `*` allows them. */
export const onEverything = (operations: string): Readers => on(operations, () => '*');

/** Operations that AWS asks no permission for. */
export const free = (operations: string): Readers => Object.fromEntries(operations.split(' ').map((operation) => [operation, () => []]));

/** Operations of a batch that need the permission of the single one. */
export const likeSingle = (operations: Readonly<Record<string, string>>, resourceOf: ResourceOf): Readers =>
  Object.assign({}, ...Object.entries(operations).map(([operation, action]) => on(operation, resourceOf, action)));

export const isArn = (text: string): boolean => text.startsWith('arn:');
