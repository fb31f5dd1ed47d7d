import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { DeploymentStep } from '../shared/deployment-step';
import { ServiceFunction } from '../shared/function';
import type { FunctionDefaults } from '../shared/function';
import type { Warehouse } from './warehouse';

const SQL = join(__dirname, 'sql');

/** A role that reads in the database, and what. */
export interface DatabaseReader {
  readonly roleName: string;
  /** `shop.clicks` */
  readonly views: readonly string[];
}

/** Who signs in by a password, and reads what. */
export interface PasswordReader {
  /** `username` and `password`. */
  readonly secret: ISecret;
  readonly views: readonly string[];
}

export interface MigrationsProps {
  readonly warehouse: Warehouse;
  readonly defaults: FunctionDefaults;
  /** What stands for `${clicks}` in the files: names that are drawn when a stack is made. */
  readonly names: Readonly<Record<string, string>>;
  readonly readers: readonly DatabaseReader[];
  /** @default nobody signs in by a password */
  readonly passwordReader?: PasswordReader;
  /** Views over streams. */
  readonly views: readonly string[];
  /** Whether Redshift refreshes them by itself. */
  readonly refreshThemselves: boolean;
}

/** Applies the files of app/redshift/sql in order, each once, and lets readers read, while the stack is deployed. */
export class Migrations extends Construct {
  constructor(scope: Construct, id: string, { warehouse, defaults, names, readers, passwordReader, views, refreshThemselves }: MigrationsProps) {
    super(scope, id);
    const migrate = new ServiceFunction(this, 'MigrateDatabase', {
      entry: 'redshift/migrate-database',
      description: 'Brings the database to what the files of SQL say',
      defaults,
      environment: warehouse.administration,
      timeout: Duration.minutes(2),
    });
    warehouse.allowAdministration(migrate, { reads: true });
    if (passwordReader) iam.Grant.addToPrincipal({ grantee: migrate, actions: ['secretsmanager:GetSecretValue'], resourceArns: [passwordReader.secret.secretArn] });
    new DeploymentStep(this, 'Step', {
      handler: migrate,
      defaults,
      resourceType: 'Custom::Migrations',
      properties: {
        migrations: migrationFiles().map(({ name, sql }) => ({ name, checksum: createHash('sha256').update(sql).digest('hex'), sql: filledIn(sql, names) })),
        readers: readers.map((reader) => ({ role: reader.roleName, views: reader.views })),
        ...(passwordReader && { passwordReaders: [{ secretArn: passwordReader.secret.secretArn, views: passwordReader.views }] }),
        views: views.map((name) => ({ name, autoRefresh: refreshThemselves ? 'YES' : 'NO' })),
        bundle: migrate.live.version.version,
      },
      // A materialized view may take longer than a function.
      repeated: Duration.minutes(30),
    });
  }
}

/** In the order in which they are applied. */
export const migrationFiles = (): { name: string; sql: string }[] =>
  readdirSync(SQL)
    .filter((name) => /^\d{4}-[a-z-]+\.sql$/.test(name))
    .toSorted()
    .map((name) => ({ name, sql: readFileSync(join(SQL, name), 'utf8') }));

/** @throws Error for a name that nobody gives a value */
function filledIn(sql: string, names: Readonly<Record<string, string>>): string {
  return sql.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => {
    const value = names[name];
    if (value === undefined) throw new Error(`A file of SQL names \${${name}}, which nobody knows.`);
    return value;
  });
}
