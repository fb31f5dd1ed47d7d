import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Command } from 'commander';
import { assemblyFolder } from '../application/assembly';
import { messageOf } from '../aws/errors';
import { foldersIn, homeOf, PERMISSION_RECORDS, ROOT } from '../host/folders';
import { judged, readAccepted } from './report/accepted';
import { readSynthesized } from './report/application';
import { permissionsDocument, printed } from './report/document';
import { Names } from './report/names';
import { reportOf } from './report/report';
import { readRecord, type PermissionRecord } from './use/recordFile';

interface Options {
  readonly app: string;
  readonly records?: string;
  readonly accepted?: string;
  readonly document?: string;
  readonly check?: boolean;
  readonly write?: boolean;
}

async function run(options: Options): Promise<void> {
  const records = recorded(options);
  const application = readSynthesized(assemblyOf(options.app));
  const reports = await reportOf(application, new Names(application, records.flatMap(({ names }) => names)), records);
  if (reports.length === 0) throw new Error('None of the application’s roles is in the record: was it deployed here?');
  const { grants, stale } = judged(reports, options.accepted === undefined ? [] : readAccepted(options.accepted));
  const page = permissionsDocument(reports, grants);
  if (options.write && options.document !== undefined) return writeFileSync(options.document, page);
  if (!options.check) return console.log(printed(reports, grants));

  const complaints = [
    ...grants.filter(({ times, accepted }) => times === 0 && accepted === undefined).map(({ role, action, resource }) => `${role} may call ${action} on ${resource} and never did.`),
    ...reports.flatMap(({ role, wildcards }) => wildcards.filter(({ reason }) => reason === undefined).map(({ written }) => `${role} has the wildcard ${written}, and nobody says why.`)),
    ...reports.flatMap(({ role, refused }) => refused.map(({ action, resource }) => `${role} called ${action} on ${resource}, which it may not.`)),
    ...stale.map(({ role, actions }) => `${options.accepted}: ${actions.join(', ')} of ${role} is not granted any more; take that out.`),
    ...(options.document === undefined || textOf(options.document) === page ? [] : [`${options.document} is not current: \`npm run permissions -- --write\` after \`npm test\` writes it.`]),
  ];
  for (const complaint of complaints) console.error(complaint);
  console.log(`${reports.length} roles, ${grants.length} grants, ${grants.filter(({ times }) => times === 0).length} of them never used, ${complaints.length} complaints`);
  if (complaints.length > 0) process.exitCode = 1;
}

/** What `npm run synth` wrote, else what `npm start` did. */
function assemblyOf(app: string): string {
  const own = join(app, 'cdk.out');
  const started = assemblyFolder(join(foldersIn(homeOf(app)).state, 'application'));
  return existsSync(own) || !existsSync(started) ? own : started;
}

const textOf = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');

/** What tests have written down, and what `npm start` has. */
function recorded({ app, records }: Options): PermissionRecord[] {
  const folders = records === undefined ? [PERMISSION_RECORDS, join(foldersIn(homeOf(app)).state, 'gateway')] : [records];
  const files = folders.filter((folder) => existsSync(folder)).flatMap((folder) => readdirSync(folder).filter((file) => /^permissions.*\.json$/.test(file)).map((file) => join(folder, file)));
  if (files.length === 0) throw new Error(`Nothing is recorded in ${folders.map((folder) => relative('.', folder)).join(' or ')} yet: \`npm start\` and use what you want to see.`);
  return files.map(readRecord);
}

new Command('permissions')
  .description('What each role of an application called, what it may call and never did, and each wildcard with its reason.')
  .option('--app <folder>', 'the application; what it was synthesized to is in its cdk.out', ROOT)
  .option('--records <folder>', 'what was written down while it ran; by default what `npm test` and `npm start` have written')
  .option('--accepted <file>', 'unused grants that stay, and why')
  .option('--document <file>', 'the page that says what roles may do')
  .option('--check', 'only say what is wrong, and fail on it')
  .option('--write', 'write the page anew')
  .action(run)
  .parseAsync()
  .catch((error: unknown) => {
    console.error(messageOf(error));
    process.exitCode = 1;
  });
