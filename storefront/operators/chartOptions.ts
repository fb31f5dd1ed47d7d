import type { BarSeriesOption } from 'echarts/charts';
import type { GridComponentOption, LegendComponentOption, TooltipComponentOption } from 'echarts/components';
import type { ComposeOption } from 'echarts/core';
import type { BucketSize } from './buckets';
import type { Colours } from './colours';
import { bucketWords, mark, tick } from './numberWords';

export type Options = ComposeOption<BarSeriesOption | GridComponentOption | LegendComponentOption | TooltipComponentOption>;

/** One value for each bucket. */
export interface Series {
  readonly name: string;
  readonly values: readonly number[];
  /** The same, each with its unit. */
  readonly words: readonly string[];
}

export interface Course {
  readonly size: BucketSize;
  readonly buckets: readonly { readonly from: Date; readonly to: Date }[];
  readonly series: readonly Series[];
  /** What its values are counted in. */
  readonly unit: string;
  /** There is nothing between one and the next. @default false */
  readonly whole?: boolean;
}

/** How a course over time is drawn: a bar for each bucket. */
export function optionsOf({ size, buckets, series, unit, whole }: Course, { ink, faint, line, surface, accent, focus, good }: Colours): Options {
  const text = { color: faint, fontSize: 11 };
  const several = series.length > 1;
  return {
    color: [accent, focus, good],
    animation: false,
    textStyle: { fontFamily: 'system-ui, sans-serif', color: ink },
    // The page's security policy allows no HTML with styles in it.
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, renderMode: 'richText', confine: true, backgroundColor: surface, borderColor: line, textStyle: { color: ink, fontSize: 12 } },
    ...(several && { legend: { bottom: 0, icon: 'roundRect', itemWidth: 10, itemHeight: 10, textStyle: { color: ink } } }),
    grid: { left: 4, right: 12, top: 30, bottom: several ? 30 : 4, containLabel: true },
    xAxis: {
      type: 'category',
      data: buckets.map((bucket) => bucketWords(bucket, size)),
      axisLabel: { ...text, interval: (index) => tickAt(buckets, index, size) !== '', formatter: (_, index) => tickAt(buckets, index, size), hideOverlap: true },
      axisLine: { lineStyle: { color: line } },
      axisTick: { show: false },
    },
    yAxis: {
      type: 'value',
      name: unit,
      nameTextStyle: { ...text, align: 'left' },
      nameGap: 12,
      splitNumber: 3,
      ...(whole && { minInterval: 1 }),
      axisLabel: { ...text, formatter: mark },
      splitLine: { lineStyle: { color: line } },
    },
    series: series.map(({ name, values, words }) => ({
      type: 'bar',
      name,
      data: [...values],
      barMaxWidth: 28,
      barCategoryGap: buckets.length > 60 ? '10%' : '25%',
      tooltip: { valueFormatter: (_, index) => words[index] ?? '' },
    })),
  };
}

function tickAt(buckets: Course['buckets'], index: number, size: BucketSize): string {
  const bucket = buckets[index];
  return bucket ? tick(bucket.from, size) : '';
}
