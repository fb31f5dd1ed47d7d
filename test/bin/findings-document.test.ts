import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { acknowledgementsIn } from '../../bin/findings/acknowledged';
import { DECISIONS } from '../../bin/findings/decisions';
import { findingsDocument } from '../../bin/findings/document';
import { furtherFindings } from '../../bin/findings/packs';
import { unsynthesized } from '../app/synthesized';

const written = readFileSync(join(__dirname, '../../docs/findings.md'), 'utf8');
const app = unsynthesized();
const further = furtherFindings(app);

test('docs/findings.md is what `npm run findings` writes', () => {
  expect(written).toBe(findingsDocument({ acknowledged: acknowledgementsIn(app), further, decisions: DECISIONS }, written, '1970-01-01'));
});

test('each rule of the further packs that finds something is decided on, and no other', () => {
  expect(Object.keys(DECISIONS).toSorted()).toEqual(further.map(({ rule }) => rule).toSorted());
});

test('a row keeps its date until it says something else', () => {
  const acknowledged = [{ finding: 'AwsSolutions-S1', where: 'Website-Pipeline/<environment>/Lake/Raw', why: 'Read by roles alone.' }];
  const first = findingsDocument({ acknowledged, further: [], decisions: {} }, '', '2026-01-01');
  expect(first).toContain('| `AwsSolutions-S1` | `<environment>/Lake/Raw` | Read by roles alone. | 2026-01-01 |');
  expect(findingsDocument({ acknowledged, further: [], decisions: {} }, first, '2026-02-02')).toBe(first);
  const other = acknowledged.map((one) => ({ ...one, why: 'Nobody reads it.' }));
  expect(findingsDocument({ acknowledged: other, further: [], decisions: {} }, first, '2026-02-02')).toContain('| Nobody reads it. | 2026-02-02 |');
});
