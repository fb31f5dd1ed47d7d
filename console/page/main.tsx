import { render } from 'preact';
import { ActionPage } from './actionPage';
import { api } from './api';
import { Log } from './log';
import { lineOf } from './logLines';
import { PipelineRuns, Pipelines } from './pipelines';
import { href, useRoute } from './route';
import { Run } from './run';
import { PartLog } from './surroundings';

function View({ route: [view, ...rest] }: { route: string[] }) {
  const [first, second, third, fourth] = rest;
  if (view === undefined) return <Pipelines />;
  if (view === 'runs' && first && second && third && fourth) {
    return <ActionPage key={rest.join('/')} pipeline={first} executionId={second} stage={third} action={fourth} />;
  }
  if (view === 'runs' && first && second) return <Run key={second} pipeline={first} executionId={second} stage={third} />;
  if (view === 'runs' && first) return <PipelineRuns key={first} pipeline={first} />;
  if (view === 'parts' && first) return <PartLog key={first} part={first} />;
  if (view === 'logs' && first) return <Log key={first} path={api`builds/${first}/log`} address={href`logs/${first}`} id={first} line={lineOf(second)} />;
  if (view === 'action-logs' && first && second && third) {
    const [path, address] = [api`pipelines/${first}/executions/${second}/attempts/${third}/log`, href`action-logs/${first}/${second}/${third}`];
    return <Log key={third} path={path} address={address} id={third} line={lineOf(fourth)} />;
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
  const [view, pipeline, executionId, , action] = route;
  const within = view === 'runs' || view === 'action-logs';
  const below = view === 'action-logs' || action !== undefined;
  return (
    <>
      {view !== undefined && (
        <nav aria-label="Where you are">
          <a href="#/">Pipelines</a>
          {within && pipeline && executionId && <a href={href`runs/${pipeline}`}>{pipeline}</a>}
          {within && pipeline && executionId && below && <a href={href`runs/${pipeline}/${executionId}`}>{executionId.slice(0, 8)}</a>}
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
