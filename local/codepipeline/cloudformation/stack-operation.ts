import {
  CloudFormationClient,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  type Stack,
  type StackEvent,
} from '@aws-sdk/client-cloudformation';
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
  readonly #stackName: string;
  readonly #watch: Watch;
  readonly #seen = new Set<string>();
  readonly #events: StackEvent[] = [];

  constructor(client: CloudFormationClient, stackName: string, watch: Watch) {
    this.#client = client;
    this.#stackName = stackName;
    this.#watch = watch;
  }

  /**
   * @param start makes the call that begins the change
   * @returns the stack once nothing is in progress; nothing when it is gone
   */
  async run(start: () => Promise<unknown>): Promise<Stack | undefined> {
    for (const { EventId } of await this.#newEvents(this.#stackName)) if (EventId !== undefined) this.#seen.add(EventId);
    await start();
    // A deleted stack is found by its id only.
    const id = (await describeStack(this.#client, this.#stackName))?.StackId ?? this.#stackName;
    for (let pause = 25; ; pause = Math.min(pause * 1.5, 200)) {
      this.#watch.signal.throwIfAborted();
      const stack = await describeStack(this.#client, id);
      await this.#follow(id);
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

  async #follow(stackId: string): Promise<void> {
    const events = await this.#newEvents(stackId);
    for (const event of events) {
      if (event.EventId !== undefined) this.#seen.add(event.EventId);
      this.#events.push(event);
      this.#watch.log([event.ResourceStatus, event.ResourceType, event.LogicalResourceId, event.ResourceStatusReason].filter(Boolean).join(' '));
    }
    const done = this.#events.filter(({ ResourceStatus, ResourceType }) => ResourceStatus?.endsWith('_COMPLETE') === true && ResourceType !== 'AWS::CloudFormation::Stack');
    if (events.length > 0) this.#watch.onProgress(`${done.length} resources done`);
  }

  /** Events not seen yet, oldest first. */
  async #newEvents(stack: string): Promise<StackEvent[]> {
    const found: StackEvent[] = [];
    let token: string | undefined;
    do {
      const page = await this.#client.send(new DescribeStackEventsCommand({ StackName: stack, NextToken: token })).catch(() => undefined);
      const events = page?.StackEvents ?? [];
      const fresh = events.filter(({ EventId }) => EventId !== undefined && !this.#seen.has(EventId));
      found.push(...fresh);
      token = fresh.length === events.length ? page?.NextToken : undefined;
    } while (token !== undefined);
    return found.toReversed();
  }
}
