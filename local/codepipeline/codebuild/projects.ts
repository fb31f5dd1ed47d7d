import { rmSync } from 'node:fs';
import path from 'node:path';
import { ServiceError } from '../../aws/errors';
import { entriesOf, readJson, recordWith, writeJson } from '../store/files';
import type { Project, ProjectSettings } from './model';

const isProject = recordWith<Project>('account', 'region', 'settings');

/** CodeBuild projects on disk: `<dir>/<account>/<region>/<name>.json`. */
export class Projects {
  readonly #dir: string;
  readonly #projects: Map<string, Project>;

  constructor(dir: string) {
    this.#dir = dir;
    const files = entriesOf(dir).flatMap(entriesOf).flatMap(entriesOf);
    this.#projects = new Map(files.map((file) => readJson(file, isProject)).map((project) => [keyOf(project.account, project.region, project.settings.name), project]));
  }

  list(account: string, region: string): Project[] {
    return [...this.#projects.values()].filter((project) => project.account === account && project.region === region);
  }

  find(account: string, region: string, name: string): Project | undefined {
    return this.#projects.get(keyOf(account, region, name));
  }

  /** @throws ServiceError ResourceNotFoundException */
  get(account: string, region: string, name: string): Project {
    const project = this.find(account, region, name);
    if (project === undefined)
      throw new ServiceError('ResourceNotFoundException', `Project cannot be found: arn:aws:codebuild:${region}:${account}:project/${name}`);
    return project;
  }

  create(account: string, region: string, settings: ProjectSettings): Project {
    if (this.find(account, region, settings.name) !== undefined)
      throw new ServiceError('ResourceAlreadyExistsException', `Project already exists: arn:aws:codebuild:${region}:${account}:project/${settings.name}`);
    return this.#put({ account, region, settings, createdAt: Date.now(), changedAt: Date.now() });
  }

  update(account: string, region: string, settings: ProjectSettings): Project {
    return this.#put({ ...this.get(account, region, settings.name), settings, changedAt: Date.now() });
  }

  delete(account: string, region: string, name: string): void {
    this.#projects.delete(keyOf(account, region, name));
    rmSync(this.#file(account, region, name), { force: true });
  }

  #put(project: Project): Project {
    const { account, region, settings } = project;
    this.#projects.set(keyOf(account, region, settings.name), project);
    writeJson(this.#file(account, region, settings.name), project);
    return project;
  }

  #file(account: string, region: string, name: string): string {
    return path.join(this.#dir, account, region, `${name}.json`);
  }
}

const keyOf = (account: string, region: string, name: string) => `${account} ${region} ${name}`;
