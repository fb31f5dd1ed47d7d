import { BarChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { type EChartsType, init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'preact/hooks';
import { type Course, optionsOf } from './chartOptions';
import { useColours } from './colours';
import { bucketWords } from './numberWords';

use([BarChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);

/** A course over time as a picture, in a sentence, and as a table for who wants each number. */
export function Chart({ title, course }: { title: string; course: Course }) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | undefined>(undefined);
  const colours = useColours();
  useEffect(() => {
    if (!place.current) return undefined;
    const made = init(place.current);
    chart.current = made;
    const sized = new ResizeObserver(() => made.resize());
    sized.observe(place.current);
    return () => {
      sized.disconnect();
      made.dispose();
    };
  }, []);
  useEffect(() => chart.current?.setOption(optionsOf(course, colours), { notMerge: true }), [course, colours]);
  return (
    <>
      <div ref={place} class="chart" role="img" aria-label={inWords(title, course)} />
      <details>
        <summary>Each {course.size} in numbers</summary>
        <CourseTable title={title} course={course} />
      </details>
    </>
  );
}

function CourseTable({ title, course: { size, buckets, series } }: { title: string; course: Course }) {
  return (
    <table class="totals">
      <caption class="visually-hidden">
        {title} by {size}
      </caption>
      <thead>
        <tr>
          <th scope="col">When</th>
          {series.map(({ name }) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {buckets.map((bucket, index) => (
          <tr key={bucket.from.getTime()}>
            <th scope="row">{bucketWords(bucket, size)}</th>
            {series.map(({ name, words }) => (
              <td key={name}>{words[index]}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function inWords(title: string, { size, buckets, series }: Course): string {
  const peaks = series.map(({ name, values, words }) => {
    const most = values.indexOf(Math.max(...values));
    const when = buckets[most];
    return `${name}: at most ${words[most]}${when ? `, ${bucketWords(when, size)}` : ''}`;
  });
  return `${title} by ${size}. ${peaks.join('. ')}.`;
}
