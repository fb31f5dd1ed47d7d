import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Away, Refused } from './answers';
import { Catalogue } from './catalogue';
import { Crowd, type Person } from './people';
import { Random } from './random';
import { asking, type Ask } from './requests';
import { deployedSite, Elsewhere, type SiteProps } from './site';
import { Tab } from './tab';
import { Tally } from './tally';
import { Visit } from './visit';

export const DEFAULT_SHOPPERS = 6;
/** All of them are one address to the firewall, and so is whoever sits at this machine: together they must stay far below its limit. */
export const MOST_SHOPPERS = 15;

/** Seconds, on average, until at somebody's place there is somebody else. */
const BETWEEN_VISITS = 8;
/** People take their time differently: of a hundred pauses, five are more than three times as long as half of them. */
const SPREAD = 0.7;
const LONGEST_PAUSE = 60;
const [FIRST_BACKOFF_MS, LONGEST_BACKOFF_MS] = [1_000, 60_000];
const LOOKS_FOR_SITE_EVERY_MS = 2_000;
/** After the first minute: often enough to see that they are there. */
const SAYS_EVERY_MINUTES = 5;

export interface TrafficProps extends Omit<SiteProps, 'ask'> {
  /** How many walk at once. */
  readonly shoppers: number;
  /** Takes a line when something about them changes. */
  readonly say: (line: string) => void;
  /** Ends them. */
  readonly signal: AbortSignal;
  /** @default another one each time */
  readonly seed?: number;
  /** How many times faster than people they are, for tests. @default 1 */
  readonly haste?: number;
}

/**
 * Made-up shoppers who keep walking through an environment's site on this machine, so that its pages, reports and lists
 * have something to show. They are no synthetic shoppers in the contract's sense: those are the gate's, and left out of
 * all that is counted, while these are there to be counted. That is right on one machine, where there are no real
 * customers whom they could be taken for; so they come to no site but the gateway's own.
 */
export class Traffic {
  readonly tally = new Tally();
  readonly #props: TrafficProps;
  readonly #ask: Ask;
  readonly #catalogue = new Catalogue();
  readonly #random: Random;
  readonly #crowd: Crowd;
  /** Of those since the last one that went well. */
  #brokenOff = 0;
  #troubled = false;

  constructor(props: TrafficProps) {
    this.#props = props;
    // Each pause and each request of each shopper listens to it.
    setMaxListeners(0, props.signal);
    this.#ask = asking(props.signal);
    this.#random = new Random(props.seed ?? Date.now());
    this.#crowd = new Crowd(this.#random);
  }

  /** Waits for the site, then has shoppers come and go until the signal ends them. @throws Elsewhere when it is no site of this machine's */
  async run(): Promise<void> {
    const { shoppers, environment, say, signal } = this.#props;
    const site = await this.#deployed();
    if (signal.aborted) return;
    say(`${inWords(shoppers)} walk through ${environment.name}, ${site}`);
    await Promise.all([...Array.from({ length: shoppers }, () => this.#comeAndGo()), this.#report()]);
  }

  async #deployed(): Promise<string | undefined> {
    const { environment, shoppers, say, signal } = this.#props;
    for (let looks = 0; !signal.aborted; looks++) {
      try {
        const site = await this.#site();
        // The pages come last of all that is deployed.
        if (site !== undefined && (await this.#ask(`${site}/config.json`)).ok) return site;
      } catch (error) {
        // Otherwise its parts are coming up just now.
        if (error instanceof Elsewhere) throw error;
      }
      if (looks === 0) say(`${environment.name} is not deployed yet; ${inWords(shoppers)} come as soon as it is`);
      await this.#pause(LOOKS_FOR_SITE_EVERY_MS);
    }
    return undefined;
  }

  /** What goes on at one shopper's place: a visit, a while without one, the next visit. */
  async #comeAndGo(): Promise<void> {
    const { signal, haste = 1 } = this.#props;
    const backoff = new Backoff(this.#random);
    while (!signal.aborted) {
      await this.#pause((this.#random.exponential(BETWEEN_VISITS) * 1_000) / haste);
      const person = this.#crowd.comes();
      try {
        await this.#visit(person);
        backoff.wentWell();
        this.#wentWell();
      } catch (error) {
        if (!signal.aborted && !(error instanceof Refused)) {
          this.#wentWrong(error);
          await this.#pause(backoff.after(error));
        }
      } finally {
        this.#crowd.leaves(person);
      }
    }
  }

  async #visit(person: Person): Promise<void> {
    const { signal, haste = 1 } = this.#props;
    signal.throwIfAborted();
    // Anew for each visit: a deployment may have given it another address, which may be no site of this machine's.
    const siteUrl = await this.#site();
    if (siteUrl === undefined) throw new Away('It is not deployed any more.');
    const tab = await Tab.open({ siteUrl, person, tally: this.tally, ask: this.#ask });
    const think = async (median: number): Promise<void> => {
      const seconds = Math.min(LONGEST_PAUSE, this.#random.logNormal(median, SPREAD));
      await sleep((seconds * 1_000) / haste, undefined, { signal });
    };
    try {
      await new Visit({ tab, person, catalogue: this.#catalogue, random: this.#random, think, signal }).walk();
    } finally {
      await tab.close();
    }
  }

  #site(): Promise<string | undefined> {
    const { environment, gatewayUrl } = this.#props;
    return deployedSite({ environment, gatewayUrl, ask: this.#ask });
  }

  #wentWell(): void {
    this.#brokenOff = 0;
    if (this.#troubled) this.#props.say(`${this.#props.environment.name} answers again`);
    this.#troubled = false;
  }

  /** Says so once nobody gets through any more: now and then one visit comes to nothing, while a release goes out. */
  #wentWrong(error: unknown): void {
    const { environment, shoppers, say } = this.#props;
    this.#brokenOff++;
    if (this.#troubled || this.#brokenOff < shoppers) return;
    this.#troubled = true;
    say(`${environment.name} does not answer as it should (${error instanceof Error ? error.message : String(error)}); they try again, less and less often`);
  }

  async #report(): Promise<void> {
    const { shoppers, say, signal } = this.#props;
    for (let minute = 1; !signal.aborted; minute++) {
      await this.#pause(60_000);
      const { clicks, orders } = this.tally.lastMinute();
      const says = minute === 1 || minute % SAYS_EVERY_MINUTES === 0;
      if (says && !signal.aborted) say(`${inWords(shoppers)}, ${counted(clicks, 'click')}, ${counted(orders, 'order')} in the last minute`);
    }
  }

  /** Ends early when they all do. */
  async #pause(milliseconds: number): Promise<void> {
    await sleep(milliseconds, undefined, { signal: this.#props.signal }).catch(() => undefined);
  }
}

/** How long somebody waits who got no answer: twice as long each time, so that a shop that comes back is not run over. */
class Backoff {
  #next = FIRST_BACKOFF_MS;

  constructor(private readonly random: Random) {}

  wentWell(): void {
    this.#next = FIRST_BACKOFF_MS;
  }

  /** @returns milliseconds */
  after(error: unknown): number {
    const pause = this.#next * (0.5 + this.random.next() / 2);
    this.#next = Math.min(LONGEST_BACKOFF_MS, this.#next * 2);
    return Math.max(pause, error instanceof Away ? error.retryAfterMs : 0);
  }
}

const counted = (many: number, one: string): string => `${many} ${one}${many === 1 ? '' : 's'}`;
const inWords = (shoppers: number): string => counted(shoppers, 'shopper');
