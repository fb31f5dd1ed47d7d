import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { sessionOf } from '../aws/caller';
import { authorize, check, type Caller, type Outcome, type Surroundings } from './authorize';
import type { Call } from './calls/call';
import type { DeployedOnMinistack } from './deployed';
import type { Principal } from './policy/principals';
import { messageOf, refusal, type Answer } from './refusal';
import { CompiledPermissions } from './roles/compiled';
import type { PermissionUse } from './use/permissionUse';

const Source = z.object({ arn: z.string(), account: z.string() });

/** What a service is about to do without a call that the gateway sees: for a role it was given, or for itself. */
export const ServiceAct = z.object({
  as: z.union([z.object({ role: z.string(), session: z.string() }), z.object({ service: z.string() })]),
  account: z.string(),
  region: z.string(),
  /** The resource it acts for, e.g. the rule. */
  source: Source.optional(),
  needs: z.array(z.object({ action: z.string(), resource: z.string(), keys: z.record(z.string(), z.array(z.string()).nullable()).default({}) })),
});
export type ServiceAct = z.infer<typeof ServiceAct>;

export interface GatekeeperProps {
  readonly deployed: DeployedOnMinistack;
  readonly use: PermissionUse;
  /** Called when roles and policies may have become others. */
  readonly onChange?: () => void;
}

/** Services whose calls may change what policies say, while they go on in the background as well. */
const CHANGING = new Set(['cloudformation', 'iam']);
/** Calls of other services that change a policy. */
const CHANGING_OPERATIONS = /^(Put|Delete)(Bucket|Key|Resource)Policy$|^(Add|Remove)Permission$|^Set(Queue|Topic)Attributes$/;

/** Lets a call pass that the deployed policies allow, and writes down what each role did. */
export class Gatekeeper {
  /** While it is open everything passes: so it is measured what the checks cost. */
  isOpen = false;
  readonly #deployed: DeployedOnMinistack;
  readonly #use: PermissionUse;
  readonly #permissions: CompiledPermissions;
  readonly #onChange: () => void;

  constructor({ deployed, use, onChange = () => undefined }: GatekeeperProps) {
    this.#deployed = deployed;
    this.#use = use;
    this.#permissions = new CompiledPermissions(deployed);
    this.#onChange = onChange;
  }

  /** The refusal of a call as its service answers it; nothing when it may pass. */
  async refusalOf(call: Call, principal: Principal, sourceIp: string): Promise<Answer | undefined> {
    if (this.isOpen) return undefined;
    // A service that calls by itself does so for somebody of the account whose credentials it has.
    const source = principal.kind === 'SERVICE' ? { account: call.account } : undefined;
    const ask = (): Promise<Outcome> => authorize(call, { principal }, { ...around(sourceIp), source }, { permissions: this.#permissions, deployed: this.#deployed });
    const outcome = await this.#withFreshPolicies(ask, ({ refused }) => refused !== undefined);
    if (principal.kind === 'SESSION') this.#use.record(principal.role, call.service, outcome);
    if (outcome.refused !== undefined && !isOwner(principal, outcome)) return refusal(call, principal, outcome, randomUUID());
    if (CHANGING.has(call.service) || CHANGING_OPERATIONS.test(outcome.operation)) this.#forget();
    return undefined;
  }

  /** Why a service may not do what it is about to; nothing when it may. */
  async refusalsOf({ as, account, region, source, needs }: ServiceAct): Promise<string[]> {
    if (this.isOpen) return [];
    const principal: Principal = 'service' in as ? { kind: 'SERVICE', name: as.service } : sessionOf(as.role, as.session);
    const caller: Caller = { principal };
    const surroundings = { ...around('127.0.0.1'), source };
    const ask = () => Promise.all(needs.map(async (wanted) => {
      const need = { ...wanted, resource: await this.#keyOf(wanted.resource) };
      return { need, evaluation: await check(need, { account, region }, caller, surroundings, this.#permissions) };
    }));
    const checked = await this.#withFreshPolicies(ask, (all) => all.some(({ evaluation }) => evaluation.decision !== 'ALLOWED'));
    if (principal.kind === 'SESSION') this.#use.record(principal.role, '', { operation: '', checked });
    return checked
      .filter(({ evaluation }) => evaluation.decision !== 'ALLOWED')
      .map(({ need, evaluation: { because } }) => messageOf('', principal, { operation: '', refused: { decision: 'DENIED', because, need } }));
  }

  /** An alias of a key stands for the key; any other resource for itself. */
  async #keyOf(resource: string): Promise<string> {
    return resource.includes(':alias/') ? ((await this.#deployed.keyOfAlias(resource)) ?? resource) : resource;
  }

  /** Policies are deployed while calls go on: nobody is refused for what an older policy said. */
  async #withFreshPolicies<T>(ask: () => Promise<T>, isRefused: (answer: T) => boolean): Promise<T> {
    const answer = await ask();
    if (!isRefused(answer)) return answer;
    this.#permissions.forget();
    this.#deployed.forget();
    return ask();
  }

  #forget(): void {
    this.#permissions.forget();
    this.#deployed.forget();
    this.#onChange();
  }
}

/** An account's root may do whatever there is to do in it, also what is not known here; only policies of resources can refuse it. */
const isOwner = (principal: Principal, { refused }: Outcome): boolean => principal.kind === 'ACCOUNT' && refused?.decision === 'UNEVALUATED';

/** A call that never leaves the machine counts as one by TLS, which it is on AWS. */
const around = (sourceIp: string): Surroundings => ({ now: new Date(), sourceIp, secureTransport: true });
