import type { CfnDashboard } from 'aws-cdk-lib/aws-quicksight';
import type { DataSet } from './data-set';
import type { SheetFilter } from './filters';

/** Visuals side by side, each as wide as the others of its row. */
export interface Row {
  /** In grid rows; QuickSight takes 1 to 21. */
  readonly height: number;
  readonly visuals: readonly CfnDashboard.VisualProperty[];
}

/** A dashboard as it is written down: one sheet. Its analysis has the same definition. */
export interface Dashboard {
  /** Of the environment: `live-shop`. */
  readonly id: string;
  readonly name: string;
  readonly dataSets: readonly DataSet[];
  readonly filters: readonly SheetFilter[];
  readonly rows: readonly Row[];
}

/** QuickSight's grid. */
const GRID_COLUMNS = 36;
const CONTROL_COLUMNS = 9;

/** @param arnOf the ARN of a data set, by its id */
export function definitionOf({ id, name, dataSets, filters, rows }: Dashboard, arnOf: (dataSet: DataSet) => string): CfnDashboard.DashboardVersionDefinitionProperty {
  const controls = filters.flatMap(({ control }) => control ?? []);
  return {
    dataSetIdentifierDeclarations: dataSets.map((dataSet) => ({ identifier: dataSet.id, dataSetArn: arnOf(dataSet) })),
    calculatedFields: dataSets.flatMap((dataSet) =>
      Object.entries(dataSet.calculated ?? {}).flatMap(([column, expression]) => (expression === undefined ? [] : [{ dataSetIdentifier: dataSet.id, name: column, expression }])),
    ),
    filterGroups: filters.map(({ group, visuals }) => ({
      ...group,
      status: 'ENABLED',
      scopeConfiguration: {
        selectedSheets: { sheetVisualScopingConfigurations: [{ sheetId: id, scope: visuals ? 'SELECTED_VISUALS' : 'ALL_VISUALS', ...(visuals && { visualIds: [...visuals] }) }] },
      },
    })),
    sheets: [
      {
        sheetId: id,
        name,
        contentType: 'INTERACTIVE',
        visuals: rows.flatMap(({ visuals }) => visuals),
        layouts: [{ configuration: { gridLayout: { elements: gridOf(rows) } } }],
        filterControls: controls,
        sheetControlLayouts: [{ configuration: { gridLayout: { elements: controls.map(placedControl) } } }],
      },
    ],
  };
}

function gridOf(rows: readonly Row[]): CfnDashboard.GridLayoutElementProperty[] {
  let rowIndex = 0;
  return rows.flatMap(({ height, visuals }) => {
    const columnSpan = Math.floor(GRID_COLUMNS / visuals.length);
    const placed = visuals.map((visual, index) => ({ elementType: 'VISUAL', elementId: visualIdOf(visual), columnIndex: index * columnSpan, columnSpan, rowIndex, rowSpan: height }));
    rowIndex += height;
    return placed;
  });
}

const placedControl = (control: CfnDashboard.FilterControlProperty): CfnDashboard.GridLayoutElementProperty => ({
  elementType: 'FILTER_CONTROL',
  elementId: controlIdOf(control),
  columnSpan: CONTROL_COLUMNS,
  rowSpan: 1,
});

/** A visual or a control is an object with one member, which says its kind and has its id. */
const innerId = (of: object, key: 'visualId' | 'filterControlId'): string => {
  for (const inner of Object.values(of) as unknown[]) if (typeof inner === 'object' && inner !== null && key in inner) return String(Reflect.get(inner, key));
  throw new Error(`No ${key} in ${JSON.stringify(of)}`);
};
export const visualIdOf = (visual: CfnDashboard.VisualProperty): string => innerId(visual, 'visualId');
const controlIdOf = (control: CfnDashboard.FilterControlProperty): string => innerId(control, 'filterControlId');
