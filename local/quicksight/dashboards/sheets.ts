import type { Definition, Sheet as DefinedSheet } from '../definition/definition';
import { plain, visualOf } from '../definition/visuals';
import { chosenBy, type KnownFilter } from '../queries/filters';
import { filterIn } from './finding';
import type { Control, Placed, Sheet } from './model';

/** A sheet of a definition as the page draws it. */
export function shownSheet(sheet: DefinedSheet, definition: Definition): Sheet {
  return {
    id: sheet.SheetId,
    name: sheet.Name ?? sheet.Title ?? 'Sheet',
    description: sheet.Description,
    visuals: sheet.Visuals.map((visual) => visualOf(visual, definition)),
    texts: sheet.TextBoxes.map(({ SheetTextBoxId, Content = '' }) => ({ id: SheetTextBoxId, text: plain(Content) })),
    controls: sheet.FilterControls.flatMap((control) => controlOf(control, definition)),
    layout: sheet.Layouts.flatMap(({ Configuration }) => Configuration.GridLayout?.Elements ?? []).map(placed),
  };
}

const placed = ({ ElementId, ColumnIndex, ColumnSpan, RowIndex, RowSpan }: { ElementId: string; ColumnIndex?: number; ColumnSpan: number; RowIndex?: number; RowSpan: number }): Placed => ({ id: ElementId, column: ColumnIndex, columns: ColumnSpan, row: RowIndex, rows: RowSpan });

/** Controls of filters that this machine does not apply are left out: their visuals say so. */
function controlOf(control: DefinedSheet['FilterControls'][number], definition: Definition): Control[] {
  const [settings] = Object.values(control);
  if (!settings) return [];
  const filter = known(definition, settings.SourceFilterId);
  const kind = filter && kindOf(filter);
  if (!filter || !kind) return [];
  return [{ id: settings.FilterControlId, filterId: settings.SourceFilterId, title: settings.Title ?? filter.Column.ColumnName, several: settings.Type !== 'SINGLE_SELECT', chosen: chosenBy(filter), kind }];
}

function known(definition: Definition, filterId: string): KnownFilter | undefined {
  try {
    return filterIn(definition, filterId);
  } catch {
    return undefined;
  }
}

function kindOf(filter: KnownFilter): Control['kind'] | undefined {
  if ('RelativeDateType' in filter) return 'relative';
  if ('Configuration' in filter) return 'values';
  return 'RangeMinimum' in filter || 'RangeMaximum' in filter ? undefined : 'range';
}
