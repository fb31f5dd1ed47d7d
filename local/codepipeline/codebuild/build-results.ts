import path from 'node:path';
import type { Buildspec } from '../buildspec/buildspec';
import { artifactSpecs, collectArtifact } from './artifacts';
import { buildArn, type Build } from './model';
import { readReport, type Report } from './reports';

type Say = (message: string) => void;

/** Reads every report that a buildspec names and keeps its files. */
export async function keepReports(build: Build, { reports }: Buildspec, sourceFolder: string, folder: string, say: Say): Promise<Report[]> {
  const kept: Report[] = [];
  for (const [key, spec] of Object.entries(reports)) {
    const name = `${build.project.name}-${key}`;
    const id = `${name}:${build.id.split(':').at(-1)}`;
    const prefix = `arn:aws:codebuild:${build.region}:${build.account}`;
    const { files, cases, status } = await readReport(spec, sourceFolder, path.join(folder, key));
    say(files === 0 ? `No files of the report ${key} were found` : `The report ${key} holds ${cases.length} test cases: ${status}`);
    kept.push({ arn: `${prefix}:report/${id}`, groupArn: `${prefix}:report-group/${name}`, name: id, buildArn: buildArn(build), createdAt: Date.now(), status, cases });
  }
  return kept;
}

/** Collects every artefact that is asked for into its folder. */
export async function keepArtifacts(buildspec: Buildspec, sourceFolder: string, folders: Readonly<Record<string, string>>, say: Say): Promise<void> {
  for (const [name, spec] of artifactSpecs(buildspec, Object.keys(folders))) {
    const target = folders[name];
    if (target === undefined) continue;
    say(`Artifact ${name}: ${await collectArtifact(spec, sourceFolder, target)} files`);
  }
}
