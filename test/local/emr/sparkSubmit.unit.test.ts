import { JobSettings } from '../../../local/emr/requests';
import { submitArguments, wordsOf } from '../../../local/emr/sparkSubmit';

const submission = (sparkSubmitParameters: string, properties: Record<string, string> = {}) => ({
  job: JobSettings.parse({
    clientToken: 'token',
    executionRoleArn: 'arn:aws:iam::222222222222:role/job',
    jobDriver: { sparkSubmit: { entryPoint: 's3://scripts/job.py', entryPointArguments: ['--day', '2026-11-22'], sparkSubmitParameters } },
    configurationOverrides: { applicationConfiguration: [{ classification: 'spark-defaults', properties }] },
  }),
  spark: { python: '/spark/python', home: '/spark', javaHome: '/java', s3Jars: '/jars' },
  credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
  region: 'us-east-1',
  endpoint: 'http://127.0.0.1:4566',
  folder: '/job',
});

test('parameters are words as a shell has them', () => {
  expect(wordsOf(`--conf spark.a=b --conf "spark.c=d e" --conf 'spark.f=g"h'`)).toEqual(['--conf', 'spark.a=b', '--conf', 'spark.c=d e', '--conf', 'spark.f=g"h']);
});

test('a job says how it is run, but not how large a worker of this machine is', () => {
  const words = submitArguments(submission('--py-files s3://scripts/jobs.zip --conf spark.executor.memory=64g --conf spark.sql.shuffle.partitions=16', { 'spark.driver.memory': '16g', 'spark.sql.ansi.enabled': 'true' }));
  expect(words).toEqual(expect.arrayContaining(['spark.sql.shuffle.partitions=16', 'spark.sql.ansi.enabled=true', '--py-files', 's3://scripts/jobs.zip']));
  expect(words.join(' ')).not.toMatch(/64g|16g/);
  expect(words.slice(-3)).toEqual(['s3://scripts/job.py', '--day', '2026-11-22']);
});

test.each(['--class Main', '--master yarn', '--conf', '--conf spark.a'])('what is not understood here is said: %s', (parameters) => {
  expect(() => submitArguments(submission(parameters))).toThrow(/is not supported on this machine/);
});

test('no secret stands in the command line, which others can read', () => {
  expect(submitArguments(submission('')).join(' ')).not.toContain('secret');
});
