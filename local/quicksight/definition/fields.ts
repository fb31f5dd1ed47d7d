import * as z from 'zod';
import type { Field, Format } from '../dashboards/model';
import { ColumnIdentifier, type Granularity } from './definition';

const named = { FieldId: z.string(), Column: ColumnIdentifier, FormatConfiguration: z.unknown().optional() };
const Simple = z.enum(['SUM', 'AVERAGE', 'MIN', 'MAX', 'COUNT', 'DISTINCT_COUNT', 'VAR', 'VARP', 'STDEV', 'STDEVP', 'MEDIAN']);
export type Aggregation = z.infer<typeof Simple>;

/** https://docs.aws.amazon.com/quicksight/latest/APIReference/API_DimensionField.html */
const Dimension = z.strictObject({
  CategoricalDimensionField: z.looseObject(named).optional(),
  NumericalDimensionField: z.looseObject(named).optional(),
  DateDimensionField: z.looseObject({ ...named, DateGranularity: z.enum(['YEAR', 'QUARTER', 'MONTH', 'WEEK', 'DAY', 'HOUR', 'MINUTE', 'SECOND', 'MILLISECOND']).default('DAY') }).optional(),
});
/** https://docs.aws.amazon.com/quicksight/latest/APIReference/API_MeasureField.html */
const Measure = z.strictObject({
  NumericalMeasureField: z.looseObject({ ...named, AggregationFunction: z.object({ SimpleNumericalAggregation: Simple.optional(), PercentileAggregation: z.object({ PercentileValue: z.number().min(0).max(100) }).optional() }).optional() }).optional(),
  CategoricalMeasureField: z.looseObject({ ...named, AggregationFunction: z.enum(['COUNT', 'DISTINCT_COUNT']).default('COUNT') }).optional(),
  DateMeasureField: z.looseObject({ ...named, AggregationFunction: z.enum(['COUNT', 'DISTINCT_COUNT', 'MIN', 'MAX']).default('COUNT') }).optional(),
  CalculatedMeasureField: z.looseObject({ FieldId: z.string(), Expression: z.string() }).optional(),
});
const Unaggregated = z.looseObject(named);

export const Dimensions = z.array(Dimension).default([]);
export const Measures = z.array(Measure).default([]);
export const UnaggregatedFields = z.array(Unaggregated).default([]);

/** What a visual cannot be drawn for, in words for whoever looks at it. */
export class NotDrawn extends Error {}

export function dimensionField({ CategoricalDimensionField, NumericalDimensionField, DateDimensionField }: z.infer<typeof Dimension>): Field {
  const field = CategoricalDimensionField ?? NumericalDimensionField ?? DateDimensionField;
  if (!field) throw new NotDrawn('One of its dimensions has no field.');
  const granularity: Granularity | undefined = DateDimensionField?.DateGranularity;
  return { id: field.FieldId, column: columnOf(field.Column), label: field.Column.ColumnName, kind: DateDimensionField ? 'date' : NumericalDimensionField ? 'number' : 'text', granularity, format: formatOf(field.FormatConfiguration) };
}

export function measureField({ NumericalMeasureField: numerical, CategoricalMeasureField: categorical, DateMeasureField: date, CalculatedMeasureField: calculated }: z.infer<typeof Measure>): Field {
  if (calculated) throw new NotDrawn(`Its field ${calculated.FieldId} is calculated, which this machine does not do.`);
  const field = numerical ?? categorical ?? date;
  if (!field) throw new NotDrawn('One of its values has no field.');
  const percentile = numerical?.AggregationFunction?.PercentileAggregation?.PercentileValue;
  const aggregation: Aggregation = categorical?.AggregationFunction ?? date?.AggregationFunction ?? numerical?.AggregationFunction?.SimpleNumericalAggregation ?? 'SUM';
  return {
    id: field.FieldId,
    column: columnOf(field.Column),
    label: `${field.Column.ColumnName} (${percentile === undefined ? WORDS[aggregation] : `${percentile}th percentile`})`,
    kind: date && (aggregation === 'MIN' || aggregation === 'MAX') ? 'date' : 'number',
    ...(percentile === undefined ? { aggregation } : { percentile }),
    format: formatOf(field.FormatConfiguration),
  };
}

/** A field of a table whose rows are shown as they are; its kind follows from the column. */
export const unaggregatedField = ({ FieldId, Column, FormatConfiguration }: z.infer<typeof Unaggregated>): Field => ({ id: FieldId, column: columnOf(Column), label: Column.ColumnName, kind: 'text', format: formatOf(FormatConfiguration) });

const columnOf = ({ DataSetIdentifier, ColumnName }: ColumnIdentifier): Field['column'] => ({ dataSet: DataSetIdentifier, name: ColumnName });

const WORDS: Readonly<Record<Aggregation, string>> = { SUM: 'Sum', AVERAGE: 'Average', MIN: 'Min', MAX: 'Max', COUNT: 'Count', DISTINCT_COUNT: 'Count Distinct', VAR: 'Variance', VARP: 'Population variance', STDEV: 'Standard deviation', STDEVP: 'Population standard deviation', MEDIAN: 'Median' };

const Decimals = z.object({ DecimalPlaces: z.number().min(0).max(20) }).optional();
const Scale = z.enum(['NONE', 'AUTO', 'THOUSANDS', 'MILLIONS', 'BILLIONS', 'TRILLIONS', 'LAKHS', 'CRORES']).optional();
const Separators = z.looseObject({
  DecimalSeparator: z.enum(['COMMA', 'DOT', 'SPACE']).optional(),
  ThousandsSeparator: z.looseObject({ Symbol: z.enum(['COMMA', 'DOT', 'SPACE']).optional(), Visibility: z.enum(['VISIBLE', 'HIDDEN']).optional() }).optional(),
}).optional();
const shared = { SeparatorConfiguration: Separators, Prefix: z.string().optional(), Suffix: z.string().optional(), DecimalPlacesConfiguration: Decimals };
const Numeric = z.object({
  NumberDisplayFormatConfiguration: z.looseObject({ ...shared, NumberScale: Scale }).optional(),
  CurrencyDisplayFormatConfiguration: z.looseObject({ ...shared, NumberScale: Scale, Symbol: z.string().optional() }).optional(),
  PercentageDisplayFormatConfiguration: z.looseObject(shared).optional(),
});

/** How values are written. The API wraps it once for a number's own field, twice for a column's, and not at all for text's. */
export function formatOf(configuration: unknown): Format | undefined {
  const wrapped = z.looseObject({ FormatConfiguration: z.unknown().optional(), NumberFormatConfiguration: z.unknown().optional(), NumericFormatConfiguration: z.unknown().optional() }).safeParse(configuration);
  if (!wrapped.success) return undefined;
  const inner = wrapped.data.NumberFormatConfiguration ?? wrapped.data.NumericFormatConfiguration ?? wrapped.data.FormatConfiguration;
  if (inner !== undefined) return formatOf(inner);
  const { NumberDisplayFormatConfiguration: number, CurrencyDisplayFormatConfiguration: currency, PercentageDisplayFormatConfiguration: percent } = Numeric.safeParse(configuration).data ?? {};
  const format = number ?? currency ?? percent;
  if (!format) return undefined;
  const scale = currency?.NumberScale ?? number?.NumberScale;
  const { DecimalSeparator, ThousandsSeparator } = format.SeparatorConfiguration ?? {};
  return {
    kind: currency ? 'currency' : percent ? 'percent' : 'number', symbol: currency?.Symbol ?? (currency && '$'), prefix: format.Prefix, suffix: format.Suffix, decimals: format.DecimalPlacesConfiguration?.DecimalPlaces, scale: scale === 'NONE' ? undefined : scale,
    thousands: ThousandsSeparator?.Visibility === 'HIDDEN' ? 'NONE' : ThousandsSeparator?.Symbol, comma: DecimalSeparator === 'COMMA',
  };
}
