/** Definitions for tests, as the API has them. */
const SHOP = 'shop';
const column = (ColumnName: string) => ({ DataSetIdentifier: SHOP, ColumnName });
export const category = (name: string) => ({ CategoricalDimensionField: { FieldId: `${name}-each`, Column: column(name) } });
export const date = (name: string, DateGranularity: string) => ({ DateDimensionField: { FieldId: `${name}-${DateGranularity}`, Column: column(name), DateGranularity } });
const euros = { FormatConfiguration: { CurrencyDisplayFormatConfiguration: { Symbol: 'EUR', DecimalPlacesConfiguration: { DecimalPlaces: 2 } } } };
export const sum = (name: string, FormatConfiguration: object = euros) => ({ NumericalMeasureField: { FieldId: `${name}-sum`, Column: column(name), AggregationFunction: { SimpleNumericalAggregation: 'SUM' }, FormatConfiguration } });
export const distinct = (name: string) => ({ CategoricalMeasureField: { FieldId: `${name}-distinct`, Column: column(name), AggregationFunction: 'DISTINCT_COUNT' } });

const captioned = (VisualId: string, title: string, unit?: string) => ({
  VisualId,
  Title: { Visibility: 'VISIBLE', FormatText: { PlainText: title } },
  ...(unit !== undefined && { Subtitle: { Visibility: 'VISIBLE', FormatText: { PlainText: unit } } }),
});
const labelled = (CustomLabel: string) => ({ AxisLabelOptions: [{ CustomLabel }] });
const falling = (FieldId: string) => [{ FieldSort: { FieldId, Direction: 'DESC' } }];

export const kpi = (id: string, title: string, Value: object, trend?: object) => ({ KPIVisual: { ...captioned(id, title, 'EUR'), ChartConfiguration: { FieldWells: { Values: [Value], ...(trend && { TrendGroups: [trend] }) } } } });
export const line = (id: string, title: string, over: object, values: readonly object[], colors: readonly object[] = []) => ({
  LineChartVisual: {
    ...captioned(id, title),
    ChartConfiguration: {
      FieldWells: { LineChartAggregatedFieldWells: { Category: [over], Values: values, Colors: colors } },
      PrimaryYAxisDisplayOptions: { MissingDataConfigurations: [{ TreatmentOption: 'SHOW_AS_ZERO' }] },
      PrimaryYAxisLabelOptions: labelled('EUR an hour'),
    },
  },
});
export const bars = (id: string, title: string, by: object, value: object, limit = 10) => ({
  BarChartVisual: {
    ...captioned(id, title, 'EUR'),
    ChartConfiguration: {
      Orientation: 'HORIZONTAL',
      FieldWells: { BarChartAggregatedFieldWells: { Category: [by], Values: [value] } },
      SortConfiguration: { CategorySort: falling('revenue-sum'), CategoryItemsLimit: { ItemsLimit: limit, OtherCategories: 'EXCLUDE' } },
      ValueLabelOptions: labelled('EUR'),
    },
  },
});
export const pie = (id: string, title: string, by: object, value: object) => ({ PieChartVisual: { ...captioned(id, title), ChartConfiguration: { FieldWells: { PieChartAggregatedFieldWells: { Category: [by], Values: [value] } }, SortConfiguration: { CategoryItemsLimit: { ItemsLimit: 3, OtherCategories: 'INCLUDE' } } } } });
export const funnel = (id: string, title: string, by: object, value: object) => ({ FunnelChartVisual: { ...captioned(id, title), ChartConfiguration: { FieldWells: { FunnelChartAggregatedFieldWells: { Category: [by], Values: [value] } } } } });
export const table = (id: string, title: string, by: readonly object[], values: readonly object[]) => ({
  TableVisual: { ...captioned(id, title), ChartConfiguration: { FieldWells: { TableAggregatedFieldWells: { GroupBy: by, Values: values } }, SortConfiguration: { RowSort: falling('revenue-sum') }, FieldOptions: { SelectedFieldOptions: [{ FieldId: 'vendor-each', CustomLabel: 'Vendor' }, { FieldId: 'revenue-sum', CustomLabel: 'Revenue (EUR)' }] } } },
});

interface SheetOf {
  readonly name: string;
  readonly visuals: readonly Readonly<Record<string, { readonly VisualId: string }>>[];
  readonly controls?: readonly object[];
}

export const scoped = (SheetId: string) => ({ SelectedSheets: { SheetVisualScopingConfigurations: [{ SheetId, Scope: 'ALL_VISUALS' }] } });

/** Two visuals a row. */
export const sheet = ({ name, visuals, controls = [] }: SheetOf) => ({
  SheetId: name.toLowerCase(),
  Name: name,
  Visuals: visuals,
  FilterControls: controls,
  Layouts: [{ Configuration: { GridLayout: { Elements: visuals.map((visual, index) => ({ ElementId: Object.values(visual)[0]?.VisualId ?? '', ElementType: 'VISUAL', ColumnIndex: (index % 2) * 18, ColumnSpan: 18, RowIndex: Math.floor(index / 2) * 8, RowSpan: 8 })) } } }],
});

export const filterOf = (id: string, filter: object, sheetId = 'today') => ({ FilterGroupId: id, Filters: [filter], ScopeConfiguration: scoped(sheetId), CrossDataset: 'ALL_DATASETS', Status: 'ENABLED' });
export const recently = (columnName: string, TimeGranularity: string, RelativeDateValue: number) => ({ RelativeDatesFilter: { FilterId: 'recently', Column: column(columnName), AnchorDateConfiguration: { AnchorOption: 'NOW' }, TimeGranularity, RelativeDateType: 'LAST', RelativeDateValue, NullOption: 'NON_NULLS_ONLY' } });
export const anyOf = (columnName: string) => ({ CategoryFilter: { FilterId: `any-${columnName}`, Column: column(columnName), Configuration: { FilterListConfiguration: { MatchOperator: 'CONTAINS', SelectAllOptions: 'FILTER_ALL_VALUES' } } } });
export const between = (columnName: string) => ({ TimeRangeFilter: { FilterId: 'between', Column: column(columnName), NullOption: 'NON_NULLS_ONLY', IncludeMinimum: true, IncludeMaximum: true } });

export const definition = (DataSetArn: string, sheets: readonly object[], FilterGroups: readonly object[] = [], more: object = {}) => ({ DataSetIdentifierDeclarations: [{ Identifier: SHOP, DataSetArn }], Sheets: sheets, FilterGroups, ...more });
