import * as z from 'zod';
import { OrderId } from '../../contracts/ids';
import { website } from '../../stages/environments';

/** A mail that SES has accepted. */
export interface Mail {
  readonly id: string;
  /** The name of the shop's environment that sent it (`Dev`); for mail of anybody else the number of the account. */
  readonly environment: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly subject: string;
  /** When it was accepted, ISO 8601. */
  readonly at: string;
  /** What it is tagged with: the order it is about, and which mail about it (`confirmation`). */
  readonly order?: OrderId;
  readonly kind?: string;
  /** What became of it, the worst of its recipients' outcomes; not known of mail that SES's second API sent. */
  readonly outcome?: Outcome;
  /** Empty without a text part. */
  readonly text: string;
  /** Empty without an HTML part. */
  readonly html: string;
}

/** MiniStack gives no mail, and why, in words. */
export class MailsUnavailable extends Error {}

const OUTCOMES = ['Complaint', 'Bounce', 'Delivery'] as const;
export type Outcome = (typeof OUTCOMES)[number];

const Addresses = z.array(z.string());
/** What `GET /_ministack/ses/messages` answers (with local/ministack/mends/mail_list.py), by account, the oldest first within a region; `Timestamp` in seconds since 1970. */
const Answer = z.object({
  messages: z.record(
    z.string(),
    z.array(
      z.object({
        MessageId: z.string(),
        Source: z.string(),
        To: Addresses,
        CC: Addresses,
        BCC: Addresses,
        Subject: z.string(),
        BodyText: z.string().nullish(),
        BodyHtml: z.string().nullish(),
        Timestamp: z.number(),
        Tags: z.record(z.string(), z.string()),
        Outcomes: z.record(z.string(), z.array(z.enum(OUTCOMES))),
      }),
    ),
  ),
});

/**
 * Every mail that MiniStack has kept of every account, the newest first.
 *
 * @throws MailsUnavailable when MiniStack does not answer, or with something else
 */
export async function sentMails(ministackUrl: string): Promise<Mail[]> {
  const { messages } = await ask(`${ministackUrl}/_ministack/ses/messages`);
  return Object.entries(messages)
    .flatMap(([account, sent]) =>
      sent.map(({ MessageId: id, Source: from, To: to, CC: cc, BCC: bcc, Subject: subject, BodyText: text, BodyHtml: html, Timestamp: seconds, Tags: tags, Outcomes: outcomes }): Mail => ({
        id,
        environment: environmentOf(account, from),
        from,
        to,
        cc,
        bcc,
        subject,
        at: new Date(seconds * 1_000).toISOString(),
        order: OrderId.safeParse(tags['order']).data,
        kind: tags['mail'],
        outcome: OUTCOMES.find((outcome) => Object.values(outcomes).flat().includes(outcome)),
        text: text ?? '',
        html: html ?? '',
      })),
    )
    .toReversed()
    .sort((one, other) => other.at.localeCompare(one.at));
}

async function ask(url: string): Promise<z.infer<typeof Answer>> {
  let response: Response;
  let body: unknown;
  try {
    response = await fetch(url, { signal: AbortSignal.timeout(10_000) });
    body = await response.json();
  } catch (error) {
    throw new MailsUnavailable(`MiniStack, which keeps the mail, does not answer at ${url}.`, { cause: error });
  }
  const answer = Answer.safeParse(body);
  if (!response.ok || !answer.success) throw new MailsUnavailable(`MiniStack answers ${response.status} at ${url}, with something that is no list of mails.`, { cause: answer.error });
  return answer.data;
}

/** Environments may share an account; then the sender tells them apart. */
function environmentOf(account: string, from: string): string {
  const here = website.environments.filter((environment) => environment.account === account);
  const sender = /<([^<>]*)>\s*$/.exec(from)?.[1] ?? from;
  const environment = here.length > 1 ? here.find(({ mailSender }) => mailSender === sender) : here[0];
  return environment?.name ?? account;
}
