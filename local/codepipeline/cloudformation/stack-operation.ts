import {
  CloudFormationClient,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  type Stack,
  type StackEvent,
} from '@aws-sdk/client-cloudformation';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../../aws/errors';

/** What happens to one stack while an action works on it. */
export interface Watch {
  readonly log: (line: string) => void;
  readonly onProgress: (summary: string) => void;
  readonly signal: AbortSignal;
}

/** A stack as it is now, or nothing when there is none. */
export async function describeStack(client: CloudFormationClient, name: string): Promise<Stack | undefined> {
  try {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: name }));
    return Stacks?.find(({ StackStatus }) => StackStatus !== 'DELETE_COMPLETE');
  } catch (error) {
    if (/does not exist/.test(messageOf(error))) return undefined;
    throw error;
  }
}

/** Starts a change of a stack and follows it to its end. */
export class StackOperation {
  readonly #client: CloudFormationClient;
  readonly #watch: Watch;
  readonly #seen = new Set<string>();
  readonly #events: StackEvent[] = [];

  constructor(client: CloudFormationClient, watch: Watch) {
    this.#client = client;
    this.#watch = watch;
  }

  /**
   * @param begin makes the call that begins the change, with a token that all events of the change will carry, and returns
   * the stack's id: a deleted stack is found by nothing else
   * @returns the stack once nothing is in progress; nothing when it is gone
   */
  async run(begin: (token: string) => Promise<string | undefined>): Promise<Stack | undefined> {
    const token = randomUUID();
    const id = await begin(token);
    if (id === undefined) throw new Error('CloudFormation did not tell the id of the stack.');
    // Pauses grow by a tenth, so that an end is noticed late by at most about a tenth of what the change took.
    for (let pause = 10; ; pause = Math.min(pause * 1.1, 1_000)) {
      this.#watch.signal.throwIfAborted();
      const stack = await describeStack(this.#client, id);
      await this.#follow(id, token);
      if (stack?.StackStatus?.endsWith('IN_PROGRESS') !== true) return stack;
      await sleep(pause);
    }
  }

  /** The first failures of resources, in words: what failed after them was cancelled because of them. */
  failures(): string[] {
    const failed = this.#events.filter(({ ResourceStatus, ResourceType }) => ResourceStatus?.endsWith('_FAILED') === true && ResourceType !== 'AWS::CloudFormation::Stack');
    const causes = failed.filter(({ ResourceStatusReason = '' }) => !/cancelled/i.test(ResourceStatusReason));
    return (causes.length > 0 ? causes : failed)
      .slice(0, 3)
      .map(({ LogicalResourceId, ResourceType, ResourceStatus, ResourceStatusReason }) => `${LogicalResourceId} (${ResourceType}) ${ResourceStatus}: ${ResourceStatusReason ?? 'no reason given'}`);
  }

  async #follow(stackId: string, token: string): Promise<void> {
    const events = await this.#newEvents(stackId, token);
    for (const event of events) {
      if (event.EventId !== undefined) this.#seen.add(event.EventId);
      this.#events.push(event);
      this.#watch.log([event.ResourceStatus, event.ResourceType, event.LogicalResourceId, event.ResourceStatusReason].filter(Boolean).join(' '));
    }
    const done = this.#events.filter(({ ResourceStatus, ResourceType }) => ResourceStatus?.endsWith('_COMPLETE') === true && ResourceType !== 'AWS::CloudFormation::Stack');
    if (events.length > 0) this.#watch.onProgress(`${done.length} resources done`);
  }

  /** Events of a change not seen yet, oldest first. */
  async #newEvents(stack: string, token: string): Promise<StackEvent[]> {
    const found: StackEvent[] = [];
    let nextToken: string | undefined;
    do {
      const page = await this.#client.send(new DescribeStackEventsCommand({ StackName: stack, NextToken: nextToken })).catch(() => undefined);
      const events = page?.StackEvents ?? [];
      const fresh = events.filter(({ EventId, ClientRequestToken }) => ClientRequestToken === token && EventId !== undefined && !this.#seen.has(EventId));
      found.push(...fresh);
      nextToken = fresh.length === events.length ? page?.NextToken : undefined;
    } while (nextToken !== undefined);
    return found.toReversed();
  }
}
