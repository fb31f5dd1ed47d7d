import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import cdkJson from '../../cdk.json';
import { website } from '../../stages/environments';
import { websiteApp } from '../website-app';
import { acknowledgementsIn } from './acknowledged';
import { DECISIONS } from './decisions';
import { findingsDocument } from './document';
import { furtherFindings } from './packs';

const DOCUMENT = join(__dirname, '../../docs/findings.md');

/** `npm run findings`: writes docs/findings.md anew. The artefacts of `npm run build` have to be there. */
const outdir = mkdtempSync(join(tmpdir(), 'findings-'));
try {
  const app = websiteApp(website, { outdir, context: cdkJson.context });
  const findings = { acknowledged: acknowledgementsIn(app), further: furtherFindings(app), decisions: DECISIONS };
  writeFileSync(DOCUMENT, findingsDocument(findings, readFileSync(DOCUMENT, { encoding: 'utf8', flag: 'a+' }), new Date().toISOString().slice(0, 10)));
  console.log(`${DOCUMENT}: ${findings.acknowledged.length} acknowledged, ${findings.further.length} rules of further packs`);
} finally {
  rmSync(outdir, { recursive: true, force: true });
}
