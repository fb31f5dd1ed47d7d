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

const isFieldSort = (value: unknown): value is { readonly fieldId: string } => typeof value === 'object' && value !== null && 'fieldId' in value;

const ID = /^[\w-]{1,512}$/;
const LIMITS: Readonly<Record<string, RegExp>> = {
  visualId: ID, sheetId: ID, filterId: ID, filterGroupId: ID, filterControlId: ID, elementId: ID, sourceFilterId: ID,
  fieldId: /^.{1,512}$/, plainText: /^.{1,512}$/, customLabel: /^.{1,512}$/, columnName: /^.{1,127}$/, dataSetIdentifier: /^.{1,2048}$/, expression: /^.{1,32000}$/s,
};

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
    const sorted = chartsOf(dashboard).flatMap(([, { visualId, chartConfiguration }]) => {
      const fields = new Set([...within(chartConfiguration.fieldWells)].map(({ fieldId }) => fieldId));
      return [...within(chartConfiguration)].flatMap(({ fieldSort }) => (isFieldSort(fieldSort) ? [{ visualId, known: fields.has(fieldSort.fieldId) }] : []));
    });
    expect(sorted.length).toBeGreaterThan(3);
    expect(sorted.filter(({ known }) => !known)).toEqual([]);
  });

  test('draws each data set that it declares, and places each visual and control once', () => {
    const drawn = new Set([...within(definition.sheets)].map(({ dataSetIdentifier }) => dataSetIdentifier));
    expect(dashboard.dataSets.filter(({ id }) => !drawn.has(id))).toEqual([]);
    const named = (key: string): string[] => [...within(definition.sheets)].flatMap((object) => (key in object ? [String(object[key])] : []));
    const ids = [...dashboard.rows.flatMap(({ visuals }) => visuals.map(visualIdOf)), ...named('filterControlId')];
    expect(named('elementId')).toHaveLength(ids.length);
    expect(new Set(named('elementId'))).toEqual(new Set(ids));
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('lets one choose a span of time, and adds up money of one currency alone', () => {
    const controls = dashboard.filters.flatMap(({ control }) => Object.keys(control ?? {}));
    expect(controls).toContain('relativeDateTime');
    const filtered = new Set(dashboard.filters.flatMap(({ group }) => [...within(group.filters)]).map(({ dataSetIdentifier, columnName }) => `${String(dataSetIdentifier)} ${String(columnName)}`));
    const currencies = dashboard.dataSets.flatMap(({ id, columns }) => Object.keys(columns).filter((column) => column.endsWith('currency')).map((column) => `${id} ${column}`));
    expect(currencies.filter((currency) => !filtered.has(currency))).toEqual([]);
    expect(currencies.length).toBeGreaterThan(0);
  });

  /** https://docs.aws.amazon.com/quicksight/latest/APIReference/API_SheetDefinition.html and its neighbours. */
  test('keeps to what QuickSight takes of it', () => {
    expect(dashboard.dataSets.length).toBeLessThanOrEqual(50);
    expect(dashboard.filters.length).toBeLessThanOrEqual(2_000);
    // The API takes 75 of a sheet; the console, in which an analysis is looked at, no more than 50.
    expect(chartsOf(dashboard).length).toBeLessThanOrEqual(50);
    const wells = chartsOf(dashboard).flatMap(([, { chartConfiguration }]) => [...within(chartConfiguration.fieldWells)].flatMap((well) => Object.values(well).filter((fields) => Array.isArray(fields))));
    expect(wells.filter((fields) => fields.length > 200)).toEqual([]);
    expect(dashboard.rows.filter(({ height }) => height > 21)).toEqual([]);
    expect([...within(definition)].filter(({ columnIndex, columnSpan }) => Number(columnIndex ?? 0) + Number(columnSpan ?? 0) > 36)).toEqual([]);
    const texts = [...within(definition)].flatMap((object) => Object.entries(object).flatMap(([key, text]) => (typeof text === 'string' ? [{ key, text }] : [])));
    expect(texts.filter(({ key, text }) => !(LIMITS[key] ?? /^.{1,1024}$/s).test(text))).toEqual([]);
  });
});
