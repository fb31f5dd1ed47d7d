import type { Problem } from '../../contracts/problem';
import { codeOf } from '../api';
import { ProblemNote, RetryNote } from '../parts';
import type { Session } from '../session';

/** Whether nothing of an operators' page can be shown: to somebody else, or any more. */
export const isBarred = (problem: Problem | undefined): problem is Problem => problem !== undefined && (problem.status === 401 || codeOf(problem) === 'not-an-operator');

/** An operators' page for whoever may not see it. */
export function RefusedPage({ title, problem, session, again }: { title: string; problem: Problem; session: Session; again: () => void }) {
  return (
    <>
      <h1>{title}</h1>
      {problem.status === 401 ? (
        <RetryNote problem={problem} session={session} again={again} />
      ) : (
        <ProblemNote problem={problem}>
          <a href="/">Back to the shop</a>
        </ProblemNote>
      )}
    </>
  );
}
