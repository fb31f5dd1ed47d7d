import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SPARK_SCHEMAS } from '../../contracts/derived/spark-schema';

test.each(Object.entries(SPARK_SCHEMAS))("what the lake's jobs know of a %s is what `npm run spark:schemas` writes", (event, schema) => {
  const written: unknown = JSON.parse(readFileSync(join(__dirname, `../../app/lake/jobs/schemas/${event}.json`), 'utf8'));
  expect(written).toEqual(schema);
});

test('who ordered and where they live is marked as personal', () => {
  const marked = JSON.stringify(SPARK_SCHEMAS['order-event']).match(/"name":"\w+","type":"string","nullable":true,"metadata":\{[^}]*"personal":true/g);
  expect(marked).toHaveLength(5);
});
