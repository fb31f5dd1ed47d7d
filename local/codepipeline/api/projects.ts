import * as z from 'zod';
import { operation } from '../../aws/json-service';
import { projectSettings, type Project } from '../codebuild/model';
import type { Projects } from '../codebuild/projects';
import { seconds } from './paging';

/** CodeBuild's operations on projects. */
export function projectOperations(projects: Projects) {
  return {
    CreateProject: operation(projectSettings, (settings, { account, region }) => ({ project: view(projects.create(account, region, settings)) })),
    UpdateProject: operation(projectSettings.partial().required({ name: true }), (changes, { account, region }) => {
      const { settings } = projects.get(account, region, changes.name);
      const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
      return { project: view(projects.update(account, region, projectSettings.parse({ ...settings, ...given }))) };
    }),
    DeleteProject: operation(z.object({ name: z.string() }), ({ name }, { account, region }) => projects.delete(account, region, nameIn(name))),
    BatchGetProjects: operation(z.object({ names: z.array(z.string()).min(1).max(100) }), ({ names }, { account, region }) => {
      const found = names.map((name) => projects.find(account, region, nameIn(name))).filter((project) => project !== undefined);
      return { projects: found.map(view), projectsNotFound: names.filter((name) => projects.find(account, region, nameIn(name)) === undefined) };
    }),
    ListProjects: operation(z.object({ sortBy: z.string().optional(), sortOrder: z.string().optional(), nextToken: z.string().optional() }), (_, { account, region }) => ({
      projects: projects.list(account, region).map(({ settings }) => settings.name).sort(),
    })),
  };
}

/** Projects are named by their ARN as well. */
const nameIn = (nameOrArn: string) => nameOrArn.split(':project/').at(-1) ?? nameOrArn;

function view({ account, region, settings, createdAt, changedAt }: Project) {
  return { ...settings, arn: `arn:aws:codebuild:${region}:${account}:project/${settings.name}`, created: seconds(createdAt), lastModified: seconds(changedAt) };
}
