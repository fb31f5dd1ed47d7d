import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';

const Tags = z.array(z.object({ key: z.string(), value: z.string() })).optional();

export const Namespace = z.strictObject({
  namespaceName: z.string().regex(/^[a-z0-9-]{3,64}$/),
  dbName: z.string().regex(/^[A-Za-z][A-Za-z0-9_+.@-]{0,126}$/).default('dev'),
  iamRoles: z.array(z.string()).default([]),
  defaultIamRoleArn: z.string().optional(),
  adminUsername: z.string().optional(),
  manageAdminPassword: z.boolean().optional(),
  kmsKeyId: z.string().optional(),
  logExports: z.array(z.enum(['useractivitylog', 'userlog', 'connectionlog'])).default([]),
  tags: Tags,
});

export const Workgroup = z.strictObject({
  workgroupName: z.string().regex(/^[a-z0-9-]{3,64}$/),
  namespaceName: z.string(),
  baseCapacity: z.int().min(4).max(1024).default(128),
  maxCapacity: z.int().min(4).max(5632).optional(),
  enhancedVpcRouting: z.boolean().default(false),
  publiclyAccessible: z.boolean().default(false),
  configParameters: z.array(z.object({ parameterKey: z.string(), parameterValue: z.string() })).default([]),
  subnetIds: z.array(z.string()).default([]),
  securityGroupIds: z.array(z.string()).default([]),
  port: z.int().default(5439),
  tags: Tags,
});

export const UsageLimit = z.strictObject({
  resourceArn: z.string(),
  usageType: z.enum(['serverless-compute', 'cross-region-datasharing']),
  amount: z.int().min(1),
  period: z.enum(['daily', 'weekly', 'monthly']).default('monthly'),
  breachAction: z.enum(['log', 'emit-metric', 'deactivate']).default('log'),
});

const Place = { account: z.string(), region: z.string(), creationDate: z.string() };
const Kept = z.object({
  namespaces: z.array(z.object({ ...Namespace.shape, ...Place })),
  workgroups: z.array(z.object({ ...Workgroup.shape, ...Place })),
  usageLimits: z.array(z.object({ ...UsageLimit.shape, ...Place, usageLimitId: z.string() })),
});
type Kept = z.infer<typeof Kept>;
export type KeptNamespace = Kept['namespaces'][number];
export type KeptWorkgroup = Kept['workgroups'][number];
export type KeptUsageLimit = Kept['usageLimits'][number];

/** Namespaces, workgroups and usage limits of all accounts, in one file that is written as a whole after each change. */
export class ServerlessStore {
  readonly #file: string;
  readonly kept: Kept;

  constructor(stateDir: string) {
    mkdirSync(stateDir, { recursive: true });
    this.#file = path.join(stateDir, 'serverless.json');
    this.kept = this.#read();
  }

  save(): void {
    writeFileSync(`${this.#file}.new`, JSON.stringify(this.kept));
    renameSync(`${this.#file}.new`, this.#file);
  }

  #read(): Kept {
    if (!existsSync(this.#file)) return { namespaces: [], workgroups: [], usageLimits: [] };
    return Kept.parse(JSON.parse(readFileSync(this.#file, 'utf8')));
  }
}
