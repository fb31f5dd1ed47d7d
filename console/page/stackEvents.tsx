import type { StackEvents } from '../model';
import { api } from './api';
import { type Cause, causeOf } from './cause';
import { type Live, useLive } from './live';
import { outcomeOf } from './outcome';
import { Instant, Loaded, Scrollable } from './parts';
import { EVERY_MS } from './pipelines';

export interface ActionAddress {
  pipeline: string;
  executionId: string;
  stage: string;
  action: string;
}

const tone = (status: string) => (status.includes('FAILED') || status.includes('ROLLBACK') ? 'bad' : status.endsWith('_COMPLETE') ? 'good' : 'running');

export function useStackEvents({ pipeline, executionId, stage, action }: ActionAddress): Live<StackEvents> {
  return useLive(api`pipelines/${pipeline}/executions/${executionId}/stages/${stage}/actions/${action}/stack-events`, ({ actionStatus }) => (actionStatus === 'InProgress' ? 1_000 : 10 * EVERY_MS));
}

/** What CloudFormation did for one deploy action, as it happens, the newest last. */
export function Events({ live }: { live: Live<StackEvents> }) {
  return (
    <Loaded live={live}>
      {({ stackName, actionStatus, events }) => {
        if (events.length === 0) return <p class="empty">{actionStatus === 'InProgress' ? 'No event yet.' : 'Nothing had to change.'}</p>;
        return (
          <>
            {outcomeOf(events).map(({ kind, resources }) => (
              <p key={kind}>
                <strong class={kind === 'Removed' || kind === 'Replaced' ? 'bad' : undefined}>{kind}:</strong> {resources.join(', ')}
              </p>
            ))}
            <Scrollable label={`Events of ${stackName}`}>
              <table class="rows">
                <thead>
                  <tr>
                    <th scope="col">Time</th>
                    <th scope="col">Resource</th>
                    <th scope="col">Type</th>
                    <th scope="col">Status</th>
                  </tr>
                </thead>
                <tbody>
                  {events.map((event) => (
                    <tr key={event.id}>
                      <td>
                        <Instant at={event.at} timeOnly />
                      </td>
                      <td class="name">{event.logicalId}</td>
                      <td class="faint">{event.type}</td>
                      <td class="wide">
                        <span class={`status ${tone(event.status)}`}>{event.status}</span>
                        {event.reason && <div>{event.reason}</div>}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Scrollable>
          </>
        );
      }}
    </Loaded>
  );
}

/** Why a deploy action failed, where its events say so; CodePipeline itself often knows no more than that it did. */
export function CauseOf({ error, ...address }: ActionAddress & { error: string | undefined }) {
  const { data } = useStackEvents(address);
  const cause = data && causeOf(data.events);
  return cause ? <CauseInWords of={cause} /> : <pre class="told">{error}</pre>;
}

export function CauseInWords({ of: { what, why, event, cancelled } }: { of: Cause }) {
  return (
    <>
      <p>
        <strong>{why ? `${what}:` : `${what}.`}</strong> {why && <span class="reason">{why}</span>}
      </p>
      <p class="faint">
        {event.type} at <Instant at={event.at} timeOnly />
        {cancelled > 0 && ` · ${cancelled === 1 ? 'one other resource was' : `${cancelled} other resources were`} given up because of it`}
      </p>
    </>
  );
}
