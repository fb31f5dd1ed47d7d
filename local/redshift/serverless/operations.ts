import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Caller } from '../../aws/caller';
import { ServiceError } from '../../aws/errors';
import { operation, type JsonService } from '../../aws/json-service';
import { arnOf, idOf } from '../ids';
import { Namespace, UsageLimit, Workgroup, type KeptNamespace, type KeptUsageLimit, type KeptWorkgroup, type ServerlessStore } from './store';

type Place = Pick<Caller, 'account' | 'region'>;

const here =
  ({ account, region }: Place) =>
  (one: Place): boolean =>
    one.account === account && one.region === region;

const absent = (kind: string, name: string): ServiceError => new ServiceError('ResourceNotFoundException', `The ${kind} ${name} does not exist.`);

export function namespaceOf({ kept }: ServerlessStore, place: Place, name: string): KeptNamespace {
  const found = kept.namespaces.filter(here(place)).find(({ namespaceName }) => namespaceName === name);
  if (!found) throw absent('namespace', name);
  return found;
}

/** @param name or ARN */
export function workgroupOf({ kept }: ServerlessStore, place: Place, name: string): KeptWorkgroup {
  const found = kept.workgroups.filter(here(place)).find((one) => one.workgroupName === name || arnOf('workgroup', { ...one, name: one.workgroupName }) === name);
  if (!found) throw absent('workgroup', name);
  return found;
}

const shownNamespace = ({ account, region, namespaceName, ...kept }: KeptNamespace): object => {
  const named = { account, region, name: namespaceName };
  return { ...kept, namespaceName, namespaceId: idOf('namespace', named), namespaceArn: arnOf('namespace', named), status: 'AVAILABLE' };
};

const shownWorkgroup = ({ account, region, workgroupName, ...kept }: KeptWorkgroup): object => {
  const named = { account, region, name: workgroupName };
  return {
    ...kept,
    workgroupName,
    workgroupId: idOf('workgroup', named),
    workgroupArn: arnOf('workgroup', named),
    status: 'AVAILABLE',
    endpoint: { address: `${workgroupName}.${account}.${region}.redshift-serverless.amazonaws.com`, port: kept.port },
  };
};

const shownLimit = ({ account, region, ...limit }: KeptUsageLimit): object => ({
  ...limit,
  usageLimitArn: `arn:aws:redshift-serverless:${region}:${account}:usagelimit/${limit.usageLimitId}`,
});

/** AWS wants room in two zones: https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-usage-considerations.html */
function checkNetwork({ subnetIds, enhancedVpcRouting }: Pick<KeptWorkgroup, 'subnetIds' | 'enhancedVpcRouting'>): void {
  const needed = enhancedVpcRouting ? 3 : 2;
  if (subnetIds.length > 0 && subnetIds.length < needed) throw new ServiceError('ValidationException', `A workgroup needs subnets in at least ${needed} Availability Zones, ${subnetIds.length} given.`);
}

/** The management API of Redshift Serverless, as far as the shop's stacks and its people need it. */
export function serverlessService(store: ServerlessStore): JsonService {
  const { kept } = store;
  const since = ({ account, region }: Place) => ({ account, region, creationDate: new Date().toISOString() });
  const namespace = z.object({ namespaceName: z.string() });
  const workgroup = z.object({ workgroupName: z.string() });
  const limitOf = (place: Place, id: string): KeptUsageLimit => {
    const found = kept.usageLimits.filter(here(place)).find(({ usageLimitId }) => usageLimitId === id);
    if (!found) throw absent('usage limit', id);
    return found;
  };
  const changed = <T extends object>(target: T, values: object): T => {
    Object.assign(target, Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)));
    store.save();
    return target;
  };
  return {
    targetPrefix: 'RedshiftServerless',
    name: 'Redshift Serverless',
    validationError: 'ValidationException',
    operations: {
      CreateNamespace: operation(Namespace, (input, caller) => {
        if (kept.namespaces.filter(here(caller)).some(({ namespaceName }) => namespaceName === input.namespaceName)) throw new ServiceError('ConflictException', `The namespace ${input.namespaceName} already exists.`);
        const made = { ...input, ...since(caller) };
        kept.namespaces.push(made);
        store.save();
        return { namespace: shownNamespace(made) };
      }),
      GetNamespace: operation(namespace, ({ namespaceName }, caller) => ({ namespace: shownNamespace(namespaceOf(store, caller, namespaceName)) })),
      UpdateNamespace: operation(z.strictObject({ ...Namespace.partial().shape, namespaceName: z.string(), dbName: z.undefined() }), (input, caller) => ({
        namespace: shownNamespace(changed(namespaceOf(store, caller, input.namespaceName), input)),
      })),
      DeleteNamespace: operation(namespace, ({ namespaceName }, caller) => {
        const found = namespaceOf(store, caller, namespaceName);
        const user = kept.workgroups.filter(here(caller)).find((one) => one.namespaceName === namespaceName);
        if (user) throw new ServiceError('ConflictException', `The namespace ${namespaceName} is used by the workgroup ${user.workgroupName}.`);
        kept.namespaces.splice(kept.namespaces.indexOf(found), 1);
        store.save();
        return { namespace: { ...shownNamespace(found), status: 'DELETING' } };
      }),
      ListNamespaces: operation(z.object({}), (_, caller) => ({ namespaces: kept.namespaces.filter(here(caller)).map(shownNamespace) })),
      CreateWorkgroup: operation(Workgroup, (input, caller) => {
        namespaceOf(store, caller, input.namespaceName);
        checkNetwork(input);
        const others = kept.workgroups.filter(here(caller));
        if (others.some(({ workgroupName }) => workgroupName === input.workgroupName)) throw new ServiceError('ConflictException', `The workgroup ${input.workgroupName} already exists.`);
        if (others.some(({ namespaceName }) => namespaceName === input.namespaceName)) throw new ServiceError('ConflictException', `The namespace ${input.namespaceName} already has a workgroup.`);
        const made = { ...input, ...since(caller) };
        kept.workgroups.push(made);
        store.save();
        return { workgroup: shownWorkgroup(made) };
      }),
      GetWorkgroup: operation(workgroup, ({ workgroupName }, caller) => ({ workgroup: shownWorkgroup(workgroupOf(store, caller, workgroupName)) })),
      UpdateWorkgroup: operation(z.strictObject({ ...Workgroup.partial().shape, workgroupName: z.string() }), (input, caller) => {
        const found = workgroupOf(store, caller, input.workgroupName);
        checkNetwork({ subnetIds: input.subnetIds ?? found.subnetIds, enhancedVpcRouting: input.enhancedVpcRouting ?? found.enhancedVpcRouting });
        return { workgroup: shownWorkgroup(changed(found, input)) };
      }),
      DeleteWorkgroup: operation(workgroup, ({ workgroupName }, caller) => {
        const found = workgroupOf(store, caller, workgroupName);
        kept.workgroups.splice(kept.workgroups.indexOf(found), 1);
        store.save();
        return { workgroup: { ...shownWorkgroup(found), status: 'DELETING' } };
      }),
      ListWorkgroups: operation(z.object({}), (_, caller) => ({ workgroups: kept.workgroups.filter(here(caller)).map(shownWorkgroup) })),
      CreateUsageLimit: operation(UsageLimit, (input, caller) => {
        workgroupOf(store, caller, input.resourceArn);
        const same = kept.usageLimits.filter(here(caller)).some((one) => one.resourceArn === input.resourceArn && one.usageType === input.usageType && one.period === input.period && one.breachAction === input.breachAction);
        if (same) throw new ServiceError('ConflictException', 'There is a usage limit of this type, period and breach action already.');
        const made = { ...input, ...since(caller), usageLimitId: randomUUID() };
        kept.usageLimits.push(made);
        store.save();
        return { usageLimit: shownLimit(made) };
      }),
      UpdateUsageLimit: operation(z.strictObject({ usageLimitId: z.string(), amount: UsageLimit.shape.amount.optional(), breachAction: z.enum(['log', 'emit-metric', 'deactivate']).optional() }), (input, caller) => ({
        usageLimit: shownLimit(changed(limitOf(caller, input.usageLimitId), input)),
      })),
      DeleteUsageLimit: operation(z.object({ usageLimitId: z.string() }), ({ usageLimitId }, caller) => {
        const found = limitOf(caller, usageLimitId);
        kept.usageLimits.splice(kept.usageLimits.indexOf(found), 1);
        store.save();
        return { usageLimit: shownLimit(found) };
      }),
      GetUsageLimit: operation(z.object({ usageLimitId: z.string() }), ({ usageLimitId }, caller) => ({ usageLimit: shownLimit(limitOf(caller, usageLimitId)) })),
      ListUsageLimits: operation(z.object({ resourceArn: z.string().optional() }), ({ resourceArn }, caller) => ({
        usageLimits: kept.usageLimits.filter(here(caller)).filter((one) => resourceArn === undefined || one.resourceArn === resourceArn).map(shownLimit),
      })),
    },
  };
}
