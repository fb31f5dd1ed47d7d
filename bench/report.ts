/** What a ratio should be at most or at least. */
export type Aim = { readonly atMost: number } | { readonly atLeast: number };

export interface Ratio {
  readonly value: number;
  /** `×` for times, `%` for a share of one, `s` for plain seconds. */
  readonly unit: '×' | '%' | 's';
  /** @default nothing is aimed at */
  readonly aim?: Aim;
}

export interface Row {
  readonly what: string;
  /** By heading, which names the unit. */
  readonly figures: Readonly<Record<string, number>>;
  /** @default the row is what others are compared with, or only told */
  readonly ratio?: Ratio;
}

/** What one part of the bench found out. */
export interface Section {
  readonly title: string;
  readonly rows: readonly Row[];
  /** What was compared with what, and how. */
  readonly notes: readonly string[];
}

const WRITTEN: Readonly<Record<Ratio['unit'], (value: number) => string>> = {
  '×': (value) => `× ${value.toFixed(2)}`,
  '%': (value) => `${(value * 100).toFixed(1)} %`,
  s: (value) => `${value.toFixed(1)} s`,
};

const isMet = (value: number, aim: Aim): boolean => ('atMost' in aim ? value <= aim.atMost : value >= aim.atLeast);

/** Prints a section as a table, the aim beside each ratio, and its notes below. */
export function print({ title, rows, notes }: Section): void {
  const headings = [...new Set(rows.flatMap(({ figures }) => Object.keys(figures)))];
  const lines = [['', ...headings, 'ratio', 'aim', ''], ...rows.map((row) => cells(row, headings))];
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
  const aligned = (cell: string, column: number): string => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0));
  console.log(`\n${title}\n`);
  for (const line of lines) console.log(`  ${line.map(aligned).join('   ').trimEnd()}`);
  console.log();
  for (const note of notes) console.log(`  ${note}`);
}

function cells({ what, figures, ratio }: Row, headings: readonly string[]): string[] {
  const numbers = headings.map((heading) => figures[heading]?.toFixed(1) ?? '');
  if (!ratio) return [what, ...numbers, '', '', ''];
  const written = WRITTEN[ratio.unit];
  if (!ratio.aim) return [what, ...numbers, written(ratio.value), '', ''];
  const aim = 'atMost' in ratio.aim ? `≤ ${written(ratio.aim.atMost)}` : `≥ ${written(ratio.aim.atLeast)}`;
  return [what, ...numbers, written(ratio.value), aim, isMet(ratio.value, ratio.aim) ? 'met' : 'missed'];
}
