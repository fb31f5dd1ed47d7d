import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Command } from 'commander';
import { messageOf } from '../aws/errors';
import { foldersIn, homeOf, ROOT } from '../host/folders';
import { judged, readAccepted } from './report/accepted';
import { readSynthesized } from './report/application';
import { permissionsDocument, printed } from './report/document';
import { Names } from './report/names';
import { reportOf } from './report/report';
import { mergedRecords, readRecord, type PermissionRecord } from './use/recordFile';

interface Options {
  readonly app: string;
  readonly records?: string;
  readonly accepted?: string;
  readonly check?: boolean;
  readonly write?: string;
}

async function run(options: Options): Promise<void> {
  const record = recorded(options);
  const application = readSynthesized(join(options.app, 'cdk.out'));
  const reports = await reportOf(application, new Names(application, record.names), record);
  if (reports.length === 0) throw new Error('None of the application’s roles is in the record: was it deployed here?');
  const accepted = options.accepted === undefined ? [] : readAccepted(options.accepted);
  const { unused, stale } = judged(reports, accepted);
  if (options.write !== undefined) writeFileSync(options.write, permissionsDocument(reports, unused));
  if (!options.check) return console.log(printed(reports, unused));

  const complaints = [
    ...unused.filter(({ reason }) => reason === undefined).map(({ role, action, resource }) => `${role} may call ${action} on ${resource} and never did.`),
    ...reports.flatMap(({ role, wildcards }) => wildcards.filter(({ reason }) => reason === undefined).map(({ written }) => `${role} has the wildcard ${written}, and nobody says why.`)),
    ...reports.flatMap(({ role, refused }) => refused.map(({ action, resource }) => `${role} called ${action} on ${resource}, which it may not.`)),
    ...stale.map(({ role, actions }) => `${options.accepted}: nothing is left of ${actions.join(', ')} of ${role}; take it out.`),
  ];
  for (const complaint of complaints) console.error(complaint);
  console.log(`${reports.length} roles, ${reports.reduce((sum, { grants }) => sum + grants.length, 0)} grants, ${unused.length} of them never used, ${complaints.length} complaints`);
  if (complaints.length > 0) process.exitCode = 1;
}

function recorded({ app, records = join(foldersIn(homeOf(app)).state, 'gateway') }: Options): PermissionRecord {
  const files = existsSync(records) ? readdirSync(records).filter((file) => /^permissions.*\.json$/.test(file)) : [];
  if (files.length === 0) throw new Error(`Nothing is recorded in ${relative('.', records)} yet: \`npm start\` and use what you want to see.`);
  return mergedRecords(files.map((file) => readRecord(join(records, file))));
}

new Command('permissions')
  .description('What each role of an application called, what it may call and never did, and each wildcard with its reason.')
  .option('--app <folder>', 'the application; what it was synthesized to is in its cdk.out', ROOT)
  .option('--records <folder>', 'what was written down while it ran; by default by `npm start`')
  .option('--accepted <file>', 'unused grants that stay, and why')
  .option('--check', 'only say what is wrong, and fail on it')
  .option('--write <file>', 'write the document as well')
  .action(run)
  .parseAsync()
  .catch((error: unknown) => {
    console.error(messageOf(error));
    process.exitCode = 1;
  });
