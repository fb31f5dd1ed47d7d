import { useState } from 'preact/hooks';
import type { Chosen, Visual, VisualData } from '../dashboards/model';
import { Chart } from './chart';
import { momentText } from './format';
import { Kpi } from './kpi';
import { useLive } from './live';
import { DataTable } from './table';

interface VisualCardProps {
  readonly visual: Visual;
  readonly base: string;
  readonly choices: Readonly<Record<string, Chosen>>;
}

/** One visual with its title, its data or what keeps it from having any, and of when the data is. */
export function VisualCard({ visual, base, choices }: VisualCardProps) {
  const isChart = visual.type !== 'KPIVisual' && visual.type !== 'TableVisual';
  const [asTable, setAsTable] = useState(false);
  return (
    <section class={`visual ${visual.type}`} aria-label={visual.title ?? visual.type} data-visual={visual.id}>
      <header>
        <div>
          {visual.title !== undefined && <h2>{visual.title}</h2>}
          {visual.subtitle !== undefined && <p class="faint">{visual.subtitle}</p>}
        </div>
        {isChart && visual.notDrawn === undefined && (
          <button type="button" class="quiet" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
            {asTable ? 'Chart' : 'Table'}
          </button>
        )}
      </header>
      {visual.notDrawn === undefined ? <Content visual={visual} base={base} choices={choices} asTable={asTable} /> : <p class="state">{visual.notDrawn}</p>}
    </section>
  );
}

function Content({ visual, base, choices, asTable }: VisualCardProps & { readonly asTable: boolean }) {
  const { data, problem } = useLive<VisualData>(`${base}/visuals/${encodeURIComponent(visual.id)}`, JSON.stringify(choices));
  if (data === undefined) return problem === undefined ? <p class="state loading" role="status">Loading…</p> : <p class="state bad" role="alert">{problem}</p>;
  return (
    <>
      {isEmpty(data) ? <p class="state">No data yet.</p> : <Drawn visual={visual} data={data} asTable={asTable} />}
      <Footer data={data} problem={problem} />
    </>
  );
}

const isEmpty = ({ rows }: VisualData): boolean => rows.every((row) => row.every((cell) => cell === null));

function Drawn({ visual, data, asTable }: { readonly visual: Visual; readonly data: VisualData; readonly asTable: boolean }) {
  if (visual.type === 'KPIVisual') return <Kpi visual={visual} data={data} />;
  if (visual.type === 'TableVisual' || asTable) return <DataTable visual={visual} data={data} />;
  return <Chart visual={visual} data={data} />;
}

/** Said only where it is not simply the data of just now. */
function Footer({ data: { mode, asOf, stale, cut }, problem }: { readonly data: VisualData; readonly problem: string | undefined }) {
  const old = mode === 'SPICE' && asOf !== undefined ? `Data of ${momentText(asOf)}.` : undefined;
  const notes = [old, cut ? 'There is more than is shown.' : undefined, stale].filter((note) => note !== undefined);
  if (notes.length === 0 && problem === undefined) return null;
  return (
    <footer class="faint">
      {notes.join(' ')}
      {problem !== undefined && <span class="bad" role="alert"> {problem}{asOf === undefined ? '' : ` This is the data of ${momentText(asOf)}.`}</span>}
    </footer>
  );
}
