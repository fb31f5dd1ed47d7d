import { randomUUID } from 'node:crypto';
import type { Described, Interaction, Kept } from './kept';
import { Recommender } from './recommender';

/** https://docs.aws.amazon.com/personalize/latest/dg/limits.html: what a solution needs before it can be trained. */
const LEAST_INTERACTIONS = 1_000;
const LEAST_USERS = 25;
const LEAST_OF_A_USER = 2;

/** What is known in each dataset group of users, items and what they had to do with one another. */
export class Knowledge {
  readonly #recommenders = new Map<string, Recommender>();
  /** What was done before somebody signed in, by dataset group and session: the keys of the interactions. */
  readonly #anonymous = new Map<string, string[]>();

  constructor(private readonly kept: Kept) {
    for (const interaction of kept.interactions.values()) this.#note(interaction);
    for (const item of kept.items.values()) this.of(item.group).putItem(item.id, item.columns);
  }

  of(group: string): Recommender {
    const recommender = this.#recommenders.get(group) ?? new Recommender();
    this.#recommenders.set(group, recommender);
    return recommender;
  }

  learn(interaction: Interaction): void {
    const { group, eventId = randomUUID() } = interaction;
    const known = this.kept.interactions.get(`${group} ${eventId}`);
    if (known) return;
    this.kept.interactions.put(`${group} ${eventId}`, { ...interaction, eventId });
    this.#note({ ...interaction, eventId });
  }

  #note(interaction: Interaction): void {
    const { group, userId, eventId, anonymous } = interaction;
    this.of(group).add(interaction);
    if (!anonymous) return;
    const session = `${group} ${userId}`;
    const keys = this.#anonymous.get(session);
    if (keys) keys.push(`${group} ${eventId}`);
    else this.#anonymous.set(session, [`${group} ${eventId}`]);
  }

  /**
   * What was done in a session before somebody signed in is theirs from now on
   * (https://docs.aws.amazon.com/personalize/latest/dg/recording-anonymous-user-events.html).
   */
  join(group: string, sessionId: string, userId: string): void {
    const session = `${group} ${sessionId}`;
    for (const key of this.#anonymous.get(session) ?? []) {
      const one = this.kept.interactions.get(key);
      if (!one) continue;
      const { anonymous: _, ...joined } = { ...one, userId };
      this.kept.interactions.put(key, joined);
      this.of(group).add({ ...joined, eventId: undefined });
    }
    this.#anonymous.delete(session);
  }

  putItem(item: Described): void {
    this.of(item.group).putItem(item.id, item.columns);
    this.kept.items.put(`${item.group} ${item.id}`, item);
  }

  putUser(user: Described): void {
    this.kept.users.put(`${user.group} ${user.id}`, user);
  }

  /** Takes what earlier import jobs brought out of a group again; what came as events stays. */
  forgetImported(group: string): void {
    const imported = [...this.kept.interactions.values()].filter((one) => one.group === group && one.imported);
    for (const { eventId } of imported) this.kept.interactions.delete(`${group} ${eventId}`);
    this.#recommenders.delete(group);
    for (const interaction of this.kept.interactions.values()) if (interaction.group === group) this.of(group).add(interaction);
    for (const item of this.kept.items.values()) if (item.group === group) this.of(group).putItem(item.id, item.columns);
  }

  /** Why a group is not enough to train on, in the service's words; nothing where it is. */
  lacks(group: string, eventType?: string): string | undefined {
    const counts = new Map<string, number>();
    let interactions = 0;
    for (const one of this.kept.interactions.values()) {
      if (one.group !== group || one.anonymous || (eventType !== undefined && one.eventType !== eventType)) continue;
      interactions += 1;
      counts.set(one.userId, (counts.get(one.userId) ?? 0) + 1);
    }
    const filtered = eventType === undefined ? '' : ` after filtering by event type: ${eventType}`;
    if (interactions < LEAST_INTERACTIONS) return `Dataset has fewer than ${LEAST_INTERACTIONS} interactions${filtered}`;
    const users = [...counts.values()].filter((count) => count >= LEAST_OF_A_USER).length;
    return users < LEAST_USERS ? `Dataset has fewer than ${LEAST_USERS} users with at least ${LEAST_OF_A_USER} interactions${filtered}` : undefined;
  }
}
