import { definitionOf, visualIdOf } from '../../../app/quicksight/dashboard';
import type { Dashboard } from '../../../app/quicksight/dashboard';
import { liveShop } from '../../../app/quicksight/live-shop';
import { ordersDashboard } from '../../../app/quicksight/orders';
import { yesterdayDashboard } from '../../../app/quicksight/yesterday';

const DASHBOARDS: readonly [name: string, dashboard: Dashboard][] = [liveShop, ordersDashboard, yesterdayDashboard].map((dashboard) => [dashboard.name, dashboard]);
const arn = ({ id }: { id: string }): string => `arn:aws:quicksight:eu-west-1:222222222222:dataset/${id}`;
const KINDS = ['kpiVisual', 'lineChartVisual', 'barChartVisual', 'pieChartVisual', 'funnelChartVisual', 'tableVisual'];

interface Chart {
  readonly visualId: string;
  readonly title: unknown;
  readonly subtitle: unknown;
  readonly chartConfiguration: { readonly fieldWells: Readonly<Record<string, unknown>> };
}
const chartsOf = ({ rows }: Dashboard): [kind: string, chart: Chart][] => rows.flatMap(({ visuals }) => visuals.flatMap((visual) => Object.entries(visual) as [string, Chart][]));

/** Every object anywhere in a definition. */
function* within(value: unknown): Generator<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value as Record<string, unknown>;
  for (const inner of Object.values(value) as unknown[]) yield* within(inner);
}

describe.each(DASHBOARDS)('%s', (_, dashboard) => {
  const definition = definitionOf(dashboard, arn);

  test('says of each visual what it shows and in what unit', () => {
    for (const [kind, { title, subtitle }] of chartsOf(dashboard)) {
      expect(KINDS).toContain(kind);
      for (const text of [title, subtitle]) expect(text).toEqual({ visibility: 'VISIBLE', formatText: { plainText: expect.stringMatching(/^\S.{2,}/) } });
    }
  });

  test('names no column that its data set lacks, in visuals, sorts and filters alike', () => {
    const used = [...within(definition)].flatMap(({ dataSetIdentifier, columnName }) => (typeof columnName === 'string' ? [{ of: dataSetIdentifier, columnName }] : []));
    expect(used.length).toBeGreaterThan(20);
    const known = new Set(dashboard.dataSets.flatMap(({ id, columns }) => Object.keys(columns).map((column) => `${id} ${column}`)));
    expect(used.filter(({ of, columnName }) => !known.has(`${String(of)} ${columnName}`))).toEqual([]);
  });

  test('sorts by what is in the visual', () => {
    for (const [, { chartConfiguration }] of chartsOf(dashboard)) {
      const fields = new Set([...within(chartConfiguration.fieldWells)].map(({ fieldId }) => fieldId));
      for (const { fieldSort } of within(chartConfiguration)) if (fieldSort !== undefined) expect(fields).toContain((fieldSort as { fieldId: string }).fieldId);
    }
  });

  test('draws each data set that it declares, and places each visual and control once', () => {
    const drawn = new Set([...within(definition.sheets)].map(({ dataSetIdentifier }) => dataSetIdentifier));
    expect(dashboard.dataSets.filter(({ id }) => !drawn.has(id))).toEqual([]);
    const placed = [...within(definition.sheets)].flatMap(({ elementId }) => elementId ?? []);
    const ids = [...dashboard.rows.flatMap(({ visuals }) => visuals.map(visualIdOf)), ...[...within(definition.sheets)].flatMap(({ filterControlId }) => filterControlId ?? [])];
    expect(new Set(ids).size).toBe(ids.length);
    expect(placed.toSorted()).toEqual(ids.toSorted());
  });

  test('lets one choose a span of time, and adds up money of one currency alone', () => {
    const controls = dashboard.filters.flatMap(({ control }) => Object.keys(control ?? {}));
    expect(controls).toContain('relativeDateTime');
    const [filtered, having] = [dashboard.filters.flatMap(({ group }) => [...within(group.filters)]), dashboard.dataSets.filter(({ columns }) => Object.keys(columns).some((column) => /currency$/.test(column)))];
    for (const { id } of having) expect(filtered).toContainEqual(expect.objectContaining({ dataSetIdentifier: id, columnName: expect.stringMatching(/currency$/) }));
  });

  /** https://docs.aws.amazon.com/quicksight/latest/APIReference/API_SheetDefinition.html and its neighbours. */
  test('keeps to what QuickSight takes of it', () => {
    expect(dashboard.dataSets.length).toBeLessThanOrEqual(50);
    expect(dashboard.filters.length).toBeLessThanOrEqual(2_000);
    // The API takes 75 of a sheet; the console, in which an analysis is looked at, no more than 50.
    expect(chartsOf(dashboard).length).toBeLessThanOrEqual(50);
    for (const [, { chartConfiguration: { fieldWells } }] of chartsOf(dashboard)) for (const well of within(fieldWells)) for (const fields of Object.values(well)) if (Array.isArray(fields)) expect(fields.length).toBeLessThanOrEqual(200);
    for (const { height } of dashboard.rows) expect(height).toBeLessThanOrEqual(21);
    for (const { columnIndex, columnSpan } of within(definition)) if (columnSpan !== undefined) expect(Number(columnIndex ?? 0) + Number(columnSpan)).toBeLessThanOrEqual(36);
    for (const object of within(definition)) {
      for (const key of ['visualId', 'sheetId', 'filterId', 'filterGroupId', 'filterControlId', 'elementId']) if (key in object) expect(object[key]).toMatch(/^[\w-]{1,512}$/);
      if ('fieldId' in object) expect(object['fieldId']).toMatch(/^.{1,512}$/);
      if ('plainText' in object) expect(object['plainText']).toMatch(/^.{1,512}$/);
      if ('expression' in object) expect(object['expression']).toMatch(/^.{1,32000}$/);
    }
  });
});
