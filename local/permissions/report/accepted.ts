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

/** A grant, and why it stays though nobody uses it here. */
export interface JudgedGrant extends Grant {
  readonly role: string;
  /** @default it is for use */
  readonly accepted?: string;
}

/** Grants that stay though nobody uses them here, with their reasons; none when there is no file. */
export function readAccepted(file: string): AcceptedGrant[] {
  if (!existsSync(file)) return [];
  const accepted = z.array(AcceptedGrant).safeParse(parse(readFileSync(file, 'utf8')));
  if (!accepted.success) throw new Error(`${file}: ${z.prettifyError(accepted.error)}`);
  return accepted.data;
}

/** Every grant with what was accepted of it, and acceptances that meet none. One may be in use now and then: failures come by chance. */
export function judged(reports: readonly RoleReport[], accepted: readonly AcceptedGrant[]): { readonly grants: readonly JudgedGrant[]; readonly stale: readonly AcceptedGrant[] } {
  const met = new Set<AcceptedGrant>();
  const acceptances = accepted.map((one) => ({ one, role: picomatch(one.role), resource: picomatch(one.resource, { bash: true }) }));
  const grants = reports.flatMap(({ role, grants: granted }) =>
    granted.map((grant) => {
      const found = acceptances.find(({ one, ...fits }) => one.actions.includes(grant.action) && fits.role(role) && (one.resource === '**' || fits.resource(grant.resource)));
      if (found) met.add(found.one);
      return { ...grant, role, accepted: found?.one.reason };
    }),
  );
  return { grants, stale: accepted.filter((one) => !met.has(one)) };
}
