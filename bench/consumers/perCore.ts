const MEASURED_MS = 500;

/** How many events a second of processor time `work` gets through, each time as many as it says: a busy machine counts less so. */
export async function perCore(work: () => Promise<number>): Promise<number> {
  const before = process.cpuUsage();
  let events = 0;
  // oxlint-disable-next-line no-await-in-loop -- one core: one after the other
  for (const start = performance.now(); performance.now() - start < MEASURED_MS;) events += await work();
  const { user, system } = process.cpuUsage(before);
  return events / ((user + system) / 1_000_000);
}
