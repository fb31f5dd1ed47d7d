import type { Chosen } from '../dashboards/model';
import { CategoryFilter, type Definition, type Filter, type FilterGroup, NumericRangeFilter, RelativeDatesFilter, TimeRangeFilter } from '../definition/definition';
import { NotDrawn } from '../definition/fields';
import { quoted, text, type OutputColumn } from './dataSetSql';
import { relativeRange } from './relativeDates';

/** What somebody chose on the page, by filter. */
export type Choices = Readonly<Record<string, Chosen>>;

export interface FilterContext {
  readonly now: Date;
  readonly choices: Choices;
  readonly columns: readonly OutputColumn[];
}

/** The filter groups that apply to a visual. Within a group one filter is enough; each group must be passed. */
export function groupsFor({ FilterGroups }: Pick<Definition, 'FilterGroups'>, sheetId: string, visualId: string): FilterGroup[] {
  return FilterGroups.filter(({ Status, ScopeConfiguration: { AllSheets, SelectedSheets } }) => {
    if (Status === 'DISABLED') return false;
    if (AllSheets !== undefined) return true;
    return SelectedSheets?.SheetVisualScopingConfigurations.some(({ SheetId, Scope, VisualIds }) => SheetId === sheetId && (Scope === 'ALL_VISUALS' || VisualIds.includes(visualId))) === true;
  });
}

/**
 * The conditions of a group over the columns of one data set; nothing where it leaves nothing out.
 *
 * @throws NotDrawn for a type of filter that is not applied here
 */
export function groupCondition(group: FilterGroup, dataSet: string, context: FilterContext): string | undefined {
  const conditions = group.Filters.flatMap((filter) => {
    const named = filterOf(filter);
    const applies = named.Column.DataSetIdentifier === dataSet || (group.CrossDataset === 'ALL_DATASETS' && context.columns.some(({ Name }) => Name === named.Column.ColumnName));
    return applies ? [conditionOf(named, context)] : [];
  });
  if (conditions.length === 0 || conditions.includes(undefined)) return undefined;
  return conditions.length === 1 ? conditions[0] : `(${conditions.map((condition) => `(${condition ?? ''})`).join(' OR ')})`;
}

export type KnownFilter = CategoryFilter | TimeRangeFilter | RelativeDatesFilter | NumericRangeFilter;

/** @throws NotDrawn for a type that is not known here */
export function filterOf(filter: Filter): KnownFilter {
  const known = filter.CategoryFilter ?? filter.TimeRangeFilter ?? filter.RelativeDatesFilter ?? filter.NumericRangeFilter;
  if (!known) throw new NotDrawn(`It is filtered by a ${Object.keys(filter).join(', ')}, which this machine does not apply.`);
  return known;
}

/** What a filter of itself chooses; nothing where it leaves nothing out, or is none that the page can show. */
export function chosenBy(filter: KnownFilter): Chosen | undefined {
  if ('RelativeDateType' in filter) {
    const { RelativeDateType: type, TimeGranularity: granularity, RelativeDateValue: amount } = RelativeDatesFilter.parse(filter);
    return { kind: 'relative', type, granularity, amount };
  }
  if ('Configuration' in filter) {
    const { FilterListConfiguration: listed, CustomFilterListConfiguration: custom } = CategoryFilter.parse(filter).Configuration;
    const list = listed ?? custom;
    return list && list.SelectAllOptions === undefined && list.CategoryValues.length > 0 ? { kind: 'values', values: list.CategoryValues } : undefined;
  }
  if ('RangeMinimum' in filter || 'RangeMaximum' in filter) return undefined;
  const { RangeMinimumValue: from, RangeMaximumValue: to } = TimeRangeFilter.parse(filter);
  if (from?.StaticValue === undefined && to?.StaticValue === undefined) return undefined;
  return { kind: 'range', from: iso(from?.StaticValue), to: iso(to?.StaticValue) };
}

const iso = (seconds: number | undefined): string | undefined => (seconds === undefined ? undefined : new Date(seconds * 1_000).toISOString());

function conditionOf(filter: KnownFilter, context: FilterContext): string | undefined {
  const column = quoted(filter.Column.ColumnName);
  const nulls = typeof filter.NullOption === 'string' ? filter.NullOption : undefined;
  const chosen = context.choices[filter.FilterId];
  if (chosen) return chosenCondition(column, filter, chosen, context);
  if ('Configuration' in filter) return categoryCondition(column, CategoryFilter.parse(filter), context.columns);
  if ('RangeMinimum' in filter || 'RangeMaximum' in filter) {
    const { RangeMinimum, RangeMaximum, IncludeMinimum, IncludeMaximum } = NumericRangeFilter.parse(filter);
    return withNulls(column, nulls, ends(column, RangeMinimum?.StaticValue?.toString(), RangeMaximum?.StaticValue?.toString(), IncludeMinimum, IncludeMaximum));
  }
  const own = chosenBy(filter);
  return own && withNulls(column, nulls, chosenCondition(column, filter, own, context));
}

function chosenCondition(column: string, filter: KnownFilter, chosen: Chosen, { now, columns }: FilterContext): string | undefined {
  if (chosen.kind === 'values') return chosen.values.length === 0 ? 'FALSE' : `${comparable(filter.Column.ColumnName, columns)} IN (${chosen.values.map(text).join(', ')})`;
  if (chosen.kind === 'relative') {
    const [from, to] = relativeRange(chosen, now);
    return ends(column, timestamp(from), timestamp(to), true, false);
  }
  const { IncludeMinimum = true, IncludeMaximum = true } = 'RangeMinimumValue' in filter || 'RangeMaximumValue' in filter ? TimeRangeFilter.parse(filter) : {};
  return ends(column, chosen.from === undefined ? undefined : timestamp(new Date(chosen.from)), chosen.to === undefined ? undefined : timestamp(new Date(chosen.to)), IncludeMinimum, IncludeMaximum);
}

const timestamp = (at: Date): string => `TIMESTAMP ${text(at.toISOString().replace('T', ' ').replace('Z', ''))}`;

function ends(column: string, from: string | undefined, to: string | undefined, includeFrom: boolean, includeTo: boolean): string | undefined {
  const conditions = [from === undefined ? [] : [`${column} >${includeFrom ? '=' : ''} ${from}`], to === undefined ? [] : [`${column} <${includeTo ? '=' : ''} ${to}`]].flat();
  return conditions.length === 0 ? undefined : conditions.join(' AND ');
}

/** Categories are compared as text, whatever the column is. */
const comparable = (name: string, columns: readonly OutputColumn[]): string => (columns.some(({ Name, Type }) => Name === name && Type === 'STRING') ? quoted(name) : `CAST(${quoted(name)} AS VARCHAR)`);

function categoryCondition(column: string, { Column, Configuration }: CategoryFilter, columns: readonly OutputColumn[]): string | undefined {
  const list = Configuration.FilterListConfiguration ?? Configuration.CustomFilterListConfiguration;
  const own = comparable(Column.ColumnName, columns);
  if (list) {
    const negated = list.MatchOperator === 'DOES_NOT_EQUAL' || list.MatchOperator === 'DOES_NOT_CONTAIN';
    if (list.SelectAllOptions !== undefined) return withNulls(column, list.NullOption, undefined);
    if (list.CategoryValues.length === 0) return withNulls(column, list.NullOption, negated ? undefined : 'FALSE');
    return withNulls(column, list.NullOption, `${own} ${negated ? 'NOT ' : ''}IN (${list.CategoryValues.map(text).join(', ')})`);
  }
  const custom = Configuration.CustomFilterConfiguration;
  if (!custom || custom.SelectAllOptions !== undefined || custom.CategoryValue === undefined) return undefined;
  const value = custom.CategoryValue;
  const like = value.replace(/[\\%_]/g, (letter) => `\\${letter}`);
  const pattern = { EQUALS: undefined, DOES_NOT_EQUAL: undefined, CONTAINS: `%${like}%`, DOES_NOT_CONTAIN: `%${like}%`, STARTS_WITH: `${like}%`, ENDS_WITH: `%${like}` }[custom.MatchOperator];
  const negation = custom.MatchOperator.startsWith('DOES_NOT') ? 'NOT ' : '';
  const condition = pattern === undefined ? `${negation}${own} = ${text(value)}` : `${own} ${negation}LIKE ${text(pattern)} ESCAPE '\\'`;
  return withNulls(column, custom.NullOption, condition);
}

/** What a comparison says of a null is neither true nor false: the filter says whether it stays. */
function withNulls(column: string, option: string | undefined, condition: string | undefined): string | undefined {
  if (option === 'NULLS_ONLY') return `${column} IS NULL`;
  if (option === 'ALL_VALUES' && condition !== undefined) return `(${condition} OR ${column} IS NULL)`;
  return condition;
}
