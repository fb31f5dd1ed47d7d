import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import reportBuilder from 'junit-report-builder';

/** Where CodeBuild finds the report, below the step's folder; named in `buildspec-integ.yml` as well. */
const REPORT_FOLDER = 'reports';

interface Result {
  readonly name: string;
  readonly seconds: number;
  readonly failure?: string;
}

/**
 * The checks of one step, in the order in which they are made. A check that fails does not keep the later ones from
 * being made, unless they need its result: then they fail with it.
 */
export class Checks {
  readonly #suite: string;
  readonly #results: Result[] = [];

  constructor(suite: string) {
    this.#suite = suite;
  }

  /**
   * Makes one check and says how it went.
   *
   * @param name the promise that is checked, as a sentence
   * @returns what the check found out, or `undefined` when it failed
   */
  async check<T>(name: string, make: () => Promise<T>): Promise<T | undefined> {
    const start = performance.now();
    const seconds = (): number => (performance.now() - start) / 1000;
    try {
      const found = await make();
      this.#add({ name, seconds: seconds() });
      return found;
    } catch (error) {
      this.#add({ name, seconds: seconds(), failure: error instanceof Error ? error.message : String(error) });
      return undefined;
    }
  }

  /** Adds a check whose outcome is known already. @param hold throws with the reason when the promise was not kept */
  record(name: string, seconds: number, hold: () => void): void {
    try {
      hold();
      this.#add({ name, seconds });
    } catch (error) {
      this.#add({ name, seconds, failure: error instanceof Error ? error.message : String(error) });
    }
  }

  #add(result: Result): void {
    this.#results.push(result);
    console.log(`${result.failure === undefined ? 'ok    ' : 'FAILED'} ${result.seconds.toFixed(2).padStart(6)} s  ${result.name}`);
    if (result.failure !== undefined) console.log(result.failure.replace(/^/gm, '                 '));
  }

  /** Writes the JUnit report and sets the exit code; the last line says what became of the step. */
  finish(): void {
    const builder = reportBuilder.newBuilder();
    const suite = builder.testSuite().name(this.#suite);
    for (const { name, seconds, failure } of this.#results) {
      const testCase = suite.testCase().className(this.#suite).name(name).time(seconds);
      if (failure !== undefined) testCase.failure(failure);
    }
    mkdirSync(REPORT_FOLDER, { recursive: true });
    writeFileSync(join(REPORT_FOLDER, `${this.#suite}.xml`), builder.build());
    const failed = this.#results.filter(({ failure }) => failure !== undefined);
    console.log(failed.length === 0 ? `All ${this.#results.length} checks hold.` : `${failed.length} of ${this.#results.length} checks failed: ${failed.map(({ name }) => name).join('; ')}.`);
    if (failed.length > 0) process.exitCode = 1;
  }
}

/** @throws Error with `message` unless the condition holds */
export function expect(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(message);
}
