import * as z from 'zod';
import type { ServiceAct } from '../permissions/gatekeeper';
import { ServiceError } from './errors';

const Answer = z.object({ refused: z.array(z.string()) });

/** A service asks whether a role allows what it does for it here without a call to AWS, e.g. to hand an artefact on. */
export class ServicePermissions {
  readonly #endpoint: string;

  constructor(endpoint: string) {
    this.#endpoint = endpoint;
  }

  /** @throws ServiceError AccessDenied, in AWS's words, naming the first thing that is not allowed */
  async demand(role: string, session: string, region: string, needs: ServiceAct['needs']): Promise<void> {
    if (needs.length === 0) return;
    const act: ServiceAct = { as: { role, session: session.slice(0, 64) }, account: role.split(':')[4] ?? '', region, needs };
    const answer = await fetch(new URL('/_local/permissions', this.#endpoint), { method: 'POST', body: JSON.stringify(act) });
    if (!answer.ok) throw new Error(`The gateway does not say what ${role} may do: ${await answer.text()}`);
    const [refused] = Answer.parse(await answer.json()).refused;
    if (refused !== undefined) throw new ServiceError('AccessDenied', refused, 403);
  }
}

/** One thing to be allowed; `keys` are the condition keys that it brings. */
export const need = (action: string, resource: string, keys: Record<string, string[]> = {}): ServiceAct['needs'][number] => ({ action, resource, keys });
