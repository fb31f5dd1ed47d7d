import type { CfnDashboard } from 'aws-cdk-lib/aws-quicksight';
import type { DataSet } from './data-set';

type Granularity = 'MINUTE' | 'HOUR' | 'DAY';
type Aggregate = 'SUM' | 'AVERAGE' | 'COUNT' | 'DISTINCT_COUNT';

/** A column of a data set in one place of a visual. */
interface Field {
  readonly fieldId: string;
  readonly column: CfnDashboard.ColumnIdentifierProperty;
}
export interface Dimension extends Field {
  readonly dimension: CfnDashboard.DimensionFieldProperty;
}
export interface Measure extends Field {
  readonly measure: CfnDashboard.MeasureFieldProperty;
}

const fieldOf = (of: DataSet, columnName: string, use: string): Field => ({ fieldId: `${of.id}.${columnName}.${use}`, column: { dataSetIdentifier: of.id, columnName } });

/** Each value by itself. */
export function each<Column extends string>(of: DataSet<Column>, columnName: Column): Dimension {
  const field = fieldOf(of, columnName, 'each');
  const numerical = of.columns[columnName] === 'INTEGER' || of.columns[columnName] === 'DECIMAL';
  return { ...field, dimension: numerical ? { numericalDimensionField: field } : { categoricalDimensionField: field } };
}

/** Time in steps. */
export function every<Column extends string>(dateGranularity: Granularity, of: DataSet<Column>, columnName: Column): Dimension {
  const field = fieldOf(of, columnName, dateGranularity.toLowerCase());
  return { ...field, dimension: { dateDimensionField: { ...field, dateGranularity } } };
}

/** How many rows, or how many different values, a text column has. */
function counted<Column extends string>(aggregationFunction: 'COUNT' | 'DISTINCT_COUNT', of: DataSet<Column>, columnName: Column): Measure {
  const field = fieldOf(of, columnName, aggregationFunction.toLowerCase());
  return { ...field, measure: { categoricalMeasureField: { ...field, aggregationFunction } } };
}
export const count = <Column extends string>(of: DataSet<Column>, columnName: Column): Measure => counted('COUNT', of, columnName);
export const distinct = <Column extends string>(of: DataSet<Column>, columnName: Column): Measure => counted('DISTINCT_COUNT', of, columnName);

function computed<Column extends string>(aggregate: Aggregate, of: DataSet<Column>, columnName: Column, decimalPlaces: number): Measure {
  const field = fieldOf(of, columnName, aggregate.toLowerCase());
  const formatConfiguration = {
    formatConfiguration: { numberDisplayFormatConfiguration: { decimalPlacesConfiguration: { decimalPlaces }, separatorConfiguration: { thousandsSeparator: { symbol: 'SPACE', visibility: 'VISIBLE' } } } },
  };
  return { ...field, measure: { numericalMeasureField: { ...field, aggregationFunction: { simpleNumericalAggregation: aggregate }, formatConfiguration } } };
}
/** Money has two decimals, what is counted has none. */
export const sum = <Column extends string>(of: DataSet<Column>, columnName: Column): Measure => computed('SUM', of, columnName, of.columns[columnName] === 'DECIMAL' ? 2 : 0);
export const average = <Column extends string>(of: DataSet<Column>, columnName: Column): Measure => computed('AVERAGE', of, columnName, 2);

/** What every visual says of itself. */
export interface Caption {
  /** Of the dashboard: letters, digits and hyphens. */
  readonly id: string;
  readonly title: string;
  /** What its numbers are: `EUR`, `orders a minute`. */
  readonly unit: string;
}

const captioned = ({ id, title, unit }: Caption) => ({
  visualId: id,
  title: { visibility: 'VISIBLE', formatText: { plainText: title } },
  subtitle: { visibility: 'VISIBLE', formatText: { plainText: unit } },
});

const labelled = ({ fieldId, column }: Field, customLabel: string): CfnDashboard.ChartAxisLabelOptionsProperty => ({ axisLabelOptions: [{ customLabel, applyTo: { fieldId, column } }] });
const falling = ({ fieldId }: Field): CfnDashboard.FieldSortOptionsProperty[] => [{ fieldSort: { fieldId, direction: 'DESC' } }];
const atMost = (itemsLimit: number): CfnDashboard.ItemsLimitConfigurationProperty => ({ itemsLimit, otherCategories: 'EXCLUDE' });

/** One number. */
export const number = ({ of, ...caption }: Caption & { readonly of: Measure }): CfnDashboard.VisualProperty => ({
  kpiVisual: { ...captioned(caption), chartConfiguration: { fieldWells: { values: [of.measure] } } },
});

/** Lines over time. A step in which nothing happened counts as none of it. */
export const line = ({ of, over, ...caption }: Caption & { readonly of: readonly Measure[]; readonly over: Dimension }): CfnDashboard.VisualProperty => ({
  lineChartVisual: {
    ...captioned(caption),
    chartConfiguration: {
      type: 'LINE',
      fieldWells: { lineChartAggregatedFieldWells: { category: [over.dimension], values: of.map(({ measure }) => measure) } },
      sortConfiguration: { categorySort: [{ fieldSort: { fieldId: over.fieldId, direction: 'ASC' } }] },
      primaryYAxisDisplayOptions: { missingDataConfigurations: [{ treatmentOption: 'SHOW_AS_ZERO' }] },
      ...(of[0] && { primaryYAxisLabelOptions: labelled(of[0], caption.unit) }),
    },
  },
});

/** The largest first, and no more than `most` of them. */
export const bars = ({ of, by, most, ...caption }: Caption & { readonly of: Measure; readonly by: Dimension; readonly most: number }): CfnDashboard.VisualProperty => ({
  barChartVisual: {
    ...captioned(caption),
    chartConfiguration: {
      orientation: 'HORIZONTAL',
      barsArrangement: 'CLUSTERED',
      fieldWells: { barChartAggregatedFieldWells: { category: [by.dimension], values: [of.measure] } },
      sortConfiguration: { categorySort: falling(of), categoryItemsLimit: atMost(most) },
      valueLabelOptions: labelled(of, caption.unit),
    },
  },
});

/** Parts of a whole. */
export const pie = ({ of, by, most, ...caption }: Caption & { readonly of: Measure; readonly by: Dimension; readonly most: number }): CfnDashboard.VisualProperty => ({
  pieChartVisual: {
    ...captioned(caption),
    chartConfiguration: {
      fieldWells: { pieChartAggregatedFieldWells: { category: [by.dimension], values: [of.measure] } },
      sortConfiguration: { categorySort: falling(of), categoryItemsLimit: { itemsLimit: most, otherCategories: 'INCLUDE' } },
    },
  },
});

/** Steps, each of which fewer take than the one before. */
export const funnel = ({ of, by, ...caption }: Caption & { readonly of: Measure; readonly by: Dimension }): CfnDashboard.VisualProperty => ({
  funnelChartVisual: {
    ...captioned(caption),
    chartConfiguration: {
      fieldWells: { funnelChartAggregatedFieldWells: { category: [by.dimension], values: [of.measure] } },
      sortConfiguration: { categorySort: falling(of) },
    },
  },
});

/** A column of a table and what stands above it, with its unit. */
export type Column<Of> = readonly [of: Of, label: string];

/** Rows, sorted by the first measure. */
export const table = ({ by, of, ...caption }: Caption & { readonly by: readonly Column<Dimension>[]; readonly of: readonly Column<Measure>[] }): CfnDashboard.VisualProperty => ({
  tableVisual: {
    ...captioned(caption),
    chartConfiguration: {
      fieldWells: { tableAggregatedFieldWells: { groupBy: by.map(([{ dimension }]) => dimension), values: of.map(([{ measure }]) => measure) } },
      sortConfiguration: { rowSort: of.slice(0, 1).flatMap(([measure]) => falling(measure)) },
      fieldOptions: { selectedFieldOptions: [...by, ...of].map(([{ fieldId }, customLabel]) => ({ fieldId, customLabel })) },
    },
  },
});
