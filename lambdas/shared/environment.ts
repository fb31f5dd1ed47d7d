import type * as z from 'zod/mini';
import { parse } from './parse';

/**
 * A function's configuration, read once when it starts.
 * @throws Error naming every variable that is missing or wrong, which fails the function's init
 */
export function readEnvironment<S extends z.core.$ZodObject>(schema: S, variables: NodeJS.ProcessEnv = process.env): z.output<S> {
  const parsed = parse(schema, { ...variables });
  if (parsed.ok) return parsed.value;
  throw new Error(`The function's environment is wrong: ${parsed.faults.map(({ path, reason }) => `${path.join('.')} ${reason}`).join(', ')}`);
}
