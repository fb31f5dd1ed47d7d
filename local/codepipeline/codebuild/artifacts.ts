import { existsSync } from 'node:fs';
import { lstat, readlink, symlink } from 'node:fs/promises';
import path from 'node:path';
import { glob } from 'tinyglobby';
import type { ArtifactSpec, Buildspec } from '../buildspec/buildspec';
import { placeFile } from '../store/trees';

/**
 * What a buildspec says about each artefact that is asked for. One artefact alone is the primary one; of several, each is
 * found among the secondary ones by its name.
 * https://docs.aws.amazon.com/codebuild/latest/userguide/sample-multi-in-out.html
 */
export function artifactSpecs({ artifacts }: Buildspec, names: readonly string[]): Map<string, ArtifactSpec> {
  const { 'secondary-artifacts': secondary = {}, files, ...rest } = artifacts ?? {};
  const primary = files === undefined ? undefined : { 'discard-paths': false, 'exclude-paths': [], ...rest, files };
  return new Map(
    names.map((name) => {
      const spec = secondary[name] ?? (names.length === 1 ? primary : undefined);
      if (spec === undefined) throw new Error(`The buildspec says nothing of the artifact ${name}`);
      return [name, spec];
    }),
  );
}

/**
 * Collects an artefact's files into a folder.
 *
 * @throws Error in CodeBuild's words when the base directory or every file is missing
 */
export async function collectArtifact(spec: ArtifactSpec, sourceFolder: string, target: string): Promise<number> {
  const base = path.resolve(sourceFolder, await expand(spec['base-directory'] ?? '.', sourceFolder));
  if (!existsSync(base)) throw new Error(`no matching base directory path found for ${spec['base-directory']}`);
  const found = await matching(spec.files, spec['exclude-paths'], base);
  if (found.length === 0) throw new Error(`no matching artifact paths found: ${spec.files.join(', ')}`);
  for (const file of found) {
    const to = path.join(target, spec['discard-paths'] ? path.basename(file) : file);
    const from = path.join(base, file);
    if ((await lstat(from)).isSymbolicLink()) await placeLink(from, to);
    else await placeFile(from, to);
  }
  return found.length;
}

/** Files under a folder, hidden ones too, relative to it. A folder that is named means all that is in it. */
export async function matching(patterns: readonly string[], ignore: readonly string[], base: string): Promise<string[]> {
  const inside = patterns.map((pattern) => path.posix.normalize(path.isAbsolute(pattern) ? path.relative(base, pattern) : pattern));
  return glob(inside, { cwd: base, ignore: [...ignore], dot: true, followSymbolicLinks: false, onlyFiles: true, expandDirectories: false });
}

/** A base directory may be a pattern; the first match is taken. */
async function expand(directory: string, sourceFolder: string): Promise<string> {
  if (!directory.includes('*')) return directory;
  const [first] = await glob(directory, { cwd: sourceFolder, onlyDirectories: true, dot: true });
  return first ?? directory;
}

async function placeLink(from: string, to: string): Promise<void> {
  const target = await readlink(from);
  // CodeBuild's archives keep what a link points to inside of them; elsewhere, only the file itself can be kept.
  if (path.isAbsolute(target)) await placeFile(from, to);
  else await symlink(target, to);
}
