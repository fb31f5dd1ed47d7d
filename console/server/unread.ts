import type { UnreadPart } from '../model';
import { isRefused, whyOf } from './problems';

/** Notes what of an answer could not be read, so that the rest is told without it. */
export class Unread {
  readonly list: UnreadPart[] = [];

  /** Goes on without what fails, for whatever reason. */
  async unless<T>(what: string, reading: Promise<T>): Promise<T | undefined> {
    try {
      return await reading;
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      this.list.push({ what, why: whyOf(error) });
      return undefined;
    }
  }

  /** Goes on without what this identity may not read. Any other failure is thrown: most pass, and what is not there is said as such. */
  async unlessRefused<T>(what: string, needs: string, reading: Promise<T>): Promise<T | undefined> {
    try {
      return await reading;
    } catch (error) {
      if (!isRefused(error)) throw error;
      this.list.push({ what, needs, why: whyOf(error) });
      return undefined;
    }
  }
}
