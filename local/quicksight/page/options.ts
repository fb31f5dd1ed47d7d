import type { BarSeriesOption, FunnelSeriesOption, LineSeriesOption, PieSeriesOption } from 'echarts/charts';
import type { AriaComponentOption, GridComponentOption, LegendComponentOption, TooltipComponentOption } from 'echarts/components';
import type { ComposeOption } from 'echarts/core';
import type { Visual } from '../dashboards/model';
import type { Colours } from './colours';
import { axisText, numberText } from './format';
import type { Points, Series } from './points';

export type Options = ComposeOption<BarSeriesOption | LineSeriesOption | PieSeriesOption | FunnelSeriesOption | AriaComponentOption | GridComponentOption | LegendComponentOption | TooltipComponentOption>;

/** How a chart is drawn from its points. */
export function optionsOf(visual: Visual, points: Points, colours: Colours): Options {
  const { type } = visual;
  if (type === 'PieChartVisual') return { ...common(colours, true), ...pie(visual, points, colours) };
  if (type === 'FunnelChartVisual') return { ...common(colours, false), ...funnel(points, colours) };
  return { ...common(colours, points.series.length > 1 && visual.look.hideLegend !== true), ...overAxes(visual, points, colours) };
}

const common = ({ ink, faint, surface, line, series }: Colours, legend: boolean): Options => ({
  color: [...series],
  animation: false,
  aria: { enabled: true },
  textStyle: { fontFamily: 'system-ui, sans-serif', color: ink },
  tooltip: tooltip({ ink, surface, line }),
  ...(legend && { legend: { type: 'scroll', bottom: 0, icon: 'roundRect', itemWidth: 10, itemHeight: 10, textStyle: { color: ink }, pageTextStyle: { color: faint }, pageIconColor: faint } }),
});

/** The page's security policy allows no HTML with styles in it. */
const tooltip = ({ ink, surface, line }: Pick<Colours, 'ink' | 'surface' | 'line'>): TooltipComponentOption => ({ renderMode: 'richText', confine: true, backgroundColor: surface, borderColor: line, textStyle: { color: ink, fontSize: 12 } });

const written = ({ field }: Series, value: unknown): string => (typeof value === 'number' ? numberText(value, field.format) : '–');

function overAxes({ type, look, groups, values, colors }: Visual, { categories, series }: Points, colours: Colours): Options {
  const { ink, faint, line: ruled } = colours;
  const isLine = type === 'LineChartVisual';
  const name = (said: string | undefined, label: string | undefined): string => said ?? label ?? '';
  const text = { color: faint, fontSize: 11 };
  const category = {
    type: 'category' as const,
    data: [...categories],
    name: look.categoryLabel ?? '',
    nameLocation: 'middle' as const,
    nameGap: 28,
    nameTextStyle: text,
    boundaryGap: !isLine,
    inverse: look.horizontal === true,
    axisLabel: { ...text, hideOverlap: true, ...(look.horizontal === true && { width: 130, overflow: 'truncate' as const }) },
    axisLine: { lineStyle: { color: ruled } },
    axisTick: { show: false },
  };
  const value = {
    type: 'value' as const,
    name: name(look.valueLabel, colors > 0 || values.length === 1 ? values[0]?.label : undefined),
    nameLocation: look.horizontal === true ? ('middle' as const) : ('end' as const),
    nameGap: look.horizontal === true ? 24 : 10,
    nameTextStyle: { ...text, align: look.horizontal === true ? ('center' as const) : ('left' as const) },
    max: look.stacked === 'STACKED_PERCENT' ? 100 : undefined,
    splitNumber: 4,
    axisLabel: { ...text, formatter: (amount: number) => (look.stacked === 'STACKED_PERCENT' ? `${amount}%` : axisText(amount)) },
    splitLine: { lineStyle: { color: ruled } },
  };
  const totals = categories.map((_, index) => series.reduce((sum, one) => sum + (one.values[index] ?? 0), 0));
  const data = (one: Series): (number | null)[] => (look.stacked === 'STACKED_PERCENT' ? one.values.map((amount, index) => (amount === null ? null : (100 * amount) / (totals[index] || 1))) : [...one.values]);
  const drawn = series.map((one) => {
    const shared = { name: one.name, data: data(one), stack: look.stacked === undefined ? undefined : 'all', label: { show: look.dataLabels === true, color: ink, position: look.horizontal === true ? ('right' as const) : ('top' as const), formatter: ({ dataIndex }: { dataIndex: number }) => written(one, one.values[dataIndex]) }, tooltip: { valueFormatter: (_: unknown, index: number) => written(one, one.values[index]) } };
    return isLine
      ? ({ type: 'line', ...shared, showSymbol: categories.length <= 2, symbolSize: 6, lineStyle: { width: 2 }, connectNulls: look.missing === undefined, ...((look.area === true || look.stacked !== undefined) && { areaStyle: { opacity: 0.25 } }) } satisfies LineSeriesOption)
      : ({ type: 'bar', ...shared, barMaxWidth: 36, itemStyle: { borderRadius: look.horizontal === true ? [0, 3, 3, 0] : [3, 3, 0, 0] } } satisfies BarSeriesOption);
  });
  const hasCategoryName = (look.categoryLabel ?? '') !== '' && groups.length > 0;
  const legend = series.length > 1 && look.hideLegend !== true;
  return {
    grid: { left: 8, right: 20, top: look.horizontal === true || value.name === '' ? 12 : 32, bottom: (legend ? 30 : 4) + (hasCategoryName || (look.horizontal === true && value.name !== '') ? 24 : 0), containLabel: true },
    xAxis: look.horizontal === true ? value : category,
    yAxis: look.horizontal === true ? category : value,
    tooltip: { ...tooltip(colours), trigger: 'axis', axisPointer: { type: isLine ? 'line' : 'shadow' } },
    series: drawn,
  };
}

const named = ({ categories, series: [first] }: Points): { name: string; value: number }[] => categories.map((name, index) => ({ name, value: first?.values[index] ?? 0 }));

/** Its legend has the names. */
function pie({ look }: Visual, points: Points, { ink, surface }: Colours): Options {
  const [first] = points.series;
  return {
    series: [
      {
        type: 'pie',
        name: first?.name,
        data: named(points),
        center: ['50%', '46%'],
        radius: look.donut === true ? ['42%', '72%'] : ['0%', '72%'],
        itemStyle: { borderColor: surface, borderWidth: 2 },
        label: { color: ink, formatter: ({ percent = 0 }) => numberText(percent / 100, { kind: 'percent', decimals: 0 }), fontSize: 12 },
        labelLine: { length: 6, length2: 4 },
        labelLayout: { hideOverlap: true },
        tooltip: { valueFormatter: (value: unknown) => (first ? written(first, value) : '') },
      },
    ],
  };
}

/** Each step with its part of the largest one, in words beside it: a narrow step has no room for them. */
function funnel(points: Points, { ink, surface, line: ruled }: Colours): Options {
  const [first] = points.series;
  const data = named(points);
  const most = Math.max(0, ...data.map(({ value }) => value));
  return {
    series: [
      {
        type: 'funnel',
        name: first?.name,
        data,
        sort: 'none',
        left: '2%',
        right: '44%',
        top: 8,
        bottom: 8,
        minSize: '12%',
        gap: 2,
        itemStyle: { borderColor: surface, borderWidth: 1 },
        labelLine: { length: 10, lineStyle: { color: ruled } },
        label: { show: true, position: 'right', color: ink, fontSize: 12, formatter: ({ name, value }) => `${name}: ${first ? written(first, value) : ''}${most > 0 && typeof value === 'number' ? ` (${numberText(value / most, { kind: 'percent', decimals: 0 })})` : ''}` },
        tooltip: { valueFormatter: (value: unknown) => (first ? written(first, value) : '') },
      },
    ],
  };
}
