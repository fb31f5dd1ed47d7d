import * as z from 'zod';
import type { Deployed } from './calls/call';
import type { Sources } from './roles/compiled';
import type { PolicyHolder, Role } from './roles/grants';

const document = z.unknown();
/** A role with the documents of its policies. */
export const RoleAnswer = z.object({
  arn: z.string(),
  trust: document,
  inline: z.record(z.string(), document),
  attached: z.record(z.string(), document),
  boundary: z.object({ arn: z.string(), document }).nullish().transform((boundary) => boundary ?? undefined),
  tags: z.record(z.string(), z.string()),
}) satisfies z.ZodType<Role>;

/** A resource that a stack made. */
export const NamedResource = z.object({
  account: z.string(),
  /** The one it got: what CloudFormation calls its physical id. */
  name: z.string(),
  type: z.string(),
  stack: z.string(),
  logicalId: z.string(),
});
export type NamedResource = z.infer<typeof NamedResource>;

const Answer = z.object({ answer: z.unknown() });
const TextAnswer = z.string().nullable();

/** What is deployed on this machine, as MiniStack tells it (local/ministack/deployed.py). */
export class DeployedOnMinistack implements Sources, Deployed {
  readonly #ministack: URL;
  /** What stays true of a bucket or secret until something is deployed. */
  readonly #known = new Map<string, Promise<string | undefined>>();

  constructor(ministack: URL) {
    this.#ministack = ministack;
  }

  async role(arn: string): Promise<Role | undefined> {
    return RoleAnswer.nullable().parse(await this.#ask('role', { arn })) ?? undefined;
  }

  async resourcePolicy({ kind, arn }: PolicyHolder): Promise<unknown> {
    return (await this.#ask('resource-policy', { kind, arn })) ?? undefined;
  }

  bucketOwner(bucket: string): Promise<string | undefined> {
    return this.#once('bucket-owner', { bucket });
  }

  secretArn(account: string, region: string, id: string): Promise<string | undefined> {
    return this.#once('secret-arn', { account, region, id });
  }

  keyOfAlias(alias: string): Promise<string | undefined> {
    return this.#once('key-of-alias', { alias });
  }

  stackArn(account: string, region: string, name: string): Promise<string | undefined> {
    return this.#text('stack-arn', { account, region, name });
  }

  stateMachineOfTask(token: string): Promise<string | undefined> {
    return this.#text('state-machine-of-task', { token });
  }

  workgroupOfQuery(account: string, region: string, id: string): Promise<string | undefined> {
    return this.#text('workgroup-of-query', { account, region, id });
  }

  mailIdentity(account: string, region: string, address: string): Promise<string | undefined> {
    return this.#once('mail-identity', { account, region, address });
  }

  async names(): Promise<NamedResource[]> {
    return z.array(NamedResource).parse(await this.#ask('names', {}));
  }

  forget(): void {
    this.#known.clear();
  }

  /** Only what was found is kept: what is not there yet may come at any time. */
  async #once(question: string, parameters: Record<string, string>): Promise<string | undefined> {
    const key = [question, ...Object.values(parameters)].join(' ');
    const known = this.#known.get(key) ?? this.#text(question, parameters);
    this.#known.set(key, known);
    const answer = await known.catch((error: unknown) => {
      this.#known.delete(key);
      throw error;
    });
    if (answer === undefined) this.#known.delete(key);
    return answer;
  }

  async #text(question: string, parameters: Record<string, string>): Promise<string | undefined> {
    return TextAnswer.parse(await this.#ask(question, parameters)) ?? undefined;
  }

  async #ask(question: string, parameters: Record<string, string>): Promise<unknown> {
    const url = new URL(`/_local/deployed/${question}?${new URLSearchParams(parameters)}`, this.#ministack);
    const answer = await fetch(url);
    const body = await answer.text();
    if (!answer.ok) throw new Error(`MiniStack does not say what is deployed: ${url.pathname} is answered ${answer.status} ${body}`);
    return Answer.parse(JSON.parse(body)).answer;
  }
}
