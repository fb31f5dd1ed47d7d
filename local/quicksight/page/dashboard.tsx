import { useEffect, useState } from 'preact/hooks';
import type { Chosen, Placed, Sheet, ShownDashboard } from '../dashboards/model';
import { Controls } from './controls';
import { href } from './route';
import { VisualCard } from './visual';

interface DashboardProps {
  readonly dashboard: ShownDashboard;
  /** Where its data is asked for. */
  readonly base: string;
  readonly sheetId: string | undefined;
}

/** One dashboard: its sheets as tabs, of which one is drawn. */
export function Dashboard({ dashboard: { account, region, id, name, sheets }, base, sheetId }: DashboardProps) {
  const open = sheets.find((sheet) => sheet.id === sheetId) ?? sheets[0];
  useEffect(() => {
    document.title = `${name} – Dashboards`;
    return () => void (document.title = 'Dashboards');
  }, [name]);
  return (
    <main class="dashboard">
      <h1>{name}</h1>
      {sheets.length > 1 && (
        <nav class="tabs" aria-label="Sheets">
          {sheets.map((sheet) => (
            <a key={sheet.id} href={href(account, region, id, sheet.id)} aria-current={sheet === open ? 'page' : undefined}>
              {sheet.name}
            </a>
          ))}
        </nav>
      )}
      {open ? <OpenSheet key={open.id} sheet={open} base={base} /> : <p class="empty">It has no sheets.</p>}
    </main>
  );
}

function OpenSheet({ sheet, base }: { readonly sheet: Sheet; readonly base: string }) {
  const [choices, setChoices] = useState<Readonly<Record<string, Chosen>>>({});
  return (
    <>
      {sheet.description !== undefined && <p class="faint">{sheet.description}</p>}
      {sheet.controls.length > 0 && <Controls controls={sheet.controls} choices={choices} base={base} onChange={setChoices} />}
      <div class="grid">
        {sheet.texts.map(({ id, text }) => (
          <div key={id} class="cell" style={placing(sheet, id)}>
            <p class="text">{text}</p>
          </div>
        ))}
        {sheet.visuals.map((visual) => (
          <div key={visual.id} class="cell" style={placing(sheet, visual.id)}>
            <VisualCard visual={visual} base={base} choices={choices} />
          </div>
        ))}
      </div>
    </>
  );
}

/** A place on the grid of 36 columns. Without one a visual takes half a line. */
function placing({ layout }: Sheet, id: string): Record<string, string> {
  const { column, columns, row, rows }: Partial<Placed> & Pick<Placed, 'columns' | 'rows'> = layout.find((place) => place.id === id) ?? { columns: 18, rows: 9 };
  return { '--columns': String(columns), '--rows': String(rows), ...(column !== undefined && { '--column': String(column + 1) }), ...(row !== undefined && { '--row': String(row + 1) }) };
}
