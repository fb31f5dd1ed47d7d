import manifest from '../../package.json';
import { ACCEPTED_FINDINGS } from './accepted';
import { auditPackages, complaintsOf } from './audit';
import { lockedPackages } from './locked';
import { refusedLicences } from './licences';
import { inexactVersions } from './versions';

/** `npm run audit`: known findings in the packages, their licences, and whether each version is exact. */
async function main(): Promise<void> {
  const [audit, { components }] = await Promise.all([auditPackages(), lockedPackages()]);
  const complaints = [...complaintsOf(audit, ACCEPTED_FINDINGS, new Date().toISOString().slice(0, 10)), ...refusedLicences(components), ...inexactVersions(manifest)];
  // A registry that cannot be asked must not keep back a release, which may be the one that mends something.
  if (!audit.audited) console.warn(`NOT AUDITED: the registry says nothing of known findings (${audit.reason}).`);
  console.log(`${components.length} packages: ${audit.audited ? `${audit.findings.length} findings, ${ACCEPTED_FINDINGS.length} of them accepted` : 'not audited'}; licences and versions looked at.`);
  for (const complaint of complaints) console.error(complaint);
  process.exitCode = complaints.length > 0 ? 1 : 0;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
