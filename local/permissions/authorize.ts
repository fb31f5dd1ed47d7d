import { UnreadableCall, type Call, type Deployed, type Need } from './calls/call';
import { readCall } from './calls/read';
import { globalKeys, resourceTags, type Circumstances } from './context';
import { RequestContext } from './policy/context';
import type { Policy } from './policy/document';
import { evaluate, type Evaluation } from './policy/evaluate';
import type { Principal } from './policy/principals';
import { holderOf, type Grants, type PolicyHolder } from './roles/grants';

/** Where policies come from. */
export interface Permissions {
  /** @throws UnreadableCall when there is no such role */
  grants(roleArn: string): Promise<Grants>;
  /** `undefined`: the resource has no policy. */
  resourcePolicy(holder: PolicyHolder): Promise<Policy | undefined>;
}

export interface Caller {
  readonly principal: Principal;
  /** Policies that were given to AssumeRole. @default none */
  readonly session?: readonly Policy[];
}

/** What the gateway sees of a call beside the call itself. */
export type Surroundings = Pick<Circumstances, 'now' | 'sourceIp' | 'secureTransport' | 'source'>;

export interface Checked {
  readonly need: Need;
  readonly evaluation: Evaluation;
}

export interface Outcome {
  /** As the service calls it; the service's name where the call cannot be read. */
  readonly operation: string;
  /** Each action on each resource; none where the call cannot be read, or needs no permission. */
  readonly checked: readonly Checked[];
  /** Why the call is refused. @default it is allowed */
  readonly refused?: { readonly decision: 'DENIED' | 'UNEVALUATED'; readonly because: string; readonly need?: Need };
}

/** Whether a caller may make a call: everything that the call needs must be allowed. What cannot be said is refused. */
export async function authorize(call: Call, caller: Caller, around: Surroundings, { permissions, deployed }: { permissions: Permissions; deployed: Deployed }): Promise<Outcome> {
  let operation = call.service;
  try {
    const read = await readCall(call, deployed);
    operation = read.operation;
    const checked = await Promise.all(read.needs.map(async (need) => ({ need, evaluation: await check(need, call, caller, around, permissions) })));
    const refusing = (decision: 'DENIED' | 'UNEVALUATED'): Outcome['refused'] => {
      const found = checked.find(({ evaluation }) => evaluation.decision === decision);
      return found && { decision, because: found.evaluation.because, need: found.need };
    };
    return { operation, checked, refused: refusing('DENIED') ?? refusing('UNEVALUATED') };
  } catch (error) {
    if (!(error instanceof UnreadableCall)) throw error;
    return { operation: error.operation ?? operation, checked: [], refused: { decision: 'UNEVALUATED', because: `because it cannot be evaluated: ${error.message}` } };
  }
}

/**
 * Whether a caller may do one thing, e.g. what a service does for it without a call: `at` is where that happens.
 *
 * @throws UnreadableCall when the caller's role, or the role it wants, is not there
 */
export async function check({ action, resource, resourceAccount, keys }: Need, at: Pick<Call, 'account' | 'region'>, { principal, session }: Caller, around: Surroundings, permissions: Permissions): Promise<Evaluation> {
  const own = principal.kind === 'SESSION' ? await permissions.grants(principal.role) : undefined;
  const holder = holderOf(action, resource);
  const owner = resourceAccount ?? (resource.split(':')[4] || at.account);
  const known = globalKeys({ ...around, principal, tags: own?.tags, region: at.region, resourceAccount: owner });
  const ofResource = holder?.kind === 'ROLE' ? resourceTags((await permissions.grants(holder.arn)).tags) : {};
  return evaluate(
    { principal, action, resource, resourceAccount: owner, context: new RequestContext(known, ofResource, keys) },
    { identity: own?.identity ?? [], boundary: own?.boundary, session, resource: holder && (await permissions.resourcePolicy(holder)) },
  );
}
