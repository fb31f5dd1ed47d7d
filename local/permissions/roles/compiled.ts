import { UnreadableCall } from '../calls/call';
import { parsePolicy, type Policy } from '../policy/document';
import { grantsOf, type Grants, type PolicyHolder, type Role } from './grants';

/** Where roles and policies of resources are: the IAM and the services of deployed accounts, or templates. */
export interface Sources {
  /** `undefined`: there is no such role. */
  role(arn: string): Promise<Role | undefined>;
  /** The document, JSON as text or parsed; `undefined`: the resource has none. Roles are not asked for here. */
  resourcePolicy(holder: PolicyHolder): Promise<unknown>;
}

/** Compiles each policy once and keeps it until something is deployed. */
export class CompiledPermissions {
  readonly #sources: Sources;
  readonly #grants = new Map<string, Promise<Grants>>();
  readonly #resources = new Map<string, Promise<Policy | undefined>>();

  constructor(sources: Sources) {
    this.#sources = sources;
  }

  /** @throws UnreadableCall when there is no such role */
  grants(arn: string): Promise<Grants> {
    return kept(this.#grants, arn, async () => {
      const role = await this.#sources.role(arn);
      if (role === undefined) throw new UnreadableCall(`there is no role ${arn}`);
      return grantsOf(role);
    });
  }

  async resourcePolicy(holder: PolicyHolder): Promise<Policy | undefined> {
    if (holder.kind === 'ROLE') return (await this.grants(holder.arn)).trust;
    return kept(this.#resources, holder.arn, async () => {
      const document = await this.#sources.resourcePolicy(holder);
      return document === undefined ? undefined : parsePolicy(`policy of ${holder.arn}`, document, 'RESOURCE');
    });
  }

  /** After a deployment: roles and policies may be others. */
  forget(): void {
    this.#grants.clear();
    this.#resources.clear();
  }
}

/** What failed is asked again the next time. */
function kept<T>(map: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  made.catch(() => map.delete(key));
  return made;
}
