/**
 * A process of this machine that answers for a service of AWS, as the supervisor starts it.
 * Every part says where it is ready; the supervisor restarts it when it dies and stops it with SIGTERM.
 */
export interface Part {
  /** Name of its log file and of its line in messages, e.g. `ministack`. */
  readonly name: string;
  /** Executable and arguments; no shell in between, so that a signal reaches the part itself. */
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment of the process: nothing is inherited, so that a developer's own AWS settings stay out. */
  readonly env: Readonly<Record<string, string>>;
  /** Answers 200 once the part is ready. */
  readonly healthUrl: string;
}
