import type { StackEvents } from '../model';
import { api } from './api';
import { useLive } from './live';
import { Instant, Loaded, Scrollable, Status } from './parts';
import { EVERY_MS } from './pipelines';

interface Props {
  pipeline: string;
  executionId: string;
  stage: string;
  action: string;
}

const tone = (status: string) => (status.includes('FAILED') || status.includes('ROLLBACK') ? 'bad' : status.endsWith('_COMPLETE') ? 'good' : 'running');

/** What CloudFormation did for one deploy action, the newest last. */
export function StackEventsOf({ pipeline, executionId, stage, action }: Props) {
  const live = useLive<StackEvents>(api`pipelines/${pipeline}/executions/${executionId}/stages/${stage}/actions/${action}/stack-events`, ({ actionStatus }) =>
    actionStatus === 'InProgress' ? 1_000 : 10 * EVERY_MS,
  );
  return (
    <Loaded live={live} title="Stack events">
      {({ stackName, actionStatus, events }) => (
        <>
          <h1>
            {stackName} <Status of={actionStatus} />
          </h1>
          {events.length === 0 ? (
            <p class="empty">{actionStatus === 'InProgress' ? 'No event yet.' : 'Nothing had to change.'}</p>
          ) : (
            <Scrollable label="Stack events">
              <table>
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
          )}
        </>
      )}
    </Loaded>
  );
}
