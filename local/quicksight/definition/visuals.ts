import * as z from 'zod';
import { DRAWN, type Field, type Look, type Visual } from '../dashboards/model';
import type { Definition, VisualContent } from './definition';
import { dimensionField, Dimensions, formatOf, measureField, Measures, NotDrawn, unaggregatedField, UnaggregatedFields } from './fields';

const Visibility = z.looseObject({ Visibility: z.enum(['VISIBLE', 'HIDDEN']).optional() }).optional();
const AxisLabels = z.looseObject({ Visibility: z.enum(['VISIBLE', 'HIDDEN']).optional(), AxisLabelOptions: z.array(z.looseObject({ CustomLabel: z.string().optional(), ApplyTo: z.looseObject({ FieldId: z.string() }).optional() })).optional() }).optional();
const Sorted = z.array(z.looseObject({ FieldSort: z.object({ FieldId: z.string(), Direction: z.enum(['ASC', 'DESC']) }).optional() })).optional();
const Limit = z.looseObject({ ItemsLimit: z.number().min(1).optional(), OtherCategories: z.enum(['INCLUDE', 'EXCLUDE']).optional() }).optional();
const LineAxis = z.looseObject({ MissingDataConfigurations: z.array(z.looseObject({ TreatmentOption: z.enum(['INTERPOLATE', 'SHOW_AS_ZERO', 'SHOW_AS_BLANK']).optional() })).optional() }).optional();
const Wells = z.looseObject({ Category: Dimensions, Values: Measures, Colors: Dimensions, SmallMultiples: Dimensions });

/** The members that the charts with categories share; each type of visual has some of them. */
const Chart = z.looseObject({
  FieldWells: z.record(z.string(), Wells).optional(),
  SortConfiguration: z.looseObject({ CategorySort: Sorted, CategoryItemsLimit: Limit, CategoryItemsLimitConfiguration: Limit }).optional(),
  Orientation: z.enum(['HORIZONTAL', 'VERTICAL']).optional(),
  BarsArrangement: z.enum(['CLUSTERED', 'STACKED', 'STACKED_PERCENT']).optional(),
  Type: z.enum(['LINE', 'AREA', 'STACKED_AREA']).optional(),
  DonutOptions: z.looseObject({ ArcOptions: z.looseObject({ ArcThickness: z.enum(['SMALL', 'MEDIUM', 'LARGE', 'WHOLE']).optional() }).optional() }).optional(),
  CategoryLabelOptions: AxisLabels, ValueLabelOptions: AxisLabels, XAxisLabelOptions: AxisLabels, PrimaryYAxisLabelOptions: AxisLabels,
  PrimaryYAxisDisplayOptions: LineAxis,
  Legend: Visibility,
  DataLabels: Visibility,
});
const Kpi = z.looseObject({ FieldWells: z.object({ Values: Measures, TargetValues: Measures, TrendGroups: Dimensions }).optional() });
const Table = z.looseObject({
  FieldWells: z.object({ TableAggregatedFieldWells: z.object({ GroupBy: Dimensions, Values: Measures }).optional(), TableUnaggregatedFieldWells: z.object({ Values: UnaggregatedFields }).optional() }).optional(),
  SortConfiguration: z.looseObject({ RowSort: Sorted }).optional(),
  FieldOptions: z.looseObject({ SelectedFieldOptions: z.array(z.looseObject({ FieldId: z.string(), CustomLabel: z.string().optional() })).optional() }).optional(),
});

type Content = Pick<Visual, 'groups' | 'values' | 'colors' | 'targets' | 'sort' | 'limit' | 'look'>;
const NOTHING: Content = { groups: [], values: [], colors: 0, targets: 0, sort: [], look: {} };

/** Reads a visual of a definition; one that cannot be drawn says why. */
export function visualOf(visual: Readonly<Record<string, VisualContent>>, { ColumnConfigurations }: Definition): Visual {
  const [[type, { VisualId: id, Title, Subtitle, ChartConfiguration = {} }] = ['', { VisualId: '' }]] = Object.entries(visual);
  const named = { id, type, title: textOf(Title), subtitle: textOf(Subtitle) };
  try {
    const content = contentOf(type, ChartConfiguration);
    const formatted = (field: Field): Field => ({ ...field, format: field.format ?? formatOf(ColumnConfigurations.find(({ Column }) => Column.ColumnName === field.column.name && Column.DataSetIdentifier === field.column.dataSet)?.FormatConfiguration) });
    const found = { ...content, groups: content.groups.map(formatted), values: content.values.map(formatted) };
    if (found.groups.length + found.values.length === 0) throw new NotDrawn('It has no fields.');
    if (new Set([...found.groups, ...found.values].map(({ column }) => column.dataSet)).size > 1) throw new NotDrawn('Its fields are of several data sets.');
    return { ...named, ...found };
  } catch (error) {
    if (!(error instanceof NotDrawn || error instanceof z.ZodError)) throw error;
    return { ...named, ...NOTHING, notDrawn: error instanceof NotDrawn ? error.message : `It cannot be read: ${z.prettifyError(error)}` };
  }
}

function textOf(text: VisualContent['Title']): string | undefined {
  if (text?.Visibility === 'HIDDEN') return undefined;
  return text?.FormatText?.PlainText ?? (text?.FormatText?.RichText === undefined ? undefined : plain(text.FormatText.RichText));
}

const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'", '&#39;': "'", '&nbsp;': ' ' };
/** The words of a rich text: https://docs.aws.amazon.com/quicksight/latest/APIReference/API_LongFormatText.html */
export const plain = (rich: string): string => rich.replace(/<(br|\/p|\/li|\/div)\s*\/?>/gi, '\n').replace(/<[^>]*>/g, '').replace(/&[#\w]+;/g, (entity) => ENTITIES[entity] ?? entity).replace(/\n{2,}/g, '\n').trim();

function contentOf(type: string, configuration: unknown): Content {
  if (type === 'KPIVisual') return kpi(Kpi.parse(configuration));
  if (type === 'TableVisual') return table(Table.parse(configuration));
  if (DRAWN.some((drawn) => drawn === type)) return chart(type, Chart.parse(configuration));
  throw new NotDrawn(`${type} is not drawn on this machine.`);
}

function kpi({ FieldWells }: z.infer<typeof Kpi>): Content {
  const { Values = [], TargetValues = [], TrendGroups = [] } = FieldWells ?? {};
  const groups = TrendGroups.map(dimensionField);
  return { ...NOTHING, groups, values: [...Values.slice(0, 1), ...TargetValues.slice(0, 1)].map(measureField), targets: TargetValues.slice(0, 1).length, sort: groups.slice(0, 1).map(({ id }) => ({ fieldId: id, descending: true })) };
}

function table({ FieldWells, SortConfiguration, FieldOptions }: z.infer<typeof Table>): Content {
  const { TableAggregatedFieldWells: aggregated, TableUnaggregatedFieldWells: raw } = FieldWells ?? {};
  const labelled = (field: Field): Field => ({ ...field, label: FieldOptions?.SelectedFieldOptions?.find(({ FieldId }) => FieldId === field.id)?.CustomLabel ?? field.label });
  const groups = (aggregated ? aggregated.GroupBy.map(dimensionField) : (raw?.Values ?? []).map(unaggregatedField)).map(labelled);
  return { ...NOTHING, groups, values: (aggregated?.Values ?? []).map(measureField).map(labelled), sort: sortOf(SortConfiguration?.RowSort), look: { raw: raw !== undefined } };
}

function chart(type: string, configuration: z.infer<typeof Chart>): Content {
  const { FieldWells = {}, SortConfiguration: sorting, Orientation, BarsArrangement, Type, DonutOptions, CategoryLabelOptions, ValueLabelOptions, XAxisLabelOptions, PrimaryYAxisLabelOptions, PrimaryYAxisDisplayOptions, Legend, DataLabels } = configuration;
  const [wells] = Object.values(FieldWells);
  if (!wells) return NOTHING;
  if (wells.SmallMultiples.length > 0) throw new NotDrawn('Small multiples are not drawn on this machine.');
  if (wells.Category.length > 1) throw new NotDrawn('It has several categories, of which this machine draws one.');
  const [categories, colors] = [wells.Category.map(dimensionField), wells.Colors.map(dimensionField)];
  const limit = sorting?.CategoryItemsLimit ?? sorting?.CategoryItemsLimitConfiguration;
  const missing = PrimaryYAxisDisplayOptions?.MissingDataConfigurations?.[0]?.TreatmentOption;
  const look: Look = {
    horizontal: type === 'BarChartVisual' && Orientation === 'HORIZONTAL',
    stacked: BarsArrangement === 'STACKED' || BarsArrangement === 'STACKED_PERCENT' ? BarsArrangement : Type === 'STACKED_AREA' ? 'STACKED' : undefined,
    area: Type === 'AREA' || Type === 'STACKED_AREA',
    donut: type === 'PieChartVisual' && DonutOptions?.ArcOptions?.ArcThickness !== undefined && DonutOptions.ArcOptions.ArcThickness !== 'WHOLE',
    categoryLabel: labelOf(CategoryLabelOptions ?? XAxisLabelOptions),
    valueLabel: labelOf(ValueLabelOptions ?? PrimaryYAxisLabelOptions),
    missing: missing === 'SHOW_AS_ZERO' ? 'ZERO' : missing === 'SHOW_AS_BLANK' ? 'BLANK' : undefined,
    others: limit?.OtherCategories === 'INCLUDE',
    hideLegend: Legend?.Visibility === 'HIDDEN',
    dataLabels: DataLabels !== undefined && DataLabels.Visibility !== 'HIDDEN',
  };
  return { ...NOTHING, groups: [...categories, ...colors], values: wells.Values.map(measureField), colors: colors.length, sort: sortOf(sorting?.CategorySort), limit: limit?.ItemsLimit, look };
}

/** '' hides it; `undefined` leaves it to the field. */
const labelOf = (labels: z.infer<typeof AxisLabels>): string | undefined => (labels?.Visibility === 'HIDDEN' ? '' : labels?.AxisLabelOptions?.find(({ CustomLabel }) => CustomLabel !== undefined)?.CustomLabel);

const sortOf = (sort: z.infer<typeof Sorted> = []): Visual['sort'] => sort.flatMap(({ FieldSort }) => (FieldSort ? [{ fieldId: FieldSort.FieldId, descending: FieldSort.Direction === 'DESC' }] : []));
