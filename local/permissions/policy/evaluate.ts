import { Unevaluated } from './answer';
import type { Policy, Request as RequestOfStatement, Statement } from './document';
import { strongest, type Principal, type Way } from './principals';

export interface Request extends RequestOfStatement {
  /**
   * Account that owns the resource. @default the one in its ARN, or the caller's own where the ARN has none. Buckets' ARNs
   * have none and are reached from everywhere: their owner must be said.
   */
  readonly resourceAccount?: string;
}

/** Every policy that has to do with a request. */
export interface Policies {
  readonly identity: readonly Policy[];
  readonly boundary?: Policy;
  /** Policies given to AssumeRole. @default the session has none */
  readonly session?: readonly Policy[];
  /** The policy of the resource; of a role, its trust policy. @default it has none */
  readonly resource?: Policy;
}

export interface Evaluation {
  readonly decision: 'ALLOWED' | 'DENIED' | 'UNEVALUATED';
  /** The end of a sentence, in the words of AWS's own errors where the request is denied. */
  readonly because: string;
  /** Ids of the statements that decided. */
  readonly statements: readonly string[];
}

interface Hit {
  readonly statement: Statement;
  readonly way: Way;
}

/** What the policies of one kind say. */
interface Layer {
  readonly name: string;
  readonly denies: readonly Statement[];
  readonly allows: readonly Hit[];
  /** Statements of which it cannot be said whether they apply; the hits are those that would. */
  readonly openDenies: readonly Unevaluated[];
  readonly openAllows: readonly (Hit & { readonly reason: Unevaluated })[];
}

interface Layers {
  readonly identity: Layer;
  readonly boundary?: Layer;
  readonly session?: Layer;
  readonly resource: Layer;
}

const UNREADABLE: Statement = { id: 'unreadable', effect: 'Allow', actions: { written: ['*'], inverted: false }, resources: { written: ['*'], inverted: false }, covers: () => true, names: () => 'DIRECTLY' };

/**
 * Decides about a request as AWS does: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html.
 * Organizations' policies, ACLs and grants of KMS are not known here.
 */
export function evaluate(request: Request, policies: Policies): Evaluation {
  const { principal, action, resource } = request;
  const owner = request.resourceAccount ?? ownerOf(resource, principal);
  if (owner === undefined) return { decision: 'UNEVALUATED', because: `because the account that owns ${resource} is not known`, statements: [] };
  const layers: Layers = {
    identity: layer('identity-based policy', policies.identity, request),
    boundary: policies.boundary && layer('permissions boundary', [policies.boundary], request),
    session: policies.session?.length ? layer('session policy', policies.session, request) : undefined,
    resource: layer('resource-based policy', policies.resource ? [policies.resource] : [], request),
  };
  const all = [layers.identity, layers.boundary, layers.session, layers.resource].filter((one) => one !== undefined);

  const denying = all.find(({ denies }) => denies.length > 0);
  if (denying) return { decision: 'DENIED', because: `with an explicit deny in ${a(denying.name)}`, statements: denying.denies.map(({ id }) => id) };
  const ways = { sameAccount: 'account' in principal && owner === principal.account, needsResourcePolicy: needsResourcePolicy(request) };
  const lacking = missing(principal, layers, ways, ({ allows, openAllows }) => [...allows, ...openAllows]);
  if (lacking) return { decision: 'DENIED', because: `because no ${lacking} allows the ${action} action`, statements: [] };
  const open = all.flatMap(({ openDenies }) => openDenies);
  const unsure = missing(principal, layers, ways, ({ allows }) => allows);
  if (unsure) open.push(...all.flatMap(({ openAllows }) => openAllows.map(({ reason }) => reason)));
  if (open.length > 0) return { decision: 'UNEVALUATED', because: `because it cannot be evaluated: ${[...new Set(open.map((one) => one.because))].join('; ')}`, statements: [] };
  const statements = [...new Set(all.flatMap(({ allows }) => allows.map(({ statement }) => statement.id)))];
  return { decision: 'ALLOWED', because: statements.length > 0 ? `because ${statements.join(', ')} allow it` : 'because the account owns the resource', statements };
}

function layer(name: string, policies: readonly Policy[], request: Request): Layer {
  const found = { name, denies: [] as Statement[], allows: [] as Hit[], openDenies: [] as Unevaluated[], openAllows: [] as (Hit & { reason: Unevaluated })[] };
  for (const { statements, flaw } of policies) {
    if (flaw !== undefined) {
      const reason = new Unevaluated(flaw);
      found.openDenies.push(reason);
      found.openAllows.push({ statement: UNREADABLE, way: 'DIRECTLY', reason });
    }
    for (const statement of statements) {
      const covers = statement.covers(request);
      if (covers === false) continue;
      const way = statement.names(request.principal);
      if (way === undefined) continue;
      const reason = way instanceof Unevaluated ? way : covers;
      const hit: Hit = { statement, way: way instanceof Unevaluated ? 'DIRECTLY' : way };
      if (statement.effect === 'Allow') {
        if (reason instanceof Unevaluated) found.openAllows.push({ ...hit, reason });
        else found.allows.push(hit);
      } else if (reason instanceof Unevaluated) found.openDenies.push(reason);
      else found.denies.push(statement);
    }
  }
  return found;
}

/** The kind of policy that would have to allow the request and does not, if any. */
function missing(principal: Principal, layers: Layers, at: { sameAccount: boolean; needsResourcePolicy: boolean }, hits: (layer: Layer) => readonly Hit[]): string | undefined {
  const way = strongest(hits(layers.resource).map((hit) => hit.way));
  const limiting = [layers.boundary, layers.session].find((limit) => limit !== undefined && hits(limit).length === 0)?.name;
  const byIdentity = principal.kind === 'ACCOUNT' || hits(layers.identity).length > 0;
  if (!at.sameAccount) {
    if (way === undefined) return layers.resource.name;
    if (principal.kind === 'SERVICE' || principal.kind === 'ANONYMOUS') return undefined;
    return byIdentity ? limiting : layers.identity.name;
  }
  if (way === 'DIRECTLY') return undefined;
  if (way === 'ROLE') return limiting;
  if (way === undefined && at.needsResourcePolicy) return layers.resource.name;
  return byIdentity ? limiting : layers.identity.name;
}

/** Roles and keys are used only by those whom their own policy allows, also within an account. */
function needsResourcePolicy({ action, resource }: Request): boolean {
  return (/^sts:(AssumeRole|TagSession|SetSourceIdentity)/i.test(action) && resource.includes(':role/')) || (/^kms:/i.test(action) && resource.includes(':key/'));
}

function ownerOf(resource: string, principal: Principal): string | undefined {
  const [, , service, , account] = resource.split(':');
  if (account) return account;
  if (service === 's3') return undefined;
  return 'account' in principal ? principal.account : '';
}

const a = (name: string): string => `${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}`;
