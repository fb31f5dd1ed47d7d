import type { Cell, Field, Format } from '../dashboards/model';

const SCALES = { THOUSANDS: [1e3, 'K'], MILLIONS: [1e6, 'M'], BILLIONS: [1e9, 'B'], TRILLIONS: [1e12, 'T'], LAKHS: [1e5, 'L'], CRORES: [1e7, 'Cr'] } as const;
const THOUSANDS = { COMMA: ',', DOT: '.', SPACE: ' ', NONE: '' } as const;

/** A number as its field wants it written. */
export function numberText(value: number, { kind = 'number', symbol, prefix = '', suffix = '', decimals, scale, thousands = 'COMMA', comma = false }: Partial<Format> = {}): string {
  const [divisor, letter] = scaleOf(value, scale);
  const scaled = (kind === 'percent' ? value * 100 : value) / divisor;
  const most = decimals ?? (kind === 'currency' ? 2 : Math.abs(scaled) >= 1_000 ? 0 : 2);
  const digits = new Intl.NumberFormat('en', { minimumFractionDigits: decimals ?? (kind === 'currency' ? 2 : 0), maximumFractionDigits: most })
    .formatToParts(scaled)
    .map(({ type, value: part }) => (type === 'group' ? THOUSANDS[thousands] : type === 'decimal' && comma ? ',' : part))
    .join('');
  const unit = symbol === undefined ? '' : /^[A-Z]{3}$/.test(symbol) ? `${symbol} ` : symbol;
  return `${prefix}${unit}${digits}${letter}${kind === 'percent' ? '%' : ''}${suffix}`;
}

function scaleOf(value: number, scale: Format['scale']): readonly [divisor: number, letter: string] {
  if (scale === undefined) return [1, ''];
  if (scale !== 'AUTO') return SCALES[scale];
  const size = Math.abs(value);
  return [SCALES.TRILLIONS, SCALES.BILLIONS, SCALES.MILLIONS, SCALES.THOUSANDS].find(([divisor]) => size >= divisor) ?? [1, ''];
}

/** Short, for axes, whose label has the unit. */
export const axisText = (value: number): string => new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 2 }).format(value);

const DATES: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  YEAR: { year: 'numeric' },
  QUARTER: { year: 'numeric', month: 'short' },
  MONTH: { year: 'numeric', month: 'short' },
  WEEK: { year: 'numeric', month: 'short', day: 'numeric' },
  DAY: { year: 'numeric', month: 'short', day: 'numeric' },
  HOUR: { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' },
  MINUTE: { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' },
  SECOND: { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' },
};

/** A moment in UTC, as precise as its field is. */
export function dateText(iso: string, granularity = 'SECOND'): string {
  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? iso : new Intl.DateTimeFormat('en-GB', { ...(DATES[granularity] ?? DATES['SECOND']), timeZone: 'UTC', hourCycle: 'h23' }).format(at);
}

/** What a reader sees of a cell; of nothing, a dash. */
export function cellText(cell: Cell | undefined, field: Field): string {
  if (cell === null || cell === undefined) return '–';
  if (typeof cell === 'number') return numberText(cell, field.format);
  return field.kind === 'date' || /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(cell) ? dateText(cell, field.granularity) : cell;
}

/** When something was, for people here. */
export const momentText = (iso: string): string => new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }).format(new Date(iso));
