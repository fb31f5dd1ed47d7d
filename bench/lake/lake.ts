import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { installSpark } from '../../local/emr/install';
import type { Spark } from '../../local/emr/install';
import { environmentWithoutAws } from '../../local/host/environment';
import { PARTS, ROOT } from '../../local/host/folders';
import { website } from '../../stages/environments';
import type { Row, Section } from '../report';
import type { Workplace } from '../workplace';
import { DAY, writeRawClicks } from './rawClicks';
import { makeDayInSql } from './sameInSql';
import { prices } from './price';

/** In millions of clicks. `LAKE_MILLIONS=1,4,16` takes half an hour and 3 GB of disk. */
const SIZES = (process.env.LAKE_MILLIONS ?? '1,4').split(',').map(Number);
/** `LAKE_CORES=1` leaves the other one to whoever works on the machine. */
const CORES = (process.env.LAKE_CORES ?? '1,2').split(',').map(Number);
/** How much more a click of the largest day may take than one of the smallest: what takes as long for each is linear. */
const LINEAR = 1.1;

const Summary = z.object({ clicks: z.object({ lines: z.number(), faulty: z.number() }), tables: z.record(z.string(), z.object({ clicks: z.object({ rows: z.number() }) })) });

/** How long the lake's Spark job takes for days of growing size, on one core and on two, against DuckDB doing the same over the same files. */
export async function measureLake(place: Workplace): Promise<Section> {
  const spark = await installSpark({ partsDir: PARTS, onProgress: console.error });
  const rows: Row[] = [];
  const aClick = new Map<string, number>();
  let bytesAClick = 0;
  for (const millions of SIZES) {
    const raw = await writeRawClicks(join(place.folder, `raw-${millions}`), millions * 1_000_000);
    bytesAClick = (await sizeOf(raw)) / (millions * 1_000_000);
    for (const cores of CORES) {
      const took = await makeDay(place, spark, raw, cores, millions * 1_000_000);
      const inSql = await makeDayInSql(raw, join(place.folder, `sql-${millions}-${cores}`), cores);
      aClick.set(`${millions}/${cores}`, took / millions);
      const smallest = aClick.get(`${SIZES[0]}/${cores}`) ?? took;
      const isLargest = millions === SIZES.at(-1) && SIZES.length > 1;
      rows.push({
        what: `${millions} million clicks, ${cores} ${cores === 1 ? 'core' : 'cores'}`,
        figures: { s: took, 'events/s': (millions * 1_000_000) / took, 'DuckDB s': inSql, 'times DuckDB': took / inSql },
        ...(isLargest && { ratio: { value: took / millions / smallest, unit: '×' as const, aim: { atMost: LINEAR } } }),
      });
    }
  }
  const [largest = 1] = SIZES.toReversed();
  const vCpus = website.environments.at(-1)?.lake.spark.vCpus ?? 16;
  rows.push(...prices({ clicksASecondACore: 1_000_000 / ((aClick.get(`${largest}/${CORES[0]}`) ?? 1) * (CORES[0] ?? 1)), bytesAClick, vCpus }));
  return {
    title: "Lake: the Spark job of a night, by the clicks of its day",
    rows,
    notes: [
      'The whole of spark-submit: the start of Java and Spark (some 5 s), surveying the files, reading, judging, writing and counting again, all results. One in fifty clicks came twice.',
      `The ratio is what a million clicks of the largest day take to what one of the smallest takes: ${LINEAR} or less is linear.`,
      'DuckDB, in one process without a start: the same reading, one row a click, sessions, products by the hour and similar items, in up to 8 GB of memory where Spark has 3; it judges no contract and counts nothing again.',
      'Prices are those of us-east-1, with the speed of one core of the largest day. What brings clicks to S3 is paid by Firehose, which rounds each up to 5 KB: $14.50 for a hundred million.',
    ],
  };
}

/** Bytes of all files in a folder, however deep. */
async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

/** @returns seconds */
async function makeDay(place: Workplace, spark: Spark, raw: string, cores: number, clicks: number): Promise<number> {
  const folder = join(place.folder, `spark-${clicks}-${cores}`);
  mkdirSync(folder, { recursive: true });
  const settings = { 'spark.driver.memory': '3g', 'spark.driver.bindAddress': '127.0.0.1', 'spark.driver.host': '127.0.0.1', 'spark.ui.enabled': 'false', 'spark.local.dir': join(folder, 'spill'), 'spark.sql.shuffle.partitions': '8' };
  const job = ['--day', DAY, '--run', 'bench', '--clicks', raw, '--orders', join(folder, 'orders'), '--processed', folder];
  const words = ['--master', `local[${cores}]`, ...Object.entries(settings).flatMap(([name, value]) => ['--conf', `${name}=${value}`]), 'app/lake/jobs/process_day.py', ...job];
  const start = performance.now();
  await submitted(place, spark, words);
  const seconds = (performance.now() - start) / 1_000;
  const { clicks: read, tables } = Summary.parse(JSON.parse(readFileSync(join(folder, 'runs', 'bench', 'summary.json'), 'utf8')));
  if (read.lines !== clicks || read.faulty > 0) throw new Error(`Of ${clicks} clicks ${read.lines} were read, ${read.faulty} of them for faulty.`);
  if (tables[DAY]?.clicks.rows !== clicks - Math.floor(clicks / 50)) throw new Error(`${tables[DAY]?.clicks.rows} rows were written of ${clicks} clicks.`);
  return seconds;
}

function submitted({ signal }: Workplace, { home, javaHome, python }: Spark, words: readonly string[]): Promise<void> {
  const env = { ...environmentWithoutAws(), SPARK_HOME: home, JAVA_HOME: javaHome, PYSPARK_PYTHON: python, PYSPARK_DRIVER_PYTHON: python, PYTHONPATH: join(ROOT, 'app/lake'), PYTHONDONTWRITEBYTECODE: '1' };
  const child = spawn(join(home, 'bin', 'spark-submit'), words, { cwd: ROOT, env, signal, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (said = (said + data.toString()).slice(-4_000)));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`spark-submit ended with ${code}:\n${said}`))));
  });
}
