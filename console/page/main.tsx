import { render } from 'preact';
import { Log } from './log';
import { PipelineRuns, Pipelines } from './pipelines';
import { href, useRoute } from './route';
import { Run } from './run';
import { StackEventsOf } from './stackEvents';
import { PartLog } from './surroundings';

function View({ route: [view, ...rest] }: { route: string[] }) {
  const [first, second, third, fourth] = rest;
  if (view === undefined) return <Pipelines />;
  if (view === 'runs' && first && second) return <Run key={second} pipeline={first} executionId={second} />;
  if (view === 'runs' && first) return <PipelineRuns key={first} pipeline={first} />;
  if (view === 'parts' && first) return <PartLog key={first} part={first} />;
  if (view === 'logs' && first) return <Log buildId={first} />;
  if (view === 'stacks' && first && second && third && fourth) {
    return <StackEventsOf pipeline={first} executionId={second} stage={third} action={fourth} />;
  }
  return (
    <>
      <h1>Not found</h1>
      <p class="empty">There is nothing at this address.</p>
    </>
  );
}

function Page() {
  const route = useRoute();
  const [view, pipeline, executionId] = route;
  const within = view === 'runs' || view === 'stacks';
  return (
    <>
      {view !== undefined && (
        <nav aria-label="Where you are">
          <a href="#/">Pipelines</a>
          {within && pipeline && executionId && <a href={href`runs/${pipeline}`}>{pipeline}</a>}
          {view === 'stacks' && pipeline && executionId && <a href={href`runs/${pipeline}/${executionId}`}>{executionId.slice(0, 8)}</a>}
        </nav>
      )}
      <main>
        <View route={route} />
      </main>
    </>
  );
}

const page = document.getElementById('page');
if (page) {
  page.replaceChildren();
  render(<Page />, page);
}
