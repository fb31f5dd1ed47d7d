import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LAKE_TABLES } from '../../contracts/derived/lake-tables';
import { SPARK_SCHEMAS } from '../../contracts/derived/spark-schema';

test.each(Object.entries({ ...SPARK_SCHEMAS, tables: LAKE_TABLES }))("what the lake's jobs know of %s is what `npm run spark:schemas` writes", (name, schema) => {
  const written: unknown = JSON.parse(readFileSync(join(__dirname, `../../app/lake/jobs/schemas/${name}.json`), 'utf8'));
  expect(written).toEqual(schema);
});

test('who ordered and where they live is marked as personal', () => {
  const marked = JSON.stringify(SPARK_SCHEMAS['order-event']).match(/"name":"\w+","type":"string","nullable":true,"metadata":\{[^}]*"personal":true/g);
  expect(marked).toHaveLength(5);
});
