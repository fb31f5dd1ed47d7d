import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SPARK_SCHEMAS } from '../contracts/derived/spark-schema';

const FOLDER = join(__dirname, '../app/lake/jobs/schemas');

/** `npm run spark:schemas`: writes what the lake's jobs know of events anew, from their contracts. */
mkdirSync(FOLDER, { recursive: true });
for (const [event, schema] of Object.entries(SPARK_SCHEMAS)) writeFileSync(join(FOLDER, `${event}.json`), `${JSON.stringify(schema, undefined, 1)}\n`);
