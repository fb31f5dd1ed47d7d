import { setTimeout as sleep } from 'node:timers/promises';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { Statements, type Row } from '../../lambdas/redshift/statements';
import { refresher } from '../../pipeline/gate/hops/redshift-sinks';
import type { DevEnvironment } from './devEnvironment';

const BETWEEN_LOOKS_MS = 100;

/** Redshift as a person of the environment's account reads it. */
export class Warehouse {
  private constructor(
    private readonly statements: Statements,
    /** Has it read what has come into its streams. */
    readonly refresh: () => Promise<void>,
  ) {}

  static async of(dev: DevEnvironment): Promise<Warehouse> {
    const database = { workgroupName: await dev.output('Redshift', 'WorkgroupName'), database: await dev.output('Redshift', 'DatabaseName') };
    const refresh = refresher(new LambdaClient(dev.settings), await dev.output('Redshift', 'RefresherArn'));
    return new Warehouse(new Statements(new RedshiftDataClient(dev.settings), database), refresh);
  }

  /** What a query finds among all that has come in. @throws Error in Redshift's words */
  async rows(sql: string): Promise<Row[]> {
    await this.refresh();
    const id = await this.statements.start({ sql });
    for (;;) {
      const { state, error } = await this.statements.progress(id);
      if (state === 'FINISHED') return this.statements.rows(id);
      if (state === 'FAILED') throw new Error(`Redshift ran no statement: ${error}`);
      await sleep(BETWEEN_LOOKS_MS);
    }
  }
}
