import * as z from 'zod';
import type { AcceptedFinding } from './accepted';
import { npmJson } from './npm';

export interface Finding {
  readonly id: string;
  readonly package: string;
  readonly severity: string;
  readonly title: string;
}

/** A registry without an audit, or none that can be reached, answers nothing: that is neither good nor bad news. */
export type Audit = { readonly audited: true; readonly findings: readonly Finding[] } | { readonly audited: false; readonly reason: string };

const Advisory = z.object({ name: z.string(), title: z.string(), url: z.string(), severity: z.string() });
const Report = z.object({ vulnerabilities: z.record(z.string(), z.object({ via: z.array(z.union([z.string(), Advisory])) })) });
const Refusal = z.object({ message: z.string() });

/**
 * Asks the registry what is known of the packages in package-lock.json.
 * @param registry by default npm's configured one
 * @throws Error when the audit began and did not come to an end
 */
export async function auditPackages(registry?: string): Promise<Audit> {
  const answer = await npmJson('audit', '--json', ...(registry === undefined ? [] : [`--registry=${registry}`]));
  const report = Report.safeParse(answer);
  if (!report.success) {
    const refusal = Refusal.safeParse(answer);
    if (refusal.success) return { audited: false, reason: refusal.data.message };
    throw new Error(`npm audit answered neither with a report nor with a refusal: ${JSON.stringify(answer)}`);
  }
  // A package that depends on one with a finding names it; the finding itself stands with the one that has it.
  const advisories = Object.values(report.data.vulnerabilities).flatMap(({ via }) => via.filter((cause) => typeof cause !== 'string'));
  const findings = advisories.map(({ name, title, url, severity }) => ({ id: url.split('/').at(-1) ?? url, package: name, severity, title }));
  return { audited: true, findings: [...new Map(findings.map((finding) => [`${finding.id} ${finding.package}`, finding])).values()] };
}

/** @param today `2026-11-26` @returns what has to be mended, each as a sentence */
export function complaintsOf(audit: Audit, accepted: readonly AcceptedFinding[], today: string): string[] {
  const isOf = (entry: AcceptedFinding, finding: Finding): boolean => entry.id === finding.id && entry.package === finding.package;
  const expired = accepted.filter(({ until }) => until <= today).map(({ id, package: name, until }) => `${id} in ${name} was accepted until ${until}`);
  if (!audit.audited) return expired;
  const open = audit.findings.filter((finding) => !accepted.some((entry) => isOf(entry, finding)));
  const stale = accepted.filter((entry) => !audit.findings.some((finding) => isOf(entry, finding)));
  return [
    ...open.map(({ id, package: name, severity, title }) => `${id} in ${name} (${severity}): ${title}`),
    ...expired,
    ...stale.map(({ id, package: name }) => `${id} in ${name} is accepted and no longer found: take it from the list`),
  ];
}
