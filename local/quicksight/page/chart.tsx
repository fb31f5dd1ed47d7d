import { BarChart, FunnelChart, LineChart, PieChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use, type EChartsType } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { Visual, VisualData } from '../dashboards/model';
import { useColours } from './colours';
import { optionsOf } from './options';
import { pointsOf } from './points';

use([BarChart, FunnelChart, LineChart, PieChart, AriaComponent, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);

/** A chart that stays while its data changes, and follows the size of its place. */
export function Chart({ visual, data }: { readonly visual: Visual; readonly data: VisualData }) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | undefined>(undefined);
  const colours = useColours();
  // The same rows are the same picture: it is not drawn anew.
  const rows = JSON.stringify(data.rows);
  const points = useMemo(() => pointsOf(visual, data), [visual, rows]);

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
  useEffect(() => chart.current?.setOption(optionsOf(visual, points, colours), { notMerge: true }), [visual, points, colours]);

  return (
    <>
      <div ref={place} class="chart" data-drawn={points.series.length} />
      {points.left > 0 && <p class="faint small">{points.left} more are left out.</p>}
    </>
  );
}
