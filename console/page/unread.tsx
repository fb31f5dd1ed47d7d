import type { UnreadPart } from '../model';

/** What is missing in what is shown, and which permission would bring it. */
export function UnreadNote({ of, then }: { of: readonly UnreadPart[]; then?: string }) {
  if (of.length === 0) return null;
  return (
    <div class="note waiting">
      <strong>Not everything could be read.</strong> {then}
      <ul>
        {of.map(({ what, why, needs }) => (
          <li key={what + why}>
            {what}
            {needs && (
              <>
                {' '}
                (needs <code>{needs}</code>)
              </>
            )}
            : {why}
          </li>
        ))}
      </ul>
    </div>
  );
}
