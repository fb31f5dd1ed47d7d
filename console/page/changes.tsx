import type { Change, Changes } from '../action';
import { api } from './api';
import { useLive } from './live';
import { Instant, Loaded, Scrollable } from './parts';
import { EVERY_MS } from './pipelines';
import type { ActionAddress } from './stackEvents';

/** What the change set of a deploy action changes, what may lose something first. */
export function ChangesOf({ pipeline, executionId, stage, action }: ActionAddress) {
  const live = useLive<Changes>(api`pipelines/${pipeline}/executions/${executionId}/stages/${stage}/actions/${action}/changes`, () => 10 * EVERY_MS);
  return <Loaded live={live}>{(changes) => <Known changes={changes} />}</Loaded>;
}

function Known({ changes }: { changes: Changes }) {
  if (changes.kind === 'direct') return <p>The action deploys its template without a change set. What it changes, the events tell.</p>;
  if (changes.kind === 'gone') {
    return (
      <p>
        The change set <code>{changes.changeSetName}</code> of this run is gone. {changes.why}
      </p>
    );
  }
  const made = (
    <p class="faint">
      <code>{changes.changeSetName}</code>, made <Instant at={changes.createdAt} />
    </p>
  );
  if (changes.changes.length === 0) return <>{made}<p>Nothing changes.</p></>;
  return (
    <>
      {made}
      <Scrollable label="Changes">
        <table class="rows">
          <thead>
            <tr>
              <th scope="col">Change</th>
              <th scope="col">Resource</th>
              <th scope="col">Type</th>
              <th scope="col">Properties</th>
            </tr>
          </thead>
          <tbody>
            {changes.changes.map((change) => (
              <tr key={change.logicalId}>
                <td class={losing(change) ? 'bad' : undefined}>{inWords(change)}</td>
                <td class="name">{change.logicalId}</td>
                <td class="faint">{change.type}</td>
                <td class="wide">{change.properties.join(', ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrollable>
    </>
  );
}

const losing = ({ action, replacement }: Change) => action === 'Remove' || replacement === 'True';

const verbs: Record<string, string> = { Add: 'Added', Modify: 'Changed', Remove: 'Removed', Import: 'Imported', Dynamic: 'To be seen' };

function inWords({ action, replacement }: Change): string {
  if (action === 'Modify' && replacement === 'True') return 'Replaced';
  return `${verbs[action] ?? action}${action === 'Modify' && replacement === 'Conditional' ? ', perhaps replaced' : ''}`;
}
