import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import path from 'node:path';
import type { Credentials } from '../aws/roles';
import { environmentWithoutAws } from '../host/environment';
import type { Spark } from './install';
import type { JobSettings } from './requests';

/** A driver and its executors are one process here; a lake of one machine fits into this. */
const MEMORY = '2g';
const CORES = 2;

export interface SparkJob {
  readonly job: Pick<JobSettings, 'jobDriver' | 'configurationOverrides'>;
  readonly spark: Spark;
  /** Of the job's execution role. */
  readonly credentials: Credentials;
  readonly region: string;
  /** Where AWS calls go. */
  readonly endpoint: string;
  /** For the job's own files and its `stdout` and `stderr`. */
  readonly folder: string;
}

/** What a Spark of EMR's finds set without being told, and what differs because everything is on this machine. */
const settings = ({ endpoint, region, folder, spark }: SparkJob): Readonly<Record<string, string>> => ({
  'spark.hadoop.fs.s3.impl': 'org.apache.hadoop.fs.s3a.S3AFileSystem',
  'spark.hadoop.fs.s3a.endpoint': endpoint,
  'spark.hadoop.fs.s3a.endpoint.region': region,
  'spark.hadoop.fs.s3a.path.style.access': 'true',
  'spark.hadoop.fs.s3a.connection.ssl.enabled': 'false',
  'spark.hadoop.fs.s3a.aws.credentials.provider': 'com.amazonaws.auth.EnvironmentVariableCredentialsProvider',
  // S3 has no folders: EMR's own committer writes no _temporary ones either way.
  'spark.hadoop.mapreduce.fileoutputcommitter.algorithm.version': '2',
  'spark.driver.extraClassPath': path.join(spark.s3Jars, '*'),
  'spark.driver.memory': MEMORY,
  'spark.driver.bindAddress': '127.0.0.1',
  'spark.driver.host': '127.0.0.1',
  'spark.ui.enabled': 'false',
  'spark.local.dir': path.join(folder, 'spill'),
  // Two hundred, for a cluster, would be two hundred tasks of nothing.
  'spark.sql.shuffle.partitions': String(CORES * 2),
});

/** Settings of this machine that a job does not change: how large its workers are is AWS's to know. */
const OURS = /^spark\.(master|driver\.(memory|cores|extraClassPath|bindAddress|host)|executor\.|dynamicAllocation\.|emr-serverless\.|local\.dir|ui\.)/;

/** The words of `sparkSubmitParameters`, quoted or not. */
export const wordsOf = (text: string): string[] => [...text.matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'|(\S+)/g)].map(([, double, single, plain = '']) => double?.replaceAll(/\\(.)/g, '$1') ?? single ?? plain);

/** Arguments of `spark-submit` for a job. @throws Error for parameters that are not understood here */
export function submitArguments(submission: SparkJob): string[] {
  const { jobDriver: { sparkSubmit }, configurationOverrides } = submission.job;
  const given: Record<string, string> = Object.assign({}, ...(configurationOverrides?.applicationConfiguration ?? []).map(({ properties }) => properties));
  const options: string[] = [];
  const words = wordsOf(sparkSubmit.sparkSubmitParameters ?? '');
  for (let at = 0; at < words.length; at += 2) {
    const [option = '', value = ''] = words.slice(at, at + 2);
    const [, name = '', set = ''] = /^([^=]+)=(.*)$/s.exec(value) ?? [];
    if (option === '--conf' && name !== '') given[name] = set;
    else if (['--py-files', '--files', '--archives'].includes(option) && value !== '') options.push(option, value);
    else throw new Error(`sparkSubmitParameters has ${option} ${value}, which is not supported on this machine`);
  }
  const theirs = Object.entries(given).filter(([name]) => !OURS.test(name));
  const configuration = Object.entries({ ...settings(submission), ...Object.fromEntries(theirs) }).flatMap(([name, value]) => ['--conf', `${name}=${value}`]);
  return ['--master', `local[${CORES}]`, ...configuration, ...options, sparkSubmit.entryPoint, ...sparkSubmit.entryPointArguments];
}

export interface RunningJob {
  /** The exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
  end(): void;
}

/** Starts a job; what it says goes into the files `stdout` and `stderr` of its folder. */
export function submit(submission: SparkJob): RunningJob {
  const { spark, credentials, folder, region } = submission;
  const child = spawn(path.join(spark.home, 'bin', 'spark-submit'), submitArguments(submission), {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...environmentWithoutAws(),
      SPARK_HOME: spark.home,
      JAVA_HOME: spark.javaHome,
      PYSPARK_PYTHON: spark.python,
      PYSPARK_DRIVER_PYTHON: spark.python,
      SPARK_LOCAL_IP: '127.0.0.1',
      PYTHONDONTWRITEBYTECODE: '1',
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      ...(credentials.sessionToken !== undefined && { AWS_SESSION_TOKEN: credentials.sessionToken }),
    },
  });
  const logs = (['stdout', 'stderr'] as const).map((name) => child[name].pipe(createWriteStream(path.join(folder, name))));
  const closed = new Promise<number | string>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'it is not known how'));
  });
  const ended = async (): Promise<number | string> => {
    const how = await closed;
    await Promise.all(logs.map((log) => finished(log)));
    return how;
  };
  return { ended: ended(), end: () => child.kill('SIGTERM') };
}
