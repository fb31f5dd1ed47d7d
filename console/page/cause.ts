import type { StackEvent } from '../model';

export interface Cause {
  event: StackEvent;
  /** What happened, as a sentence without its end. */
  what: string;
  why?: string;
  /** How many resources were given up because of it. */
  cancelled: number;
}

/**
 * What made a deployment fail: the first resource that could not be created or changed. What is cancelled since, and
 * the stack around it that reports it once more, only follow from it.
 */
export function causeOf(events: readonly StackEvent[]): Cause | undefined {
  const failures = events.filter(({ status }) => status.endsWith('_FAILED'));
  const cancelled = failures.filter(isCancelled).length;
  const own = failures.filter((event) => !isCancelled(event));
  const event = own.find((one) => forward.test(one.status) && !isStack(one)) ?? own.find(({ status }) => forward.test(status)) ?? own[0];
  return event && { event, what: `${event.logicalId} ${verbs[event.status] ?? 'failed'}`, why: event.reason && inWords(event.reason), cancelled };
}

/** The way there, not the way back, where CloudFormation may fail once more. */
const forward = /^(CREATE|UPDATE|IMPORT)_FAILED$/;
const verbs: Record<string, string> = {
  CREATE_FAILED: 'could not be created',
  UPDATE_FAILED: 'could not be changed',
  DELETE_FAILED: 'could not be removed',
};
const isCancelled = ({ reason }: StackEvent) => /^Resource (creation|update|deletion) cancelled/i.test(reason ?? '');
const isStack = ({ type }: StackEvent) => type === 'AWS::CloudFormation::Stack';

/** What CloudFormation, resource handlers and SDKs wrap around a message, each in one another. */
const wrappings: readonly RegExp[] = [
  /^Resource handler returned message: "(.*)" \(RequestToken: [^)]*\)$/s,
  /^Received response status \[FAILED\] from custom resource\. Message returned: (.*?)(?: \(RequestId: [^)]*\))?$/s,
  /^(.*?\S)\s*\(Service: [^()]*(?:\([^()]*\)[^()]*)*\)(?: \(SDK Attempt Count: \d+\))?$/s,
];

/** A reason without what is wrapped around it. */
export function inWords(reason: string): string {
  for (const wrapping of wrappings) {
    const inner = wrapping.exec(reason)?.[1];
    if (inner !== undefined) return inWords(inner);
  }
  return reason;
}
