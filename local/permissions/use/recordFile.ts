import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as z from 'zod';
import { errorCode } from '../../host/errors';
import { messageOf } from '../../aws/errors';
import { NamedResource, RoleAnswer, type DeployedOnMinistack } from '../deployed';
import type { Role } from '../roles/grants';
import { PermissionUse, type Use } from './permissionUse';

const PermissionRecord = z.object({
  uses: z.array(z.object({ role: z.string(), action: z.string(), resource: z.string(), decision: z.enum(['ALLOWED', 'DENIED', 'UNEVALUATED']), times: z.int() })),
  roles: z.array(RoleAnswer),
  names: z.array(NamedResource),
});

/** What is deployed, and what its roles did. */
export interface PermissionRecord {
  readonly uses: readonly Use[];
  readonly roles: readonly Role[];
  readonly names: readonly NamedResource[];
}

const QUIET_MS = 2_000;

/** Keeps the use of permissions in a file, written whenever nothing new has come for a moment. */
export class RecordFile {
  readonly use: PermissionUse;
  readonly #file: string;
  readonly #deployed: DeployedOnMinistack;
  #roles: PermissionRecord['roles'];
  #names: PermissionRecord['names'];
  #isDeploymentRead = true;
  #timer: NodeJS.Timeout | undefined;

  constructor(file: string, deployed: DeployedOnMinistack) {
    const { uses, roles, names } = readRecord(file);
    this.#file = file;
    this.#deployed = deployed;
    this.#roles = roles;
    this.#names = names;
    this.use = new PermissionUse(uses, () => this.#writeSoon());
  }

  /** Something is being deployed: what there is must be read again. */
  deploymentChanged(): void {
    this.#isDeploymentRead = false;
    this.#writeSoon();
  }

  write(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    mkdirSync(dirname(this.#file), { recursive: true });
    writeFileSync(`${this.#file}.new`, JSON.stringify({ uses: this.use.list(), roles: this.#roles, names: this.#names } satisfies PermissionRecord));
    renameSync(`${this.#file}.new`, this.#file);
  }

  #writeSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#readDeployment()
        .catch((error: unknown) => console.error(`What is deployed could not be written down: ${messageOf(error)}`))
        .finally(() => this.write());
    }, QUIET_MS).unref();
  }

  async #readDeployment(): Promise<void> {
    if (this.#isDeploymentRead) return;
    this.#isDeploymentRead = true;
    const names = await this.#deployed.names();
    const arns = names.filter(({ type }) => type === 'AWS::IAM::Role').map(({ account, name }) => `arn:aws:iam::${account}:role/${name}`);
    const roles = await Promise.all(arns.map((arn) => this.#deployed.role(arn)));
    this.#names = names;
    this.#roles = roles.filter((role) => role !== undefined);
  }
}

/** The record in a file; an empty one when there is no file yet. */
export function readRecord(file: string): PermissionRecord {
  try {
    return PermissionRecord.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return { uses: [], roles: [], names: [] };
    throw new Error(`${file} is damaged: ${error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error)}. Without it, what was called so far is forgotten: remove it.`, { cause: error });
  }
}
