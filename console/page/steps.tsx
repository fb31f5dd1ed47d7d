import type { Action, Execution, Stage } from '../model';
import { key, stepsOf, took } from './criticalPath';
import { Bar, Name } from './flow';
import { useNow } from './live';
import { Duration, Status } from './parts';
import { href } from './route';

interface Props {
  execution: Execution;
  stage: Stage;
  critical: ReadonlySet<string>;
  longest: number;
}

/** A stage as it runs: step after step, and the actions of a step side by side. */
export function Steps({ execution, stage, critical, longest }: Props) {
  const steps = stepsOf(stage.actions);
  return (
    <ol class="steps">
      {steps.map((actions, index) => (
        <li key={actions[0]?.runOrder}>
          <ul aria-label={`Step ${index + 1} of ${steps.length}`}>
            {failedFirst(actions).map((action) => (
              <Box key={action.name} execution={execution} stage={stage.name} action={action} critical={critical.has(key(stage.name, action.name))} longest={longest} />
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}

const failed = ({ status }: Action) => status === 'Failed' || status === 'Abandoned';
const failedFirst = (actions: readonly Action[]) => actions.toSorted((one, other) => Number(failed(other)) - Number(failed(one)));

function Box({ execution, stage, action, critical, longest }: { execution: Execution; stage: string; action: Action; critical: boolean; longest: number }) {
  const now = useNow(action.startedAt !== undefined && action.endedAt === undefined);
  const page = href`runs/${execution.pipeline}/${execution.id}/${stage}/${action.name}`;
  return (
    <li class={['box', critical && 'critical', failed(action) && 'failed', !action.status && 'ahead'].filter(Boolean).join(' ')}>
      <div class="head">
        <a class="name" href={page}>
          <Name of={action.name} />
        </a>
        {critical && <span class="unseen">, on the critical path,</span>}
        {action.startedAt && <Duration from={action.startedAt} to={action.endedAt} />}
      </div>
      {action.status && <Bar share={action.provider === 'Manual' ? 0 : took(action, now) / longest} />}
      <div class="facts">
        {action.status ? <Status of={action.approval ? 'Waiting' : action.status} /> : <span class="unseen">Not run</span>}
        <span class="faint">
          {action.provider}
          {action.attempts > 1 && ` · attempt ${action.attempts}`}
        </span>
        {action.buildId && <a href={href`runs/${execution.pipeline}/${execution.id}/${stage}/${action.name}/builds/${action.buildId}`}>Log</a>}
      </div>
      {action.summary && <p class="summary">{action.summary}</p>}
      {action.error && <p class="why">{action.error}</p>}
    </li>
  );
}
