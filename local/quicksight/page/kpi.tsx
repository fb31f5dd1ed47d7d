import type { Cell, Visual, VisualData } from '../dashboards/model';
import { cellText, numberText } from './format';

/** One number. Over times it is the newest one's, beside the one before and a line of them all. */
export function Kpi({ visual: { groups, values, targets }, data: { rows } }: { readonly visual: Visual; readonly data: VisualData }) {
  const [field] = values;
  const [newest, before] = rows;
  if (!field) return null;
  const at = groups.length;
  const value = newest?.[at];
  const target = targets > 0 ? newest?.[at + 1] : undefined;
  const compared = target ?? (groups.length > 0 ? before?.[at] : undefined);
  const trend = rows.map((row) => row[at]).filter((cell) => typeof cell === 'number').toReversed();
  return (
    <div class="kpi">
      <p class="value">{cellText(value, field)}</p>
      {typeof value === 'number' && typeof compared === 'number' && <Change value={value} compared={compared} word={target === undefined ? 'before' : 'target'} shown={cellText(compared, field)} />}
      {groups.length > 0 && trend.length > 1 && <Spark values={trend} />}
    </div>
  );
}

function Change({ value, compared, word, shown }: { readonly value: number; readonly compared: number; readonly word: string; readonly shown: Cell }) {
  const change = compared === 0 ? undefined : (value - compared) / Math.abs(compared);
  return (
    <p class="faint">
      {change !== undefined && <span class={change < 0 ? 'bad' : 'good'}>{change < 0 ? '▼' : '▲'} {numberText(Math.abs(change), { kind: 'percent', decimals: 1 })}</span>} {word} {shown}
    </p>
  );
}

const [WIDTH, HEIGHT] = [240, 40];

function Spark({ values }: { readonly values: readonly number[] }) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const points = values.map((value, index) => `${(index / (values.length - 1)) * WIDTH},${HEIGHT - 2 - ((value - low) / (high - low || 1)) * (HEIGHT - 4)}`);
  return (
    <svg class="spark" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      <polyline points={points.join(' ')} />
    </svg>
  );
}
