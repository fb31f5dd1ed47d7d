import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LAKE_TABLES } from '../contracts/derived/lake-tables';
import { SPARK_SCHEMAS } from '../contracts/derived/spark-schema';

const FOLDER = join(__dirname, '../app/lake/jobs/schemas');

/** `npm run spark:schemas`: writes what the lake's jobs know of events and tables anew, from their contracts. */
mkdirSync(FOLDER, { recursive: true });
for (const [name, schema] of Object.entries({ ...SPARK_SCHEMAS, tables: LAKE_TABLES })) writeFileSync(join(FOLDER, `${name}.json`), `${JSON.stringify(schema, undefined, 1)}\n`);
