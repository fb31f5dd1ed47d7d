import * as z from 'zod/mini';
import { OPERATORS_GROUP } from '../../contracts/operations';
import type { Actor } from '../../contracts/order-record';
import { ProblemError } from './problem-error';
import { callerOf } from './request';
import type { HttpEvent } from './request';

/** An HTTP API hands a list on as text: `[operators]`, `[editors operators]`. */
const Groups = z.object({ authorizer: z.object({ jwt: z.object({ claims: z.object({ 'cognito:groups': z.string().check(z.regex(/^\[.*\]$/)) }) }) }) });

/**
 * The operator who calls, as the acts of an order name them. The group comes from the verified token, so that somebody
 * who leaves it can act until their token ends.
 * @throws ProblemError `not-signed-in`, `not-an-operator`
 */
export function operatorOf(event: HttpEvent): Actor {
  const { customerId } = callerOf(event);
  const told = z.safeParse(Groups, event.requestContext);
  // A group's name has no blanks, but may have commas and brackets.
  const groups = told.success ? told.data.authorizer.jwt.claims['cognito:groups'].slice(1, -1).split(' ') : [];
  if (!groups.includes(OPERATORS_GROUP)) throw new ProblemError('not-an-operator');
  return `operator:${customerId}`;
}
