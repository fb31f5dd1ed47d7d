import type { Row } from '../report';

/** What an open page asked for, both ways, headers included. */
export interface Asked {
  readonly requests: number;
  readonly bytes: number;
  /** How often it asked for all of its visuals; those that were asked for once more count in part. */
  readonly refreshes: number;
}

/** Processor time of processes by their names, in milliseconds, and how long it was looked at. */
export interface Used {
  readonly cpu: ReadonlyMap<string, number>;
  readonly milliseconds: number;
}

/** After an answer the page waits so long before it asks again. */
export const EVERY_MS = 5_000;

/** What one refresh of all visuals costs: beyond what the same processes use while nobody looks, as a share of one core until the next. */
export function refreshRows({ requests, bytes, refreshes }: Asked, looking: Used, idle: Used): Row[] {
  const costs = [...looking.cpu].map(([process, used]) => [process, (used - ((idle.cpu.get(process) ?? 0) * looking.milliseconds) / idle.milliseconds) / refreshes] as const);
  const row = (what: string, cpu: number): Row => ({ what, figures: { 'CPU ms': cpu }, ratio: { value: cpu / EVERY_MS, unit: '%' } });
  return [
    { what: 'one refresh of all visuals', figures: { requests: requests / refreshes, KB: bytes / 1_000 / refreshes } },
    ...costs.map(([process, cpu]) => row(`its work in ${process}`, cpu)),
    row('its work in all of them', costs.reduce((sum, [, cpu]) => sum + cpu, 0)),
  ];
}
