import type { UnreadPart } from '../model';

/** What is missing in what is shown, and which permission would bring it. */
export function UnreadNote({ of, then }: { of: readonly UnreadPart[]; then?: string }) {
  if (of.length === 0) return null;
  return (
    <div class="note waiting">
      <strong>Not everything could be read.</strong> {then}
      <ul>
        {of.map((part) => (
          <li key={part.what + part.why}>
            <OnePart of={part} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function OnePart({ of: { what, why, needs } }: { of: UnreadPart }) {
  if (!needs) return <>{`${what}: ${why}`}</>;
  return (
    <>
      {what}: the permission <code>{needs}</code> is missing.
      <details>
        <summary>What AWS says</summary>
        {why}
      </details>
    </>
  );
}
