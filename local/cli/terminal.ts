import ora from 'ora';
import { colours } from './colours';
import { duration } from './duration';

/** Where something is told that goes on for long. */
export type Teller = Pick<Terminal, 'interactive' | 'line' | 'heading' | 'busy' | 'idle'>;

/**
 * What the commands say. On a terminal the step at work has a spinner; without one, and in CI, each thing is a plain
 * line when it happens.
 */
export class Terminal {
  readonly interactive = process.stdout.isTTY && process.env.CI === undefined;
  readonly #spinner = ora({ discardStdin: false, isEnabled: this.interactive });

  line(text = ''): void {
    if (!this.#spinner.isSpinning) {
      console.log(text);
      return;
    }
    this.#spinner.clear();
    console.log(text);
    this.#spinner.render();
  }

  heading(text: string): void {
    this.line(colours.bold(text));
  }

  /** Shows what is at work now, in place of what was before; nothing without a terminal. */
  busy(text: string): void {
    if (this.interactive) this.#spinner.start(text);
  }

  idle(): void {
    this.#spinner.stop();
  }

  /**
   * Runs one step and says how long it took. What it is doing meanwhile is told by `progress`, which is a line where
   * there is no terminal, or by `detail`, which then is nothing.
   */
  async step<T>(name: string, work: (progress: (text: string) => void, detail: (text: string) => void) => Promise<T>): Promise<T> {
    const start = Date.now();
    this.busy(name);
    try {
      const detail = (text: string): void => this.busy(`${name}: ${text}`);
      const result = await work((text) => (this.interactive ? detail(text) : this.line(`  ${text}`)), detail);
      this.idle();
      this.line(`${colours.green('✔')} ${name} ${colours.dim(duration(Date.now() - start))}`);
      return result;
    } catch (error) {
      this.idle();
      this.line(`${colours.red('✖')} ${name} ${colours.dim(duration(Date.now() - start))}`);
      throw error;
    }
  }
}
