import type { Caller } from '../../aws/caller';
import { ServiceError } from '../../aws/errors';
import type { Collection } from '../../sandbox/store';
import { seconds, type Resource } from '../kept';
import type { Permission, Tag } from './requests';

export type Place = Pick<Caller, 'account' | 'region'>;

/** The kinds of resources, as their ARNs have them. */
export type Kind = 'datasource' | 'dataset' | 'analysis' | 'dashboard' | 'vpcConnection';
const NAMES: Readonly<Record<Kind, string>> = { datasource: 'Data source', dataset: 'Data set', analysis: 'Analysis', dashboard: 'Dashboard', vpcConnection: 'VPC connection' };
const TYPES: Readonly<Record<Kind, string>> = { datasource: 'DATA_SOURCE', dataset: 'DATA_SET', analysis: 'ANALYSIS', dashboard: 'DASHBOARD', vpcConnection: 'VPC_CONNECTION' };

export const arnOf = (kind: Kind, { account, region }: Place, id: string): string => `arn:aws:quicksight:${region}:${account}:${kind}/${id}`;
export const keyOf = ({ account, region }: Place, id: string): string => `${account}/${region}/${id}`;

/** What an ARN of QuickSight names; nothing where it is none, or of another account or region. */
export function namedBy(arn: string, { account, region }: Place): { readonly kind: string; readonly id: string } | undefined {
  const [, inRegion, of, kind, id] = /^arn:aws[\w-]*:quicksight:([\w-]+):(\d{12}):(\w+)\/([\w-]+)$/.exec(arn) ?? [];
  return kind === undefined || id === undefined || inRegion !== region || of !== account ? undefined : { kind, id };
}

/** An error of the service that says which kind of resource it is about. */
export class ResourceError extends ServiceError {
  constructor(
    name: 'ResourceNotFoundException' | 'ResourceExistsException' | 'LimitExceededException',
    message: string,
    readonly resourceType: string,
  ) {
    super(name, message, name === 'ResourceNotFoundException' ? 404 : 409);
  }
}

export const invalid = (message: string): ServiceError => new ServiceError('InvalidParameterValueException', message);

/** The resources of one kind, each found where it was made. */
export class Resources<T extends Resource> {
  constructor(
    readonly kind: Kind,
    private readonly collection: Collection<T>,
    private readonly commit: () => Promise<void>,
  ) {}

  /** @throws ResourceError ResourceNotFoundException */
  of(place: Place, id: string): T {
    const found = this.collection.get(keyOf(place, id));
    if (!found) throw new ResourceError('ResourceNotFoundException', `${NAMES[this.kind]} ${id} is not found`, TYPES[this.kind]);
    return found;
  }

  /** Of this place, the oldest first. */
  in({ account, region }: Place): T[] {
    return [...this.collection.values()].filter((one) => one.account === account && one.region === region);
  }

  /** @throws ResourceError ResourceExistsException */
  async create(resource: T): Promise<T> {
    const key = keyOf(resource, resource.id);
    if (this.collection.get(key)) throw new ResourceError('ResourceExistsException', `${NAMES[this.kind]} ${resource.id} already exists`, TYPES[this.kind]);
    this.collection.put(key, resource);
    await this.commit();
    return resource;
  }

  async put(resource: T): Promise<T> {
    this.collection.put(keyOf(resource, resource.id), { ...resource, updatedAt: seconds() });
    await this.commit();
    return resource;
  }

  async delete(place: Place, id: string): Promise<void> {
    this.of(place, id);
    this.collection.delete(keyOf(place, id));
    await this.commit();
  }

  readonly arn = ({ account, region, id }: Pick<T, 'account' | 'region' | 'id'>): string => arnOf(this.kind, { account, region }, id);
}

/** What a new resource begins with. */
export const begun = ({ account, region }: Place, id: string, permissions: readonly Permission[] = [], tags: readonly Tag[] = []): Resource => ({ account, region, id, createdAt: seconds(), updatedAt: seconds(), permissions, tags });

/** Grants by principal, then revokes. */
export function changedPermissions(has: readonly Permission[], granted: readonly Permission[], revoked: readonly Permission[]): Permission[] {
  const actions = new Map(has.map(({ Principal, Actions }) => [Principal, new Set(Actions)]));
  for (const { Principal, Actions } of granted) actions.set(Principal, new Set([...(actions.get(Principal) ?? []), ...Actions]));
  for (const { Principal, Actions } of revoked) for (const action of Actions) actions.get(Principal)?.delete(action);
  return [...actions].filter(([, allowed]) => allowed.size > 0).map(([Principal, allowed]) => ({ Principal, Actions: [...allowed] }));
}
