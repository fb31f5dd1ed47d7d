import { render } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { ActionPage } from './actionPage';
import { ActionLog } from './actionLog';
import { PipelineRuns, Pipelines } from './pipelines';
import { type Crumb, useRoute, wayTo } from './route';
import { Run } from './run';
import { PartLog } from './surroundings';

function View({ route: [view, ...rest] }: { route: string[] }) {
  const [first, second, third, fourth, ...log] = rest;
  if (view === undefined) return <Pipelines />;
  if (view === 'runs' && first && second && third && fourth) {
    const address = { pipeline: first, executionId: second, stage: third, action: fourth };
    const [kind, id, line] = log;
    if ((kind === 'builds' || kind === 'attempts') && id) return <ActionLog key={id} of={address} kind={kind} id={id} line={line} />;
    return <ActionPage key={rest.join('/')} {...address} />;
  }
  if (view === 'runs' && first && second) return <Run key={second} pipeline={first} executionId={second} stage={third} />;
  if (view === 'runs' && first) return <PipelineRuns key={first} pipeline={first} />;
  if (view === 'parts' && first) return <PartLog key={first} part={first} />;
  return (
    <>
      <h1>Not found</h1>
      <p class="empty">There is nothing at this address.</p>
    </>
  );
}

function Page() {
  const route = useRoute();
  const way = wayTo(route);
  const main = useRef<HTMLElement>(null);
  useTitle(way, main.current);
  return (
    <>
      {way.length > 1 && (
        <nav aria-label="Where you are">
          {way.slice(0, -1).map(({ name, address }) => (
            <a key={address} href={address}>
              {name}
            </a>
          ))}
        </nav>
      )}
      <main tabIndex={-1} ref={main}>
        <View route={route} />
      </main>
    </>
  );
}

/** Tabs and screen readers tell pages apart by their titles; whoever came here by a link goes on at the page's beginning. */
function useTitle(way: readonly Crumb[], main: HTMLElement | null): void {
  const title = way.map(({ name }) => name).toReversed().join(' · ');
  useEffect(() => {
    document.title = title;
    // A part of the page that the address names may have taken the focus already.
    if (main && !main.contains(document.activeElement)) main.focus({ preventScroll: true });
  }, [title]);
}

const page = document.getElementById('page');
if (page) {
  page.replaceChildren();
  render(<Page />, page);
}
