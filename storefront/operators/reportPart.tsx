import type { ComponentChildren } from 'preact';
import type { ReportName } from '../../contracts/analytics';
import { RetryNote } from '../parts';
import type { Session } from '../session';
import type { Rows } from './report';
import type { LoadingReport } from './useReport';

interface Props<Name extends ReportName> {
  title: string;
  /** What is counted, in words that end a sentence. */
  counted: string;
  from: LoadingReport<Name>;
  session: Session;
  children: (rows: Rows<Name>) => ComponentChildren;
}

/** The place of one report: its numbers, what is being waited for, or why it is not there. */
export function ReportPart<Name extends ReportName>({ title, counted, from: { rows, problem, waiting, again }, session, children }: Props<Name>) {
  return (
    <section class="report" aria-label={title}>
      <h2>{title}</h2>
      {problem && <RetryNote problem={problem} session={session} again={again} />}
      {rows && children(rows)}
      {!rows && !problem && (
        <p class="faint" role="status">
          {waiting ? `Redshift is still counting ${counted}. It takes longest when it has not been asked for a while.` : 'Loading …'}
        </p>
      )}
    </section>
  );
}

/** The number one looks for first, and what there is to say about it. */
export function Figure({ value, children }: { value: string; children?: ComponentChildren }) {
  return (
    <>
      <p class="figure">{value}</p>
      {children && <p class="faint">{children}</p>}
    </>
  );
}
