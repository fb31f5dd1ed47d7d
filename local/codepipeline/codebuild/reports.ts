import { XMLParser } from 'fast-xml-parser';
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import type { ReportSpec } from '../buildspec/buildspec';
import { matching } from './artifacts';

export type TestStatus = 'SUCCEEDED' | 'FAILED' | 'ERROR' | 'SKIPPED';

export interface TestCase {
  readonly name: string;
  readonly prefix: string;
  readonly suite: string;
  readonly status: TestStatus;
  readonly durationInNanoSeconds: number;
  readonly message?: string;
}

/** A test report as it is kept beside its build. */
export interface Report {
  readonly arn: string;
  readonly groupArn: string;
  readonly name: string;
  readonly buildArn: string;
  readonly createdAt: number;
  readonly status: 'SUCCEEDED' | 'FAILED' | 'INCOMPLETE';
  readonly cases: readonly TestCase[];
}

/** Keeps a report's files and reads the test cases in them; only JUnit's XML is read. */
export async function readReport(spec: ReportSpec, sourceFolder: string, keepIn: string): Promise<{ files: number; cases: TestCase[]; status: Report['status'] }> {
  const base = path.resolve(sourceFolder, spec['base-directory'] ?? '.');
  const files = await matching(spec.files, [], base);
  await mkdir(keepIn, { recursive: true });
  const cases: TestCase[] = [];
  for (const file of files) {
    await copyFile(path.join(base, file), path.join(keepIn, file.replaceAll('/', '_')));
    if (spec['file-format'] === 'JUNITXML') cases.push(...junitCases(await readFile(path.join(base, file), 'utf8')));
  }
  if (files.length === 0 || spec['file-format'] !== 'JUNITXML') return { files: files.length, cases, status: 'INCOMPLETE' };
  const passed = cases.every(({ status }) => status === 'SUCCEEDED' || status === 'SKIPPED');
  return { files: files.length, cases, status: passed ? 'SUCCEEDED' : 'FAILED' };
}

const many = <S extends z.ZodType>(item: S) => z.preprocess((value) => (value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value]), z.array(item));
const problem = z.union([z.string(), z.looseObject({ '@message': z.coerce.string().optional(), '#text': z.coerce.string().optional() })]);
const testCase = z.looseObject({
  '@name': z.coerce.string().default(''),
  '@classname': z.coerce.string().default(''),
  '@time': z.coerce.number().catch(0),
  failure: many(problem),
  error: many(problem),
  skipped: z.unknown().optional(),
});
const suite = z.looseObject({
  '@name': z.coerce.string().default(''),
  testcase: many(testCase),
  get testsuite() {
    return many(z.unknown());
  },
});
const xml = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@', parseAttributeValue: false, processEntities: true });

function junitCases(document: string): TestCase[] {
  const parsed: unknown = xml.parse(document);
  const root = z.looseObject({ testsuites: z.unknown().optional(), testsuite: z.unknown().optional() }).parse(parsed);
  return casesOf(root.testsuites ?? { testsuite: root.testsuite ?? [] });
}

function casesOf(node: unknown): TestCase[] {
  const { '@name': name, testcase, testsuite } = suite.parse(node === '' ? {} : node);
  const own = testcase.map((one) => ({
    name: one['@name'],
    prefix: one['@classname'],
    suite: name,
    status: statusOf(one),
    durationInNanoSeconds: Math.round(one['@time'] * 1e9),
    message: messageOf([...one.failure, ...one.error][0]),
  }));
  return [...own, ...testsuite.flatMap(casesOf)];
}

function statusOf({ failure, error, skipped }: z.infer<typeof testCase>): TestStatus {
  if (error.length > 0) return 'ERROR';
  if (failure.length > 0) return 'FAILED';
  return skipped === undefined ? 'SUCCEEDED' : 'SKIPPED';
}

function messageOf(found: z.infer<typeof problem> | undefined): string | undefined {
  return typeof found === 'string' ? found : (found?.['@message'] ?? found?.['#text']);
}
