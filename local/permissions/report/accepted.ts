import { existsSync, readFileSync } from 'node:fs';
import picomatch from 'picomatch';
import { parse } from 'yaml';
import * as z from 'zod';
import type { Grant, RoleReport } from './report';

const AcceptedGrant = z.strictObject({
  /** Glob over places in the application: `Pipeline/**` */
  role: z.string(),
  /** As written in the policy, wildcards included. */
  actions: z.array(z.string()).min(1),
  /** Glob over resources. @default any */
  resource: z.string().default('**'),
  reason: z.string().min(10),
});
export type AcceptedGrant = z.infer<typeof AcceptedGrant>;

/** A grant that nobody was seen to use. */
export interface UnusedGrant extends Omit<Grant, 'times'> {
  readonly role: string;
  /** Why it stays. @default it should go */
  readonly reason?: string;
}

/** Grants that stay though nobody uses them here, with their reasons; none when there is no file. */
export function readAccepted(file: string): AcceptedGrant[] {
  if (!existsSync(file)) return [];
  const accepted = z.array(AcceptedGrant).safeParse(parse(readFileSync(file, 'utf8')));
  if (!accepted.success) throw new Error(`${file}: ${z.prettifyError(accepted.error)}`);
  return accepted.data;
}

/** Grants without use, and acceptances that meet none. */
export function judged(reports: readonly RoleReport[], accepted: readonly AcceptedGrant[]): { readonly unused: readonly UnusedGrant[]; readonly stale: readonly AcceptedGrant[] } {
  const met = new Set<AcceptedGrant>();
  const acceptances = accepted.map((one) => ({ one, role: picomatch(one.role), resource: picomatch(one.resource, { bash: true }) }));
  const unused = reports.flatMap(({ role, grants }) =>
    grants
      .filter(({ times }) => times === 0)
      .map(({ action, resource }) => {
        const found = acceptances.find(({ one, ...fits }) => one.actions.includes(action) && fits.role(role) && (one.resource === '**' || fits.resource(resource)));
        if (found) met.add(found.one);
        return { role, action, resource, reason: found?.one.reason };
      }),
  );
  return { unused, stale: accepted.filter((one) => !met.has(one)) };
}
