import type { Execution } from '../model';
import { isLost } from './evidence';
import { href } from './route';
import { CauseOf } from './stackEvents';

/** What went wrong, before anything else is looked at. */
export function Failures({ execution: { pipeline, id, stages } }: { execution: Execution }) {
  const failed = stages.flatMap((stage) => stage.actions.filter(({ status }) => status === 'Failed').map((action) => ({ stage: stage.name, action })));
  if (failed.length === 0) return null;
  return (
    <section aria-label="What failed">
      {failed.map(({ stage, action }) => (
        <div key={`${stage}/${action.name}`} class="note bad">
          <p>
            <a href={href`runs/${pipeline}/${id}/${stage}/${action.name}`}>
              {stage} · {action.name}
            </a>{' '}
            <strong>failed.</strong> {action.buildId && <a href={href`runs/${pipeline}/${id}/${stage}/${action.name}/builds/${action.buildId}`}>Read its log</a>}
          </p>
          {action.stackName ? (
            <CauseOf pipeline={pipeline} executionId={id} stage={stage} action={action.name} error={action.error} />
          ) : (
            <pre class="told">{action.error}</pre>
          )}
          {action.hops?.filter(isLost).map(({ from, to, arrived, sent }) => (
            <p key={`${from} ${to}`}>
              <strong>
                {from} → {to}:
              </strong>{' '}
              {arrived} of {sent} arrived in time.
            </p>
          ))}
        </div>
      ))}
    </section>
  );
}
