import * as z from 'zod/mini';

/** A page that whoever starts the console wants people to find. */
export const Link = z.object({ name: z.string(), url: z.url() });
export type Link = z.infer<typeof Link>;

/** A process beside the console, on the machine where it runs. */
export const Part = z.object({
  name: z.string(),
  health: z.enum(['answers', 'does not answer', 'given up']),
  /** Of it and all that it has started. */
  memoryBytes: z.optional(z.number()),
  startedAt: z.optional(z.iso.datetime()),
  /** How often it died and was started again. */
  restarts: z.int(),
});
export type Part = z.infer<typeof Part>;

/** What is around a console, as an address tells it that is given when the console is started; `<address>/logs/<part>` is the end of a part's log. */
export const Surroundings = z.object({ links: z.array(Link), parts: z.array(Part) });
export type Surroundings = z.infer<typeof Surroundings>;
