import { createServer } from 'node:http';
import manifest from '../../../package.json';
import { ACCEPTED_FINDINGS } from '../../../pipeline/dependencies/accepted';
import { auditPackages, complaintsOf } from '../../../pipeline/dependencies/audit';
import type { Audit } from '../../../pipeline/dependencies/audit';
import { refusedLicences } from '../../../pipeline/dependencies/licences';
import { inexactVersions } from '../../../pipeline/dependencies/versions';
import { serve } from '../../support/http';

const advisory = { id: 1, url: 'https://github.com/advisories/GHSA-aaaa-bbbb-cccc', title: 'Prints what it should not', severity: 'moderate', vulnerable_versions: '<999', cwe: [], cvss: { score: 5, vectorString: null } };
const found: Audit = { audited: true, findings: [{ id: 'GHSA-aaaa-bbbb-cccc', package: 'preact', severity: 'moderate', title: advisory.title }] };
const accepted = { id: 'GHSA-aaaa-bbbb-cccc', package: 'preact', reason: 'No such page here', since: '2026-11-01', until: '2026-12-01' };

const version = manifest.dependencies.preact;
const preact = { name: 'preact', 'dist-tags': { latest: version }, versions: { [version]: { name: 'preact', version, dist: {} } } };

/** A registry's audit, which npm itself asks; with a finding it looks at the versions of the package too. */
async function registry(status: number, body: unknown): Promise<Audit> {
  const server = await serve(createServer(({ method }, response) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(method === 'GET' ? preact : body))));
  try {
    return await auditPackages(server.url.href);
  } finally {
    await server.close();
  }
}

describe('the audit', () => {
  test('finds what the registry knows of an installed package', async () => {
    expect(await registry(200, { preact: [advisory] })).toEqual(found);
    expect(await registry(200, {})).toEqual({ audited: true, findings: [] });
  });

  test('says that it was none where the registry has none, or cannot be reached', async () => {
    expect(await registry(405, {})).toEqual({ audited: false, reason: expect.stringContaining('405') });
    expect(await auditPackages('http://127.0.0.1:9')).toEqual({ audited: false, reason: expect.stringContaining('ECONNREFUSED') });
  });

  test('complains of every finding that nobody has accepted', () => {
    expect(complaintsOf(found, [], '2026-11-26')).toEqual(['GHSA-aaaa-bbbb-cccc in preact (moderate): Prints what it should not']);
    expect(complaintsOf(found, [{ ...accepted, package: 'zod' }], '2026-11-26')).toHaveLength(2);
    expect(complaintsOf(found, [accepted], '2026-11-26')).toEqual([]);
  });

  test('complains of an acceptance that has expired, audited or not, and of one that no longer finds anything', () => {
    expect(complaintsOf(found, [accepted], '2026-12-01')).toEqual(['GHSA-aaaa-bbbb-cccc in preact was accepted until 2026-12-01']);
    expect(complaintsOf({ audited: false, reason: 'away' }, [accepted], '2026-12-01')).toHaveLength(1);
    expect(complaintsOf({ audited: true, findings: [] }, [accepted], '2026-11-26')).toEqual(['GHSA-aaaa-bbbb-cccc in preact is accepted and no longer found: take it from the list']);
    expect(complaintsOf({ audited: false, reason: 'away' }, [accepted], '2026-11-26')).toEqual([]);
  });

  test('knows a reason and two dates of each acceptance, no longer than half a year apart', () => {
    for (const { reason, since, until } of ACCEPTED_FINDINGS) {
      expect(reason).not.toBe('');
      expect(Date.parse(until) - Date.parse(since)).toBeLessThan(184 * 24 * 3_600_000);
    }
  });
});

describe('licences', () => {
  const refused = (...licenses: object[]): string[] => refusedLicences([{ name: 'thing', version: '1.0.0', purl: 'pkg:npm/thing@1.0.0', licenses: licenses as never }]);

  test.each(['MIT', 'Apache-2.0', '(MIT OR GPL-3.0-or-later)', '(MIT AND Zlib)'])('%s asks for nothing but a notice', (expression) => {
    expect(refused({ expression })).toEqual([]);
  });

  test.each(['GPL-3.0-only', 'AGPL-3.0-only', 'MPL-2.0', '(MIT AND GPL-2.0-only)', 'SEE LICENSE IN LICENSE.txt', 'UNLICENSED'])('%s is refused', (expression) => {
    expect(refused({ expression })).toEqual([`thing 1.0.0 is under ${expression}`]);
  });

  test('none at all is refused', () => {
    expect(refused()).toEqual(['thing 1.0.0 names no licence']);
  });
});

test('every dependency is one exact version', () => {
  expect(inexactVersions(manifest)).toEqual([]);
  expect(inexactVersions({ dependencies: { a: '^1.0.0', b: 'latest' }, devDependencies: { c: '1.0.0', d: '1.0.0-rc.1', e: '1.x' } })).toEqual(['a ^1.0.0 is not one version', 'b latest is not one version', 'e 1.x is not one version']);
});
