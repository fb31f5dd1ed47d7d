import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import * as z from 'zod';
import { callerOf, type Caller } from './caller';
import { messageOf, ServiceError } from './errors';

type Handler<I> = (input: I, caller: Caller) => object | void | Promise<object | void>;

/** One API operation: what it accepts, and what it does. */
export interface Operation {
  run(input: unknown, caller: Caller): Promise<object>;
}

/** An AWS service of the `json` protocol (`X-Amz-Target: <targetPrefix>.<operation>`). */
export interface JsonService {
  readonly targetPrefix: string;
  /** The name people know it by, for the error that names a missing operation. */
  readonly name: string;
  /** The service's own exception for input that is malformed, e.g. `ValidationException`. */
  readonly validationError: string;
  readonly operations: Readonly<Record<string, Operation>>;
}

/** Binds a request's schema to what is done with the parsed request. */
export function operation<S extends z.ZodType>(schema: S, handle: Handler<z.infer<S>>): Operation {
  return {
    run: async (input, caller) => (await handle(schema.parse(input), caller)) ?? {},
  };
}

/**
 * Serves AWS JSON 1.1 services on `POST /`.
 * An unknown operation, malformed input and anything thrown is answered as the service itself answers it.
 */
export function jsonServices(services: readonly JsonService[], onFault: (target: string, error: unknown) => void): Hono {
  const app = new Hono();
  app.post('/', async (context) => {
    const target = context.req.header('x-amz-target') ?? '';
    const requestId = randomUUID();
    const answer = (status: number, body: object, type?: string) =>
      new Response(JSON.stringify(body), {
        status,
        headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': requestId, ...(type !== undefined && { 'x-amzn-errortype': type }) },
      });
    try {
      return answer(200, await call(services, target, await context.req.text(), context.req.raw.headers));
    } catch (error) {
      if (!(error instanceof ServiceError)) onFault(target, error);
      const { name, message, status } = error instanceof ServiceError ? error : new ServiceError('InternalFailure', messageOf(error), 500);
      return answer(status, { __type: name, message }, name);
    }
  });
  return app;
}

async function call(services: readonly JsonService[], target: string, body: string, headers: Headers): Promise<object> {
  const [prefix, name] = target.split('.');
  const service = services.find((one) => one.targetPrefix === prefix);
  const found = name !== undefined && service !== undefined && Object.hasOwn(service.operations, name) ? service.operations[name] : undefined;
  if (service === undefined || found === undefined)
    throw new ServiceError('UnknownOperationException', `${service?.name ?? 'This machine'} does not answer ${name ?? `"${target}"`} on this machine.`);
  const caller = callerOf(headers);
  try {
    return await found.run(parse(body), caller);
  } catch (error) {
    throw error instanceof z.ZodError ? new ServiceError(service.validationError, inWords(error)) : error;
  }
}

function parse(body: string): unknown {
  try {
    return body === '' ? {} : JSON.parse(body);
  } catch {
    throw new ServiceError('SerializationException', 'The request body is not JSON.');
  }
}

/** The wording AWS uses, which names each member that is wrong. */
export function inWords({ issues }: z.ZodError): string {
  const reasons = issues.map((issue) => `Value at '${issue.path.map(String).join('.')}' failed to satisfy constraint: ${constraint(issue)}`);
  return `${reasons.length} validation error${reasons.length === 1 ? '' : 's'} detected: ${reasons.join('; ')}`;
}

function constraint(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type' && issue.input === undefined && issue.message.endsWith('received undefined')) return 'Member must not be null';
  if (issue.code === 'invalid_value') return `Member must satisfy enum value set: [${issue.values.join(', ')}]`;
  if (issue.code === 'invalid_format' && 'pattern' in issue) return `Member must satisfy regular expression pattern: ${String(issue.pattern)}`;
  if (issue.code === 'too_small') return `Member must have length or value greater than or equal to ${issue.minimum}`;
  if (issue.code === 'too_big') return `Member must have length or value less than or equal to ${issue.maximum}`;
  if (issue.code === 'unrecognized_keys') return `${issue.keys.join(', ')} is not supported on this machine`;
  return issue.message;
}
