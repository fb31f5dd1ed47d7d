import { useState } from 'preact/hooks';
import type { OperatorOrder, OperatorOrderWithExecutions } from '../../../contracts/operations';
import { type Session, tokenOf } from '../../session';
import { ActDialog } from './actDialog';
import { stepWords } from './failureWords';
import { attendOrder, resendMail, retryOrder } from './operatorsApi';
import { machineWords } from './operatorWords';
import type { Awaited } from './pauses';
import { dueMails, isRefundable, isRetriable, isToBeAttended } from './possible';
import { RefundOrder } from './refundOrder';

export interface ActProps {
  order: OperatorOrderWithExecutions;
  session: Session;
  /** Does an act and says what came of it, once it was taken. @throws Refused */
  act: Acting;
}

export type Acting = (name: Awaited['act'], send: (token: string) => Promise<OperatorOrder>, words: string) => Promise<void>;

interface Props {
  order: OperatorOrderWithExecutions;
  session: Session;
  /** Told what was taken, with what to say of it, and how the order was before. */
  taken: (name: Awaited['act'], before: Awaited['before'], words: string) => void;
  /** Told when something was refused: the order may have moved on. */
  refused: () => void;
}

/** What an operator can do with the order now. */
export function Acts({ order, session, taken, refused }: Props) {
  const act: Acting = async (name, send, words) => {
    try {
      await send(await tokenOf(session));
    } catch (error) {
      refused();
      throw error;
    }
    taken(name, order, words);
  };
  const all = { order, session, act };
  const none = !isRefundable(order) && !isRetriable(order) && dueMails(order).length === 0 && !isToBeAttended(order);
  return (
    <section aria-label="What can be done">
      {none && <p class="faint">There is nothing for an operator to do with this order now.</p>}
      <div class="acts">
        <RetryOrder {...all} />
        <RefundOrder {...all} />
        <ResendMail {...all} />
        <AttendOrder {...all} />
      </div>
    </section>
  );
}

function RetryOrder({ order, session, act }: ActProps) {
  const failed = order.executions.filter(({ retriable }) => retriable);
  return (
    <ActDialog
      opens="Retry"
      possible={isRetriable(order)}
      title="Go on with what has failed?"
      confirms="Retry"
      asks="Why does it work now?"
      whenUnknown="Trying again does no harm: what goes on already is not begun twice."
      session={session}
      act={(reason) => act('RETRY', (token) => retryOrder(order.orderId, reason, token), 'It goes on where it failed.')}
    >
      <ul>
        {failed.map(({ name, machine, steps }) => (
          <li key={name}>
            {machineWords[machine]}: {stepWords(steps.at(-1)?.name ?? 'from its beginning on')}
          </li>
        ))}
      </ul>
      <p>Every step may be repeated: nothing is taken or sent twice.</p>
    </ActDialog>
  );
}

function ResendMail({ order, session, act }: ActProps) {
  const mails = dueMails(order);
  const [chosen, setChosen] = useState<string>();
  const mail = mails.find(({ name }) => name === chosen) ?? mails.at(-1);
  return (
    <ActDialog
      opens="Send a mail again"
      possible={mails.length > 0}
      title="Send a mail again?"
      confirms="Send the mail"
      asks="Why is it sent again?"
      whenUnknown="It may have been sent all the same: look at the mails and the steps of this order first."
      session={session}
      unready={!mail}
      act={async (reason) => {
        if (mail) await act('RESEND_MAIL', (token) => resendMail(order.orderId, { mail: mail.mail, undoingId: mail.undoingId, reason }, token), `“${mail.words}” is being sent again.`);
      }}
    >
      <p class="field">
        <label>
          Which one?{' '}
          <select value={mail?.name} onChange={({ currentTarget: { value } }) => setChosen(value)}>
            {mails.map(({ name, words }) => (
              <option key={name} value={name}>
                {words}
              </option>
            ))}
          </select>
        </label>
      </p>
      <p>It goes to {order.email ?? 'the address that the customer signed up with'}.</p>
    </ActDialog>
  );
}

function AttendOrder({ order, session, act }: ActProps) {
  return (
    <ActDialog
      opens="Mark as attended"
      possible={isToBeAttended(order)}
      title="Take it off the list?"
      confirms="Mark as attended"
      asks="What did you find or do?"
      whenUnknown="Trying again does no harm."
      session={session}
      act={(note) => act('ATTEND', (token) => attendOrder(order.orderId, note, token), 'It is off the list of orders that wait for a person.')}
    >
      <p>What is still not right in a day comes onto the list again.</p>
    </ActDialog>
  );
}
