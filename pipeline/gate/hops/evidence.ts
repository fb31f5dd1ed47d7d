import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Evidence, Hop } from '../../../contracts/evidence';
import type { Arrivals } from './follow';

/** Below the step's folder; `buildspec-integ.yml` exports the file, and the pipeline keeps the folder with the run. */
const EVIDENCE_FILE = join('evidence', 'hops.json');

export const evidenceOf = (arrivals: readonly Arrivals[]): Evidence => ({ hops: arrivals.map(hopOf) });

function hopOf({ sink, lags, missing }: Arrivals): Hop {
  const median = lags[Math.ceil(lags.length / 2) - 1];
  return { from: sink.from, to: sink.to, sent: lags.length + missing.length, arrived: lags.length, p50: median, max: lags.at(-1), deadline: sink.deadlineSeconds };
}

export function writeEvidence(evidence: Evidence): void {
  mkdirSync('evidence', { recursive: true });
  writeFileSync(EVIDENCE_FILE, JSON.stringify(evidence));
}

/** The hops as lines of a table, for the log of the step. */
export function tableOf({ hops }: Evidence): string {
  const rows = [
    ['hop', 'arrived', 'p50', 'max', 'deadline'],
    ...hops.map(({ from, to, sent, arrived, p50, max, deadline }) => [`${from} → ${to}`, `${arrived} of ${sent}`, seconds(p50), seconds(max), `${deadline} s`]),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ')).join('\n');
}

const seconds = (milliseconds: number | undefined): string => (milliseconds === undefined ? '–' : `${(milliseconds / 1_000).toFixed(2)} s`);
