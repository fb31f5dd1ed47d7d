import * as z from 'zod';
import type { Call } from '../account/call';
import { expanded } from '../account/expand';
import type { FormValue } from './form';
import { expandable, parseParameters } from './parameters';

export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** As Hono writes paths. */
  readonly path: string;
  /** Whose keys open it. */
  readonly key: 'secret' | 'publishable';
  /** Checks the parameters and answers the work. @throws PaymentError when they are wrong */
  readonly prepare: (form: Record<string, FormValue>) => (call: Call, id: string) => object;
}

/** An endpoint whose work gets parameters that are checked, and whose answer is expanded as `expand` asks. */
export function endpoint<T extends { expand?: readonly string[] }>(
  key: Endpoint['key'],
  method: Endpoint['method'],
  path: string,
  parameters: z.ZodType<T>,
  work: (call: Call, parameters: Omit<T, 'expand'>, id: string) => object,
): Endpoint {
  return {
    key,
    method,
    path,
    prepare(form) {
      const { expand, ...rest } = parseParameters(parameters, form);
      return (call, id) => expanded(call, work(call, rest, id), expand);
    },
  };
}

/** For what takes nothing but `expand`. */
export const onlyExpand = z.strictObject({ expand: expandable });
