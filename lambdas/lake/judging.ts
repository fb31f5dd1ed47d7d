import type { RunSummary } from './run-summary';

/** How many a day has elsewhere: of what came long enough before the run began for the job to have seen it, and of all there is by now. */
export interface Count {
  readonly least: number;
  readonly most: number;
}

/** What is known of the days of a run from elsewhere, by day. */
export interface Counted {
  /** Different clicks in the raw zone; absent where Athena cannot read it, because a file is damaged. */
  readonly rawClicks?: ReadonlyMap<string, Count>;
  /** Orders in the table of orders. */
  readonly orders: ReadonlyMap<string, Count>;
}

/** Why what a run made of its days is not to be published; nothing where it is. */
export function faultsOf({ tables, days, clicks, orders }: RunSummary, counted: Counted): string[] {
  const faults: string[] = [];
  for (const [name, { lines, read }] of Object.entries({ clicks, orders })) {
    if (read !== lines) faults.push(`The raw zone has ${lines} lines of ${name}, and the job read ${read}.`);
  }
  for (const day of days) {
    const made = tables[day];
    if (!made) {
      faults.push(`${day} was not made.`);
      continue;
    }
    for (const name of ['clicks', 'orders'] as const) {
      const { rows, distinct, nulls } = made[name];
      if (distinct !== rows) faults.push(`${day} has ${rows} rows of ${name}, of which only ${distinct} have an id of their own.`);
      if (nulls > 0) faults.push(`${day} has ${nulls} values missing in ${name} that no event goes without.`);
    }
    if (counted.rawClicks) faults.push(...lacking(day, 'clicks', { found: made.clicks.rows, expected: counted.rawClicks.get(day) ?? NONE, faulty: clicks.faulty, source: 'the raw zone' }));
    faults.push(...lacking(day, 'orders', { found: made.orders.rows, expected: counted.orders.get(day) ?? NONE, faulty: orders.faulty, source: 'the table of orders' }));
  }
  return faults;
}

const NONE: Count = { least: 0, most: 0 };

interface Compared {
  readonly found: number;
  readonly expected: Count;
  /** Lines that are no events, and may be what is missing. */
  readonly faulty: number;
  readonly source: string;
}

function lacking(day: string, name: string, { found, expected, faulty, source }: Compared): string[] {
  const { least, most } = expected;
  if (found <= most && found >= least - faulty) return [];
  const but = faulty > 0 ? `, and only ${faulty} lines were put aside` : '';
  return [`${day} has ${found} ${name}, where ${source} has ${found > most ? most : `at least ${least}`}${but}.`];
}
