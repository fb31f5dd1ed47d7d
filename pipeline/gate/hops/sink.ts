/** A synthetic click or order on its way: its id, and when it left the shopper's hand (milliseconds since 1970). */
export interface Sent {
  readonly id: string;
  readonly at: number;
}

/** A place in which what was sent has to arrive, and which the integration role may read. */
export interface Sink {
  readonly from: 'click' | 'order';
  /** Its name in the table of hops: `search`. */
  readonly to: string;
  /** After which what is not there counts as lost. */
  readonly deadlineSeconds: number;
  /** @returns which of the ids are there now */
  find(ids: readonly string[]): Promise<Iterable<string>>;
}
