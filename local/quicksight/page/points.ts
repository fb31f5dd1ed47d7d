import type { Cell, Field, Visual, VisualData } from '../dashboards/model';
import type { Granularity } from '../definition/definition';
import { cellText } from './format';

export interface Series {
  readonly name: string;
  readonly field: Field;
  /** One a category. */
  readonly values: readonly (number | null)[];
}

export interface Points {
  readonly categories: readonly string[];
  readonly series: readonly Series[];
  /** How many categories are left out. */
  readonly left: number;
}

const LENGTHS: Readonly<Partial<Record<Granularity, number>>> = { SECOND: 1_000, MINUTE: 60_000, HOUR: 3_600_000, DAY: 86_400_000, WEEK: 7 * 86_400_000 };
/** Steps that are filled in at most: a longer time is drawn with its gaps. */
const MOST_STEPS = 5_000;

/** The rows of a chart as series over categories: one series a colour, always in the same order, or one a value. */
export function pointsOf(visual: Visual, { rows }: VisualData): Points {
  const { groups, values, colors, limit, look } = visual;
  const [category] = groups.length > colors ? groups : [];
  const color = colors > 0 ? groups.at(-1) : undefined;
  const at = groups.length;
  const seen = distinct(rows.map((row) => (category ? (row[0] ?? null) : '')));
  const steps = category && look.missing === 'ZERO' ? filled(seen, category) : seen;
  const shown = limit === undefined ? steps : steps.slice(0, limit);
  const places = new Map(shown.map((cell, index) => [cell, index]));
  const series = new Map<string, { readonly name: string; readonly field: Field; readonly values: (number | null)[] }>();
  const others = look.others === true && steps.length > shown.length;
  const gap = look.missing === 'ZERO' ? 0 : null;
  for (const row of rows) {
    const place = places.get(category ? (row[0] ?? null) : '') ?? (others ? shown.length : undefined);
    if (place === undefined) continue;
    values.forEach((field, index) => {
      const name = color ? `${cellText(row[groups.length - 1], color)}${values.length > 1 ? `, ${field.label}` : ''}` : field.label;
      const one = series.get(name) ?? { name, field, values: Array.from<number | null>({ length: shown.length + Number(others) }).fill(gap) };
      series.set(name, one);
      const value = row[at + index];
      if (typeof value === 'number') one.values[place] = place === shown.length ? (one.values[place] ?? 0) + value : value;
    });
  }
  return { categories: [...shown.map((cell) => (category ? cellText(cell, category) : '')), ...(others ? ['Other'] : [])], series: color ? [...series.values()].toSorted((one, other) => one.name.localeCompare(other.name)) : [...series.values()], left: others ? 0 : steps.length - shown.length };
}

const distinct = (cells: readonly Cell[]): Cell[] => [...new Set(cells)];

/** All steps of time from the first to the last, in which nothing happened included. */
function filled(cells: readonly Cell[], { granularity }: Field): Cell[] {
  const length = granularity && LENGTHS[granularity];
  const times = cells.map((cell) => new Date(String(cell)).getTime()).filter((time) => !Number.isNaN(time));
  const [first, last] = [Math.min(...times), Math.max(...times)];
  if (length === undefined || times.length < 2 || (last - first) / length > MOST_STEPS) return [...cells];
  return Array.from({ length: Math.round((last - first) / length) + 1 }, (_, index) => new Date(first + index * length).toISOString());
}
