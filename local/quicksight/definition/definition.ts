import * as z from 'zod';

/** What of a definition is looked at here; the rest is kept and answered as it came. https://docs.aws.amazon.com/quicksight/latest/APIReference/API_DashboardVersionDefinition.html */
export const ColumnIdentifier = z.object({ DataSetIdentifier: z.string(), ColumnName: z.string() });
export type ColumnIdentifier = z.infer<typeof ColumnIdentifier>;

const Text = z.looseObject({ Visibility: z.enum(['VISIBLE', 'HIDDEN']).default('VISIBLE'), FormatText: z.object({ PlainText: z.string().optional(), RichText: z.string().optional() }).optional() });
const VisualContent = z.looseObject({ VisualId: z.string().regex(/^[\w-]{1,512}$/), Title: Text.optional(), Subtitle: Text.optional(), ChartConfiguration: z.unknown().optional() });
export type VisualContent = z.infer<typeof VisualContent>;
/** A union of the API: one member, whose name is the type of the visual. */
const Visual = z.record(z.string().regex(/Visual$/), VisualContent).refine((visual) => Object.keys(visual).length === 1, 'a visual has exactly one type');

const Moment = z.number();
const RangeEnd = z.looseObject({ StaticValue: Moment.optional() });
const NullOption = z.enum(['ALL_VALUES', 'NULLS_ONLY', 'NON_NULLS_ONLY']).optional();
const filtered = { FilterId: z.string(), Column: ColumnIdentifier };
const Granularity = z.enum(['YEAR', 'QUARTER', 'MONTH', 'WEEK', 'DAY', 'HOUR', 'MINUTE', 'SECOND', 'MILLISECOND']);
export type Granularity = z.infer<typeof Granularity>;

export const CategoryFilter = z.looseObject({
  ...filtered,
  Configuration: z.object({
    FilterListConfiguration: z.object({ MatchOperator: z.enum(['CONTAINS', 'DOES_NOT_CONTAIN', 'EQUALS', 'DOES_NOT_EQUAL']), CategoryValues: z.array(z.string()).default([]), SelectAllOptions: z.literal('FILTER_ALL_VALUES').optional(), NullOption }).optional(),
    CustomFilterListConfiguration: z.object({ MatchOperator: z.enum(['CONTAINS', 'DOES_NOT_CONTAIN', 'EQUALS', 'DOES_NOT_EQUAL']), CategoryValues: z.array(z.string()).default([]), SelectAllOptions: z.literal('FILTER_ALL_VALUES').optional(), NullOption }).optional(),
    CustomFilterConfiguration: z.object({ MatchOperator: z.enum(['EQUALS', 'DOES_NOT_EQUAL', 'CONTAINS', 'DOES_NOT_CONTAIN', 'STARTS_WITH', 'ENDS_WITH']), CategoryValue: z.string().optional(), SelectAllOptions: z.literal('FILTER_ALL_VALUES').optional(), NullOption }).optional(),
  }),
});
export type CategoryFilter = z.infer<typeof CategoryFilter>;
export const TimeRangeFilter = z.looseObject({ ...filtered, IncludeMinimum: z.boolean().optional(), IncludeMaximum: z.boolean().optional(), RangeMinimumValue: RangeEnd.optional(), RangeMaximumValue: RangeEnd.optional(), NullOption });
export type TimeRangeFilter = z.infer<typeof TimeRangeFilter>;
export const RelativeDatesFilter = z.looseObject({ ...filtered, TimeGranularity: Granularity, RelativeDateType: z.enum(['PREVIOUS', 'THIS', 'LAST', 'NOW', 'NEXT']), RelativeDateValue: z.number().optional(), NullOption });
export type RelativeDatesFilter = z.infer<typeof RelativeDatesFilter>;
const Range = z.looseObject({ StaticValue: z.number().optional() });
export const NumericRangeFilter = z.looseObject({ ...filtered, IncludeMinimum: z.boolean().default(false), IncludeMaximum: z.boolean().default(false), RangeMinimum: Range.optional(), RangeMaximum: Range.optional(), AggregationFunction: z.undefined().optional(), NullOption });
export type NumericRangeFilter = z.infer<typeof NumericRangeFilter>;

/** A union as well; those of other types are known by name alone. */
const Filter = z.looseObject({ CategoryFilter: CategoryFilter.optional(), TimeRangeFilter: TimeRangeFilter.optional(), RelativeDatesFilter: RelativeDatesFilter.optional(), NumericRangeFilter: NumericRangeFilter.optional() });
export type Filter = z.infer<typeof Filter>;
const FilterGroup = z.looseObject({
  FilterGroupId: z.string(),
  Filters: z.array(Filter).max(20),
  ScopeConfiguration: z.object({
    SelectedSheets: z.object({ SheetVisualScopingConfigurations: z.array(z.object({ SheetId: z.string(), Scope: z.enum(['ALL_VISUALS', 'SELECTED_VISUALS']), VisualIds: z.array(z.string()).default([]) })) }).optional(),
    AllSheets: z.unknown().optional(),
  }),
  CrossDataset: z.enum(['ALL_DATASETS', 'SINGLE_DATASET']),
  Status: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
});
export type FilterGroup = z.infer<typeof FilterGroup>;

const Control = z.record(z.string(), z.looseObject({ FilterControlId: z.string(), Title: z.string().optional(), SourceFilterId: z.string(), Type: z.string().optional() }));
const Place = z.looseObject({ ElementId: z.string(), ElementType: z.string(), ColumnIndex: z.number().optional(), ColumnSpan: z.number(), RowIndex: z.number().optional(), RowSpan: z.number() });
const Sheet = z.looseObject({
  SheetId: z.string(),
  Name: z.string().optional(),
  Title: z.string().optional(),
  Description: z.string().optional(),
  FilterControls: z.array(Control).default([]),
  Visuals: z.array(Visual).max(50).default([]),
  TextBoxes: z.array(z.object({ SheetTextBoxId: z.string(), Content: z.string().optional() })).default([]),
  Layouts: z.array(z.looseObject({ Configuration: z.looseObject({ GridLayout: z.looseObject({ Elements: z.array(Place) }).optional() }) })).default([]),
});
export type Sheet = z.infer<typeof Sheet>;

export const Definition = z.looseObject({
  DataSetIdentifierDeclarations: z.array(z.object({ Identifier: z.string().min(1), DataSetArn: z.string() })).min(1).max(50),
  Sheets: z.array(Sheet).max(20).default([]),
  CalculatedFields: z.array(z.looseObject({ DataSetIdentifier: z.string(), Name: z.string(), Expression: z.string() })).default([]),
  FilterGroups: z.array(FilterGroup).default([]),
  ColumnConfigurations: z.array(z.looseObject({ Column: ColumnIdentifier, FormatConfiguration: z.unknown().optional() })).default([]),
  Options: z.looseObject({ WeekStart: z.string().optional() }).optional(),
});
export type Definition = z.infer<typeof Definition>;
