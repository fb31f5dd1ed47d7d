import { pattern } from '../policy/pattern';
import { RequestContext } from '../policy/context';
import type { Statement } from '../policy/document';
import { grantsOf, type Role } from '../roles/grants';
import type { Use } from '../use/permissionUse';
import { actionsOf } from './actions';
import type { SynthesizedApplication } from './application';
import type { Names } from './names';
import { canBeAbout } from './resourceTypes';

/** An action on a resource that a role's policies allow. */
export interface Grant {
  readonly action: string;
  readonly resource: string;
  /** How often it was made use of; 0: the role could lose it. */
  readonly times: number;
}

export interface Wildcard {
  /** As written in the policy. */
  readonly written: string;
  /** Actions it stands for; of a resource none are counted. */
  readonly actions: readonly string[];
  /** Those of them, or the resources, that were used. */
  readonly used: readonly string[];
  /** Why it is there. @default nobody says */
  readonly reason?: string;
}

/** What a role may do and did, in all environments together. */
export interface RoleReport {
  /** Its place in the application, `<environment>` for each: `<environment>/Orders/SubmitOrder/Role`. */
  readonly role: string;
  readonly grants: readonly Grant[];
  readonly wildcards: readonly Wildcard[];
  /** What it was refused. */
  readonly refused: readonly { readonly action: string; readonly resource: string }[];
}

export interface Recorded {
  readonly roles: readonly Role[];
  readonly uses: readonly Use[];
}

const nothing = new RequestContext();

/**
 * Compares what the roles of an application may do with what they did. In each record for itself: a role of the same name may
 * have been about other resources there.
 */
export async function reportOf(application: Pick<SynthesizedApplication, 'acceptedWildcards'>, names: Names, records: readonly Recorded[]): Promise<RoleReport[]> {
  const paths = names.roles();
  const ours = records.flatMap(({ roles, uses }) =>
    roles.flatMap((role) => {
      const path = paths.get(role.arn);
      return path === undefined ? [] : [{ role, path, place: names.inAnyEnvironment(path), own: uses.filter((use) => use.role === role.arn) }];
    }),
  );
  const reports = unique(ours.map(({ place }) => place)).map(async (place) => {
    const members = ours.filter((one) => one.place === place);
    const each = await Promise.all(members.map(({ role, path, own }) => ofOne(role, path, own)));
    return {
      role: place,
      grants: merged(each.flatMap(({ grants }) => grants), ({ action, resource }) => `${action} ${resource}`, (one, other) => ({ ...one, times: one.times + other.times })),
      wildcards: merged(each.flatMap(({ wildcards }) => wildcards), ({ written }) => written, (one, other) => ({ ...one, reason: one.reason ?? other.reason, used: unique([...one.used, ...other.used]) })),
      refused: merged(each.flatMap(({ refused }) => refused), ({ action, resource }) => `${action} ${resource}`, (one) => one),
    };
  });
  return (await Promise.all(reports)).toSorted((one, other) => one.role.localeCompare(other.role));

  async function ofOne(role: Role, path: string, own: readonly Use[]): Promise<Omit<RoleReport, 'role'>> {
    const allowed = own.filter(({ decision }) => decision === 'ALLOWED');
    const statements = grantsOf(role).identity.flatMap((policy) => policy.statements).filter(({ effect }) => effect === 'Allow');
    const accepted = application.acceptedWildcards.filter((one) => one.path.startsWith(`${path}/`));
    const wildcards = (await Promise.all(statements.map((statement) => wildcardsOf(statement, allowed)))).flat();
    const pairs = await Promise.all(statements.flatMap(pairsOf).map(async (pair) => ((await canBeAbout(pair.action, pair.resource)) ? [pair] : [])));
    return {
      grants: pairs.flat().map((pair) => ({
        action: pair.action,
        resource: names.portable(pair.resource),
        times: allowed.filter((use) => isAbout(pair, use)).reduce((sum, { times }) => sum + times, 0),
      })),
      wildcards: wildcards.map((wildcard) => ({
        ...wildcard,
        written: names.portable(wildcard.written),
        used: unique(wildcard.used.map((text) => names.portable(text))),
        reason: accepted.find(({ written }) => names.isWritten(written, wildcard.written))?.reason,
      })),
      refused: own.filter(({ decision }) => decision !== 'ALLOWED').map(({ action, resource }) => ({ action, resource: names.portable(resource) })),
    };
  }
}

/** Each action on each resource that a statement lists. One that lists what it leaves out cannot be listed. */
function pairsOf({ actions, resources }: Statement): { action: string; resource: string }[] {
  const of = ({ written, inverted }: Statement['actions']): string[] => (inverted ? [`everything but ${written.join(', ')}`] : [...written]);
  return of(actions).flatMap((action) => of(resources).map((resource) => ({ action, resource })));
}

const isAbout = ({ action, resource }: { action: string; resource: string }, use: Use): boolean => matches(action, use.action) && matches(resource, use.resource);

/** Variables stand for anything here: which value a call had is not recorded. */
function matches(written: string, value: string): boolean {
  if (written.startsWith('everything but ')) return true;
  return pattern(written.replaceAll(/\$\{[^}]*\}/g, '*'), { wildcards: 'TEXT', ignoreCase: true })(value, nothing) === true;
}

async function wildcardsOf({ actions, resources }: Statement, allowed: readonly Use[]): Promise<Omit<Wildcard, 'reason'>[]> {
  const ofStatement = allowed.filter((use) => actions.written.some((action) => matches(action, use.action)) && resources.written.some((resource) => matches(resource, use.resource)));
  const inActions = actions.written.filter(isWild).map(async (written) => ({
    written,
    actions: await actionsOf(written),
    used: unique(ofStatement.map(({ action }) => action).filter((action) => matches(written, action))),
  }));
  const inResources = resources.written.filter(isWild).map((written) => ({
    written,
    actions: [],
    used: unique(ofStatement.map(({ resource }) => resource).filter((resource) => matches(written, resource))),
  }));
  return [...(await Promise.all(inActions)), ...inResources];
}

/** AWS writes a log group's own ARN with `:*` at its end. */
const isWild = (written: string): boolean => written.replace(/(:log-group:[^*]+):\*$/, '$1').includes('*');
const unique = (texts: readonly string[]): string[] => [...new Set(texts)].toSorted();

function merged<T>(items: readonly T[], keyOf: (item: T) => string, merge: (one: T, other: T) => T): T[] {
  const byKey = new Map<string, T>();
  for (const item of items) {
    const key = keyOf(item);
    const known = byKey.get(key);
    byKey.set(key, known === undefined ? item : merge(known, item));
  }
  return [...byKey.entries()].toSorted(([one], [other]) => one.localeCompare(other)).map(([, item]) => item);
}
