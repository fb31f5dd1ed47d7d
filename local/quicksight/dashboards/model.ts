/** What the page's server answers. Moments are ISO 8601. */
import type { Granularity } from '../definition/definition';

/** `decimals`: at most two, unless said. `comma`: before the decimals, instead of a point. `scale`: none. */
export interface Format {
  readonly kind: 'number' | 'currency' | 'percent';
  readonly symbol?: string;
  readonly prefix?: string;
  readonly suffix?: string;
  readonly decimals?: number;
  /** @default a comma */
  readonly thousands?: 'COMMA' | 'DOT' | 'SPACE' | 'NONE';
  readonly comma?: boolean;
  readonly scale?: 'AUTO' | 'THOUSANDS' | 'MILLIONS' | 'BILLIONS' | 'TRILLIONS' | 'LAKHS' | 'CRORES';
}

export interface Field {
  readonly id: string;
  readonly column: { readonly dataSet: string; readonly name: string };
  readonly label: string;
  readonly kind: 'text' | 'number' | 'date';
  readonly granularity?: Granularity;
  readonly aggregation?: string;
  /** 0 to 100, instead of an aggregation. */
  readonly percentile?: number;
  readonly format?: Format;
}

export const DRAWN = ['KPIVisual', 'LineChartVisual', 'BarChartVisual', 'PieChartVisual', 'FunnelChartVisual', 'TableVisual'] as const;
export type DrawnType = (typeof DRAWN)[number];

export interface Visual {
  readonly id: string;
  readonly type: string;
  readonly title?: string;
  readonly subtitle?: string;
  /** What rows are grouped by, first the categories, then the colours. */
  readonly groups: readonly Field[];
  readonly values: readonly Field[];
  /** How many of the groups are colours. */
  readonly colors: number;
  /** How many of the values are targets: the last ones. */
  readonly targets: number;
  readonly sort: readonly { readonly fieldId: string; readonly descending: boolean }[];
  /** Most categories, or rows. */
  readonly limit?: number;
  readonly look: Look;
  /** Why it is not drawn. @default it is */
  readonly notDrawn?: string;
}

export interface Look {
  readonly horizontal?: boolean;
  readonly stacked?: 'STACKED' | 'STACKED_PERCENT';
  readonly area?: boolean;
  /** A pie with a hole. */
  readonly donut?: boolean;
  readonly categoryLabel?: string;
  readonly valueLabel?: string;
  readonly hideLegend?: boolean;
  readonly dataLabels?: boolean;
  /** A step in time of which there is no row. @default the line goes on to the next one */
  readonly missing?: 'ZERO' | 'BLANK';
  /** What is beyond the limit is one more category. */
  readonly others?: boolean;
  /** Rows as they are, not grouped. */
  readonly raw?: boolean;
}

/** On a grid of 36 columns. */
export interface Placed {
  readonly id: string;
  readonly column?: number;
  readonly columns: number;
  readonly row?: number;
  readonly rows: number;
}

export type Chosen =
  | { readonly kind: 'values'; readonly values: readonly string[] }
  | { readonly kind: 'range'; readonly from?: string; readonly to?: string }
  | { readonly kind: 'relative'; readonly type: 'PREVIOUS' | 'THIS' | 'LAST' | 'NOW' | 'NEXT'; readonly granularity: Granularity; readonly amount?: number };

export interface Control {
  readonly id: string;
  readonly filterId: string;
  readonly title: string;
  readonly several: boolean;
  /** What the definition itself chooses; nothing where it leaves nothing out. */
  readonly chosen?: Chosen;
  readonly kind: Chosen['kind'];
}

export interface Sheet {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly visuals: readonly Visual[];
  readonly texts: readonly { readonly id: string; readonly text: string }[];
  readonly controls: readonly Control[];
  readonly layout: readonly Placed[];
}

export interface DashboardSummary {
  readonly account: string;
  readonly region: string;
  readonly id: string;
  readonly name: string;
  readonly publishedAt: string;
}

export interface ShownDashboard extends DashboardSummary {
  readonly version: number;
  readonly sheets: readonly Sheet[];
}

export type Cell = string | number | null;

/** The rows of one visual: first its groups, then its values. */
export interface VisualData {
  readonly rows: readonly (readonly Cell[])[];
  /** There would be more. */
  readonly cut: boolean;
  /** When the data was read: of SPICE, when it was ingested. Absent while nothing has been. */
  readonly asOf?: string;
  readonly mode: 'SPICE' | 'DIRECT_QUERY';
  /** Why the data is older than it was meant to be. */
  readonly stale?: string;
}

export interface Problem {
  readonly detail: string;
}
