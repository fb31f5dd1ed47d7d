import { Fragment } from 'preact';
import type { Execution, Stage } from '../model';
import { spanOf, took } from './criticalPath';
import { useNow } from './live';
import { Duration, Status } from './parts';
import { href } from './route';

/** A stage that waits for a person is in progress for the API and at a stand for everybody else. */
export const statusOf = (stage: Stage): string | undefined => (stage.actions.some(({ approval }) => approval) ? 'Waiting' : stage.status);

/** The run from its first stage to its last: where it stands, and where the time went. */
export function Flow({ execution: { pipeline, id, stages } }: { execution: Execution }) {
  const spans = stages.map(({ actions }) => spanOf(actions));
  const now = useNow(spans.some(({ from, to }) => from !== undefined && to === undefined));
  const spent = stages.map(({ actions }) => {
    const { from, to } = spanOf(actions.filter(({ provider }) => provider !== 'Manual'));
    return took({ startedAt: from, endedAt: to }, now);
  });
  const most = Math.max(...spent);
  return (
    <>
      <ol class="flow" aria-label="Stages, one after the other">
        {stages.map((stage, index) => (
          <li key={stage.name}>
            <a class="name" href={href`runs/${pipeline}/${id}/${stage.name}`}>
              <Name of={stage.name} />
            </a>
            <Status of={statusOf(stage)} />
            {spans[index]?.from && <Duration from={spans[index].from} to={spans[index].to} />}
            <Bar share={(spent[index] ?? 0) / most} />
          </li>
        ))}
      </ol>
      <p class="faint legend">
        <span class="swatch" aria-hidden="true" /> On the critical path: what determined how long the run took.
      </p>
    </>
  );
}

/** A name, which may go on in the next line where a word of it ends. */
export function Name({ of }: { of: string }) {
  return (
    <>
      {of.split(/(?<=[._-])|(?<=[a-z])(?=[A-Z])/).map((part, index) => (
        <Fragment key={index}>
          {index > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </>
  );
}

/** As long as what it stands for took, beside the longest. The duration is written beside it. */
export function Bar({ share }: { share: number }) {
  return (
    <svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
      <rect width={Number.isFinite(share) ? Math.min(1, share) * 100 : 0} height="4" />
    </svg>
  );
}
