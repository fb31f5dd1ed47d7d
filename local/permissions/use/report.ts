import { pattern } from '../policy/pattern';
import { RequestContext } from '../policy/context';
import type { Statement } from '../policy/document';
import type { Grants } from '../roles/grants';
import { actionsOf } from './actions';
import type { Use } from './permissionUse';

/** What a role called, and what it may call. */
export interface RoleReport {
  readonly role: string;
  readonly called: readonly Use[];
  /** Granted and never called: a role may lose these. */
  readonly unused: readonly { readonly action: string; readonly resource: string; readonly statement: string }[];
  readonly wildcards: readonly Wildcard[];
}

export interface Wildcard {
  /** As written in the policy. */
  readonly written: string;
  readonly statement: string;
  /** Actions it stands for; of a resource none are counted. */
  readonly actions: readonly string[];
  /** Those of them, or the resources, that were called. */
  readonly used: readonly string[];
  /** Why it is there. `undefined`: nobody says. */
  readonly reason?: string;
}

const nothing = new RequestContext();

/** Compares what a role's identity policies grant with what it called. `reasonFor` finds why a wildcard was accepted. */
export async function reportOf(role: string, grants: Pick<Grants, 'identity'>, uses: readonly Use[], reasonFor: (role: string, wildcard: string) => string | undefined = () => undefined): Promise<RoleReport> {
  const called = uses.filter((use) => use.role === role);
  const allowed = called.filter(({ decision }) => decision === 'ALLOWED');
  const statements = grants.identity.flatMap((policy) => policy.statements).filter(({ effect }) => effect === 'Allow');
  return {
    role,
    called,
    unused: statements.flatMap((statement) => pairsOf(statement).filter((pair) => !allowed.some((use) => isAbout(pair, use)))),
    wildcards: (await Promise.all(statements.map((statement) => wildcardsOf(statement, allowed)))).flat().map((wildcard) => ({ ...wildcard, reason: reasonFor(role, wildcard.written) })),
  };
}

/** Each action on each resource that a statement lists. One that lists what it leaves out cannot be listed. */
function pairsOf({ id, actions, resources }: Statement): { action: string; resource: string; statement: string }[] {
  const of = ({ written, inverted }: Statement['actions']): string[] => (inverted ? [`everything but ${written.join(', ')}`] : [...written]);
  return of(actions).flatMap((action) => of(resources).map((resource) => ({ action, resource, statement: id })));
}

const isAbout = ({ action, resource }: { action: string; resource: string }, use: Use): boolean => matches(action, use.action) && matches(resource, use.resource);

/** Variables stand for anything here: which value a call had is not recorded. */
function matches(written: string, value: string): boolean {
  if (written.startsWith('everything but ')) return true;
  return pattern(written.replaceAll(/\$\{[^}]*\}/g, '*'), { wildcards: 'TEXT', ignoreCase: true })(value, nothing) === true;
}

async function wildcardsOf({ id, actions, resources }: Statement, allowed: readonly Use[]): Promise<Wildcard[]> {
  const ofStatement = allowed.filter((use) => actions.written.some((action) => matches(action, use.action)) && resources.written.some((resource) => matches(resource, use.resource)));
  const inActions = actions.written.filter((written) => written.includes('*')).map(async (written) => ({
    written,
    statement: id,
    actions: await actionsOf(written),
    used: unique(ofStatement.map(({ action }) => action).filter((action) => matches(written, action))),
  }));
  const inResources = resources.written.filter((written) => written.includes('*')).map((written) => ({
    written,
    statement: id,
    actions: [],
    used: unique(ofStatement.map(({ resource }) => resource).filter((resource) => matches(written, resource))),
  }));
  return [...(await Promise.all(inActions)), ...inResources];
}

const unique = (texts: readonly string[]): string[] => [...new Set(texts)].toSorted();

/** The report as text, one role after another. */
export function printed(reports: readonly RoleReport[]): string {
  return reports.flatMap(({ role, called, unused, wildcards }) => [
    role,
    ...section('called', called.map(({ action, resource, decision, times }) => `${action} on ${resource} ×${times}${decision === 'ALLOWED' ? '' : ` ${decision}`}`)),
    ...section('may call and never did', unused.map(({ action, resource }) => `${action} on ${resource}`)),
    ...section('wildcards', wildcards.map(inWords)),
    '',
  ]).join('\n');
}

const section = (title: string, lines: readonly string[]): string[] => (lines.length === 0 ? [] : [`  ${title}`, ...lines.map((line) => `    ${line}`)]);

function inWords({ written, actions, used, reason }: Wildcard): string {
  const stands = actions.length > 1 ? ` stands for ${actions.length} actions` : '';
  return `${written}${stands}; ${used.length > 0 ? `used: ${used.join(', ')}` : 'never used'}; ${reason ?? 'no reason is given'}`;
}
