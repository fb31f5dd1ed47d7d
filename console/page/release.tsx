import type { ChangeKind, Release, ResourceChange, StackChange, Widening } from '../model';
import { Commits, Instant, Scrollable } from './parts';
import { href } from './route';
import { UnreadNote } from './unread';
import './release.css';

/** What approving would bring, as facts to decide by. */
export function ReleaseFacts({ release, pipeline }: { release: Release; pipeline: string }) {
  const { into, newer, stacks, unread } = release;
  const where = into.join(', ') || 'the next stage';
  return (
    <section class="release" aria-label={`What this brings to ${where}`}>
      <h3>What this brings to {where}</h3>
      {newer && (
        <p class="note waiting">
          <strong>A newer run is behind this one.</strong> <a href={href`runs/${pipeline}/${newer.id}`}>Run {newer.id.slice(0, 8)}</a>: <Commits of={newer.commits} />
        </p>
      )}
      <CommitsSince release={release} pipeline={pipeline} />
      {stacks && <DataAtRisk stacks={stacks} />}
      {stacks && <Stacks release={release} stacks={stacks} where={where} />}
      <Widenings of={stacks?.flatMap((stack) => stack.widenings.map((widening) => ({ ...widening, stack: stack.name }))) ?? []} />
      <UnreadNote of={unread} then="You can decide without it." />
    </section>
  );
}

function CommitsSince({ release: { last, commits, revision }, pipeline }: { release: Release; pipeline: string }) {
  if (!revision) return null;
  const lastRun = last && (
    <>
      <a href={href`runs/${pipeline}/${last.id}`}>run {last.id.slice(0, 8)}</a> of <Instant at={last.startedAt} />
    </>
  );
  if (!lastRun) return <p>No run has gone there before: all of it is new.</p>;
  if (revision === 'the same') return <p>The commit that {lastRun} brought there already.</p>;
  if (revision === 'earlier') return <p>This run started before the one that is there now, {lastRun}: it goes back.</p>;
  return (
    <>
      <p>
        {commits.length === 1 ? 'One commit' : `${commits.length} commits`} since {lastRun}, the newest of each run:
      </p>
      <ul class="commits">
        {commits.map((commit) => (
          <li key={commit.id}>
            <Commits of={[commit]} />
          </li>
        ))}
      </ul>
    </>
  );
}

const losing: readonly ChangeKind[] = ['removed', 'left behind', 'replaced', 'perhaps replaced'];

function DataAtRisk({ stacks }: { stacks: StackChange[] }) {
  const risks = stacks.flatMap(({ name, resources }) => resources.filter(({ stateful, kind }) => stateful && losing.includes(kind)).map((resource) => ({ stack: name, ...resource })));
  if (risks.length === 0) return null;
  return (
    <div class="note bad">
      <strong>Look at these first: they hold data.</strong>
      <ul>
        {risks.map(({ stack, logicalId, name, type, kind }) => (
          <li key={stack + logicalId}>
            {name} ({type}) in {stack} is {kind}.
          </li>
        ))}
      </ul>
    </div>
  );
}

function Stacks({ release: { unchanged, unread }, stacks, where }: { release: Release; stacks: StackChange[]; where: string }) {
  const rest = unchanged > 0 && <p class="faint">{unchanged === 1 ? 'One stack stays' : `${unchanged} stacks stay`} as {unchanged === 1 ? 'it is' : 'they are'}.</p>;
  if (stacks.length === 0) return <>{unread.length === 0 ? <p><strong>Nothing would change in the stacks of {where}.</strong></p> : <p>Of what could be compared, nothing changes.</p>}{rest}</>;
  return (
    <>
      {stacks.map((stack) => (
        <Stack key={stack.name} stack={stack} open={stacks.length <= 3} />
      ))}
      {rest}
    </>
  );
}

function Stack({ stack: { name, kind, resources }, open }: { stack: StackChange; open: boolean }) {
  if (kind === 'no longer deployed') return <p>{name} is no longer deployed by the pipeline. The stack itself stays.</p>;
  return (
    <details open={open || resources.some(({ stateful, kind: change }) => stateful && change !== 'added')}>
      <summary>
        <strong>{name}</strong> {kind === 'added' ? 'is new' : ''} <span class="faint">{counted(resources)}</span>
      </summary>
      <Scrollable label={`Changes in ${name}`}>
        <table class="rows">
          <thead>
            <tr>
              <th scope="col">Resource</th>
              <th scope="col">What happens</th>
            </tr>
          </thead>
          <tbody>
            {resources.map((resource) => (
              <tr key={resource.logicalId}>
                <td class="wide">
                  {resource.name} {resource.stateful && <span class="holds">holds data</span>}
                  <div class="faint">{resource.type}</div>
                </td>
                <td>
                  <span class={losing.includes(resource.kind) ? 'bad' : ''}>{resource.kind}</span>
                  {resource.properties.length > 0 && `: ${resource.properties.join(', ')}`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrollable>
    </details>
  );
}

/** `2 replaced, 1 changed, 14 added` */
function counted(resources: ResourceChange[]): string {
  const kinds = [...new Set(resources.map(({ kind }) => kind))];
  return kinds.map((kind) => `${resources.filter((resource) => resource.kind === kind).length} ${kind}`).join(', ');
}

function Widenings({ of }: { of: (Widening & { stack: string })[] }) {
  if (of.length === 0) return null;
  return (
    <details open={of.length <= 10}>
      <summary>
        <strong>Permissions and network openings that widen</strong> <span class="faint">{of.length}</span>
      </summary>
      <Scrollable label="Permissions and network openings that widen">
        <table class="rows">
          <thead>
            <tr>
              <th scope="col">Who</th>
              <th scope="col">May</th>
              <th scope="col">On</th>
            </tr>
          </thead>
          <tbody>
            {of.map(({ stack, who, what, where, condition }, index) => (
              <tr key={index}>
                <td class="lines wide">
                  {who}
                  <div class="faint">{stack}</div>
                </td>
                <td class="lines" data-label="May">
                  {what}
                </td>
                <td class="lines" data-label="On">
                  {where}
                  {condition && <div class="faint">if {condition}</div>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrollable>
    </details>
  );
}
