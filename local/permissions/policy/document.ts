import * as z from 'zod';
import { all, any, not, Unevaluated, type Answer } from './answer';
import { ConditionElement, conditions } from './conditions';
import type { RequestContext } from './context';
import { Flaw, pattern, type Pattern } from './pattern';
import { naming, PrincipalElement, type Naming, type Principal, type Way } from './principals';

/** What a policy is attached to: only those of resources name principals, only those of roles (trust) name no resource. */
export type PolicyKind = 'IDENTITY' | 'RESOURCE' | 'TRUST';

export interface Policy {
  readonly name: string;
  readonly statements: readonly Statement[];
  /** Why the policy cannot be read at all; nothing can be said of any request then. */
  readonly flaw?: string;
}

/** One principal that does one thing with one resource. */
export interface Request {
  readonly principal: Principal;
  /** E.g. `dynamodb:PutItem`. */
  readonly action: string;
  /** An ARN; `*` where an action is on no resource. */
  readonly resource: string;
  readonly context: RequestContext;
}

export interface Statement {
  /** The policy's name and the statement's Sid, or its place in the policy. */
  readonly id: string;
  readonly effect: 'Allow' | 'Deny';
  /** As written; `inverted` where the element is NotAction or NotResource. */
  readonly actions: { readonly written: readonly string[]; readonly inverted: boolean };
  readonly resources: { readonly written: readonly string[]; readonly inverted: boolean };
  /** Whether the statement is about the request, leaving the principal aside. */
  readonly covers: (request: Pick<Request, 'action' | 'resource' | 'context'>) => Answer;
  /** How it names the caller; a statement of an identity's policy names its identity. */
  readonly names: (principal: Principal) => Way | undefined | Unevaluated;
}

/** One or several; a list first, so that an error names what is wrong in it. */
const strings = z.preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(z.string()));
const StatementElement = z
  .strictObject({
    Sid: z.string().optional(),
    Effect: z.enum(['Allow', 'Deny']),
    Action: strings.optional(),
    NotAction: strings.optional(),
    Resource: strings.optional(),
    NotResource: strings.optional(),
    Principal: PrincipalElement.optional(),
    NotPrincipal: z.unknown().optional(),
    Condition: ConditionElement.optional(),
  })
  .refine(({ Action, NotAction }) => (Action === undefined) !== (NotAction === undefined), 'a statement has either Action or NotAction')
  .refine(({ Resource, NotResource }) => Resource === undefined || NotResource === undefined, 'a statement has either Resource or NotResource');
type StatementElement = z.infer<typeof StatementElement>;
const Document = z.strictObject({
  Version: z.enum(['2012-10-17', '2008-10-17']).default('2008-10-17'),
  Id: z.string().optional(),
  Statement: z.preprocess((value) => [value].flat(), z.array(StatementElement)),
});

/**
 * Compiles a policy, to be kept and used for many requests.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html.
 *
 * @param document the JSON, as text or parsed
 */
export function parsePolicy(name: string, document: unknown, kind: PolicyKind): Policy {
  try {
    const { Version, Statement: elements } = Document.parse(typeof document === 'string' ? JSON.parse(document) : document);
    return { name, statements: elements.map((element, index) => statement(`${name}#${element.Sid ?? index + 1}`, element, kind, Version === '2012-10-17')) };
  } catch (error) {
    if (!(error instanceof Flaw || error instanceof z.ZodError || error instanceof SyntaxError)) throw error;
    return { name, statements: [], flaw: `the policy ${name} cannot be read: ${error instanceof z.ZodError ? z.prettifyError(error) : error.message}` };
  }
}

function statement(id: string, element: StatementElement, kind: PolicyKind, variables: boolean): Statement {
  const { Effect: effect, Action, NotAction, Resource, NotResource, Condition = {} } = element;
  if (kind !== 'TRUST' && Resource === undefined && NotResource === undefined) throw new Flaw(`${id} names no resource`);
  const actions = { written: Action ?? NotAction ?? [], inverted: NotAction !== undefined };
  const resources = { written: Resource ?? NotResource ?? ['*'], inverted: NotResource !== undefined };
  const ofAction = elementOf(actions.written.map((text) => pattern(text, { wildcards: 'TEXT', ignoreCase: true })), actions.inverted);
  const ofResource = elementOf(resources.written.map((text) => pattern(text, { wildcards: 'ARN', variables })), resources.inverted);
  const hold = conditions(Condition, variables);
  return {
    id,
    effect,
    actions,
    resources,
    names: namesOf(id, element, kind),
    covers: ({ action, resource, context }) => {
      // Most statements are about something else: the cheap question first.
      if (ofAction(action, context) === false) return false;
      return all([() => ofResource(resource, context), () => hold(context)], (ask) => ask());
    },
  };
}

function elementOf(patterns: readonly Pattern[], inverted: boolean): Pattern {
  return (value, context) => {
    const found = any(patterns, (matches) => matches(value, context));
    return inverted ? not(found) : found;
  };
}

function namesOf(id: string, { Principal: element, NotPrincipal }: StatementElement, kind: PolicyKind): Naming {
  if (kind === 'IDENTITY') {
    if (element !== undefined || NotPrincipal !== undefined) throw new Flaw(`${id} names a principal, and is attached to one`);
    return () => 'DIRECTLY';
  }
  if (NotPrincipal !== undefined) {
    const unevaluated = new Unevaluated(`${id} has NotPrincipal, which is not evaluated`);
    return () => unevaluated;
  }
  if (element === undefined) throw new Flaw(`${id} names no principal`);
  return naming(element);
}
