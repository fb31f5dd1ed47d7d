import type { CfnDashboard } from 'aws-cdk-lib/aws-quicksight';
import type { DataSet } from './data-set';

/** A filter with its control, where people may set it. */
export interface SheetFilter {
  readonly group: Pick<CfnDashboard.FilterGroupProperty, 'filterGroupId' | 'filters' | 'crossDataset'>;
  readonly control?: CfnDashboard.FilterControlProperty;
  /** Ids of visuals that it is for. @default all that have its column */
  readonly visuals?: readonly string[];
}

const group = (id: string, crossDataset: 'ALL_DATASETS' | 'SINGLE_DATASET', filter: CfnDashboard.FilterProperty): SheetFilter['group'] => ({ filterGroupId: id, crossDataset, filters: [filter] });

interface Span {
  readonly last: number;
  readonly unit: 'HOUR' | 'DAY';
}

/** The last so many hours or days until now, in all data sets that have a column of this name. */
export function lately<Column extends string>(title: string, of: DataSet<Column>, columnName: Column, { last, unit }: Span): SheetFilter {
  const filterId = `lately-${columnName}`;
  return {
    group: group(filterId, 'ALL_DATASETS', {
      relativeDatesFilter: {
        filterId,
        column: { dataSetIdentifier: of.id, columnName },
        anchorDateConfiguration: { anchorOption: 'NOW' },
        timeGranularity: unit,
        relativeDateType: 'LAST',
        relativeDateValue: last,
        nullOption: 'NON_NULLS_ONLY',
      },
    }),
    control: { relativeDateTime: { filterControlId: `${filterId}-control`, sourceFilterId: filterId, title } },
  };
}

/** Only the day before this one, in these visuals. */
export function yesterday<Column extends string>(of: DataSet<Column>, columnName: Column, visuals: readonly string[]): SheetFilter {
  const filterId = `yesterday-${of.id}`;
  return {
    group: group(filterId, 'SINGLE_DATASET', {
      relativeDatesFilter: {
        filterId,
        column: { dataSetIdentifier: of.id, columnName },
        anchorDateConfiguration: { anchorOption: 'NOW' },
        timeGranularity: 'DAY',
        relativeDateType: 'PREVIOUS',
        relativeDateValue: 1,
        nullOption: 'NON_NULLS_ONLY',
      },
    }),
    visuals,
  };
}

/** People choose among the values; all of them, as long as nobody has. In all data sets that have a column of this name. */
export function chosen<Column extends string>(title: string, of: DataSet<Column>, columnName: Column): SheetFilter {
  const filterId = `chosen-${columnName}`;
  return {
    group: group(filterId, 'ALL_DATASETS', {
      categoryFilter: {
        filterId,
        column: { dataSetIdentifier: of.id, columnName },
        configuration: { filterListConfiguration: { matchOperator: 'CONTAINS', selectAllOptions: 'FILTER_ALL_VALUES' } },
      },
    }),
    control: { dropdown: { filterControlId: `${filterId}-control`, sourceFilterId: filterId, title, type: 'MULTI_SELECT' } },
  };
}

/** Only these values, whoever looks. */
export function only<Column extends string>(of: DataSet<Column>, columnName: Column, categoryValues: readonly string[]): SheetFilter {
  const filterId = `only-${of.id}-${columnName.replaceAll(/\W/g, '-')}`;
  return {
    group: group(filterId, 'SINGLE_DATASET', {
      categoryFilter: {
        filterId,
        column: { dataSetIdentifier: of.id, columnName },
        configuration: { filterListConfiguration: { matchOperator: 'CONTAINS', categoryValues: [...categoryValues], nullOption: 'NON_NULLS_ONLY' } },
      },
    }),
  };
}
