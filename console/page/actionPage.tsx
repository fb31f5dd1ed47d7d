import type { ComponentChildren } from 'preact';
import type { ActionDetail, Artefact, Attempt, Variable } from '../action';
import { api } from './api';
import { causeOf } from './cause';
import { ChangesOf } from './changes';
import { useLive } from './live';
import { Duration, Instant, Loaded, Scrollable, Status } from './parts';
import { EVERY_MS } from './pipelines';
import { href } from './route';
import { type ActionAddress, CauseInWords, Events, useStackEvents } from './stackEvents';
import { UnreadNote } from './unread';

/** Everything that is known of one action of one run, why it failed first. */
export function ActionPage(address: ActionAddress) {
  const { pipeline, executionId, stage, action } = address;
  const live = useLive<ActionDetail>(api`pipelines/${pipeline}/executions/${executionId}/stages/${stage}/actions/${action}`, ({ status }) =>
    status === 'InProgress' ? 1_000 : 5 * EVERY_MS,
  );
  return (
    <Loaded live={live} title={action}>
      {(detail) => (
        <>
          <Title address={address} detail={detail} />
          <UnreadNote of={detail.unread} />
          {detail.stackName && detail.attempts.length > 0 ? <Deployment address={address} error={detail.attempts[0]?.error} /> : <Failure error={detail.attempts[0]?.error} />}
          <Part title="Attempts">{detail.attempts.length === 0 ? <p class="empty">{detail.unread.length > 0 ? 'None could be read.' : 'It has not run yet.'}</p> : <Attempts of={detail.attempts} address={address} />}</Part>
          <Variables title="Variables in" of={detail.variablesIn} />
          <Variables title="Variables out" of={detail.variablesOut} namespace={detail.namespace} />
          <Artefacts title="Artefacts in" of={detail.artefactsIn} />
          <Artefacts title="Artefacts out" of={detail.artefactsOut} />
          <Configuration of={detail} />
        </>
      )}
    </Loaded>
  );
}

function Title({ address, detail }: { address: ActionAddress; detail: ActionDetail }) {
  const [latest] = detail.attempts;
  const waits = detail.provider === 'Manual' && detail.status === 'InProgress';
  return (
    <header>
      <h1>
        {detail.name} <Status of={waits ? 'Waiting' : detail.status} />
      </h1>
      <p class="faint">
        {detail.stage} · {detail.provider}
        {latest && (
          <>
            {' · '}
            <Instant at={latest.startedAt} /> · <Duration from={latest.startedAt} to={latest.endedAt} />
          </>
        )}
      </p>
      {waits && (
        <p class="note waiting">
          It waits for a person. <a href={href`runs/${address.pipeline}/${address.executionId}/${detail.stage}`}>Look at the run and decide</a>
        </p>
      )}
      {latest && <LogLink of={latest} address={address} words="Read the log" />}
    </header>
  );
}

/** What a deployment changes and what comes of it: why it failed first, as soon as an event says so. */
function Deployment({ address, error }: { address: ActionAddress; error: string | undefined }) {
  const live = useStackEvents(address);
  const cause = causeOf(live.data?.events ?? []);
  return (
    <>
      {cause ? (
        <div class="note bad">
          <CauseInWords of={cause} />
        </div>
      ) : (
        <Failure error={error} />
      )}
      <Part title="Changes">
        <ChangesOf {...address} />
      </Part>
      <Part title="Stack events">
        <Events live={live} />
      </Part>
    </>
  );
}

function Failure({ error }: { error: string | undefined }) {
  if (error === undefined) return null;
  return (
    <div class="note bad">
      <strong>It failed:</strong>
      <pre class="told">{error}</pre>
    </div>
  );
}

function LogLink({ of, address: { pipeline, executionId, stage, action }, words }: { of: Attempt; address: ActionAddress; words: string }) {
  if (of.buildId) return <a href={href`runs/${pipeline}/${executionId}/${stage}/${action}/builds/${of.buildId}`}>{words}</a>;
  return of.hasLog ? <a href={href`runs/${pipeline}/${executionId}/${stage}/${action}/attempts/${of.id}`}>{words}</a> : null;
}

function Part({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="card" aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function Attempts({ of, address }: { of: Attempt[]; address: ActionAddress }) {
  return (
    <Scrollable label="Attempts">
      <table class="rows">
        <thead>
          <tr>
            <th scope="col">Started</th>
            <th scope="col">State</th>
            <th scope="col">Took</th>
            <th scope="col">By</th>
            <th scope="col">What it said</th>
            <th scope="col">Log</th>
          </tr>
        </thead>
        <tbody>
          {of.map((attempt) => (
            <tr key={attempt.id}>
              <td>
                <Instant at={attempt.startedAt} />
              </td>
              <td>
                <Status of={attempt.status} />
              </td>
              <td>
                <Duration from={attempt.startedAt} to={attempt.endedAt} />
              </td>
              <td class="wide" data-label="By">
                {attempt.by}
              </td>
              <td class="wide reason">{attempt.error ?? attempt.summary}</td>
              <td>
                <LogLink of={attempt} address={address} words="Log" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrollable>
  );
}

function Variables({ title, of, namespace }: { title: string; of: Variable[]; namespace?: string }) {
  if (of.length === 0) return null;
  return (
    <Part title={title}>
      {namespace && (
        <p class="faint">
          Later actions name them <code>{`#{${namespace}.…}`}</code>.
        </p>
      )}
      <dl class="pairs">
        {of.map(({ name, value, type }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {value} {type && <span class="faint">({type})</span>}
            </dd>
          </div>
        ))}
      </dl>
    </Part>
  );
}

function Artefacts({ title, of }: { title: string; of: Artefact[] }) {
  if (of.length === 0) return null;
  return (
    <Part title={title}>
      <dl class="pairs">
        {of.map(({ name, bucket, key }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{bucket ? `s3://${bucket}/${key ?? ''}` : <span class="faint">The pipeline does not say where it is kept.</span>}</dd>
          </div>
        ))}
      </dl>
    </Part>
  );
}

function Configuration({ of: { configuration, region, roleArn, category, runOrder } }: { of: ActionDetail }) {
  const settings = [
    { name: 'Region', value: region ?? 'The pipeline’s own' },
    { name: 'Role', value: roleArn ?? 'The pipeline’s own' },
    { name: 'Category', value: category },
    { name: 'Run order', value: String(runOrder) },
    ...configuration,
  ];
  return (
    <Part title="Configuration">
      <dl class="pairs">
        {settings.map((setting) => (
          <div key={setting.name}>
            <dt>{setting.name}</dt>
            <dd>
              {setting.value}
              {'written' in setting && setting.written && <div class="faint">written as {setting.written}</div>}
            </dd>
          </div>
        ))}
      </dl>
    </Part>
  );
}
