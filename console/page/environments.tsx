import type { Environment } from '../model';
import { api } from './api';
import { useLive } from './live';
import { Commits, Instant, ProblemNote, Status } from './parts';
import { href } from './route';
import { UnreadNote } from './unread';
import './environments.css';

const EVERY_MS = 10_000;

/** What each environment of a pipeline runs, and where it is. */
export function Environments({ pipeline }: { pipeline: string }) {
  const live = useLive<Environment[]>(api`pipelines/${pipeline}/environments`, () => EVERY_MS);
  // Why there is nothing fresh is said above, by the list of runs.
  return (
    <section aria-label={`Environments of ${pipeline}`}>
      {live.problem && <ProblemNote problem={live.problem} />}
      {live.data && live.data.length > 0 && (
        <ul class="environments">
          {live.data.map((environment) => (
            <li key={environment.stage}>
              <OneEnvironment pipeline={pipeline} environment={environment} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function OneEnvironment({ pipeline, environment: { stage, status, run, at, addresses, unread } }: { pipeline: string; environment: Environment }) {
  return (
    <>
      <h3>
        {stage} {status && status !== 'Succeeded' && <Status of={status} />}
      </h3>
      {run ? (
        <>
          <p>
            <Commits of={run.commits} />
          </p>
          <p class="faint">
            <a href={href`runs/${pipeline}/${run.id}`}>Run {run.id.slice(0, 8)}</a>, <Instant at={at ?? run.updatedAt} />
          </p>
        </>
      ) : (
        unread.every(({ needs }) => needs !== 'codepipeline:ListPipelineExecutions') && <p class="faint">No run has gone through it yet.</p>
      )}
      {addresses.length > 0 && (
        <ul class="addresses">
          {addresses.map(({ stack, name, url }) => (
            <li key={stack + name}>
              {name} <a href={url}>{url.replace(/^https?:\/\//, '')}</a>
            </li>
          ))}
        </ul>
      )}
      <UnreadNote of={unread} />
    </>
  );
}
