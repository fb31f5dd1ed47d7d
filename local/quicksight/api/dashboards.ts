import { definitionErrors, parseDefinition } from '../definition/check';
import { seconds, type Dashboard, type DashboardVersion, type Kept } from '../kept';
import { DashboardChange, NewDashboard } from './requests';
import { begun, invalid, ResourceError, type Place, type Resources } from './resources';
import { described, pageOf, permissionRoutes, type ApiRequest, type Routes } from './routes';

const PATH = '/accounts/:account/dashboards';

/** Dashboards with their versions: the first one that comes about is published, a later one when somebody says so. */
export function dashboardRoutes(dashboards: Resources<Dashboard>, kept: Kept): Routes {
  const versionArn = (one: Dashboard, number: number): string => `${dashboards.arn(one)}/version/${number}`;
  const version = (place: Place, definition: unknown, number: number, description: string | undefined): DashboardVersion => {
    const parsed = parseDefinition(definition);
    const errors = definitionErrors(parsed, kept, place);
    return { number, description, definition: parsed, errors, createdAt: seconds(), status: errors.length > 0 ? 'CREATION_FAILED' : 'CREATION_SUCCESSFUL' };
  };
  const published = ({ number, status, createdAt }: DashboardVersion): Dashboard['published'] => (status === 'CREATION_SUCCESSFUL' ? { number, at: createdAt } : undefined);
  const asked = ({ place, param, query }: ApiRequest): { readonly one: Dashboard; readonly of: DashboardVersion } => {
    const one = dashboards.of(place, param('id'));
    return { one, of: versionOf(one, query('version-number') === undefined ? undefined : Number(query('version-number'))) };
  };
  const named = (one: Dashboard): object => ({ Arn: dashboards.arn(one), DashboardId: one.id });
  return {
    [`POST ${PATH}/:id`]: async ({ place, param, body }) => {
      const { Name, Definition, VersionDescription, DashboardPublishOptions, Permissions, Tags } = await body(NewDashboard);
      const first = version(place, Definition, 1, VersionDescription);
      const made = await dashboards.create({ ...begun(place, param('id'), Permissions, Tags), name: Name, versions: [first], published: published(first), publishOptions: DashboardPublishOptions });
      return { ...named(made), VersionArn: versionArn(made, 1), CreationStatus: 'CREATION_IN_PROGRESS' };
    },
    [`GET ${PATH}`]: (request) => {
      const { page, NextToken } = pageOf(dashboards.in(request.place), request);
      return { DashboardSummaryList: page.map((one) => ({ ...named(one), Name: one.name, PublishedVersionNumber: one.published?.number, LastPublishedTime: one.published?.at, ...described(one) })), NextToken };
    },
    [`GET ${PATH}/:id`]: (request) => {
      const { one, of } = asked(request);
      const { DataSetIdentifierDeclarations, Sheets } = of.definition;
      return {
        Dashboard: {
          ...named(one), Name: one.name, LastPublishedTime: one.published?.at, ...described(one),
          Version: { VersionNumber: of.number, Arn: versionArn(one, of.number), Status: of.status, Errors: of.errors, Description: of.description, CreatedTime: of.createdAt, DataSetArns: DataSetIdentifierDeclarations.map(({ DataSetArn }) => DataSetArn), Sheets: Sheets.map(({ SheetId, Name }) => ({ SheetId, Name })) },
        },
      };
    },
    [`GET ${PATH}/:id/definition`]: (request) => {
      const { one, of } = asked(request);
      return { DashboardId: one.id, Name: one.name, Errors: of.errors, ResourceStatus: of.status, Definition: of.definition, DashboardPublishOptions: one.publishOptions };
    },
    [`GET ${PATH}/:id/versions`]: (request) => {
      const one = dashboards.of(request.place, request.param('id'));
      const { page, NextToken } = pageOf(one.versions.toReversed(), request);
      return { DashboardVersionSummaryList: page.map(({ number, status, description, createdAt }) => ({ VersionNumber: number, Arn: versionArn(one, number), Status: status, Description: description, CreatedTime: createdAt })), NextToken };
    },
    [`PUT ${PATH}/:id`]: async ({ place, param, body }) => {
      const found = dashboards.of(place, param('id'));
      const { Name, Definition, VersionDescription, DashboardPublishOptions } = await body(DashboardChange);
      const next = version(place, Definition, Math.max(...found.versions.map(({ number }) => number)) + 1, VersionDescription);
      await dashboards.put({ ...found, name: Name, versions: [...found.versions, next], published: found.published ?? published(next), publishOptions: DashboardPublishOptions ?? found.publishOptions });
      return { ...named(found), VersionArn: versionArn(found, next.number), CreationStatus: 'CREATION_IN_PROGRESS' };
    },
    [`PUT ${PATH}/:id/versions/:version`]: async ({ place, param }) => {
      const found = dashboards.of(place, param('id'));
      const of = versionOf(found, Number(param('version')));
      if (of.status !== 'CREATION_SUCCESSFUL') throw invalid(`Version ${of.number} of dashboard ${found.id} is ${of.status}.`);
      await dashboards.put({ ...found, published: { number: of.number, at: seconds() } });
      return { DashboardId: found.id, DashboardArn: dashboards.arn(found) };
    },
    [`DELETE ${PATH}/:id`]: async ({ place, param, query }) => {
      const found = dashboards.of(place, param('id'));
      if (query('version-number') === undefined) await dashboards.delete(place, found.id);
      else {
        const of = versionOf(found, Number(query('version-number')));
        if (of.number === found.published?.number) throw invalid(`Version ${of.number} of dashboard ${found.id} is published.`);
        await dashboards.put({ ...found, versions: found.versions.filter((one) => one !== of) });
      }
      return named(found);
    },
    ...permissionRoutes(dashboards, { path: PATH, noun: 'Dashboard', method: 'PUT' }),
  };
}

/** Without a number the published one, or where none has been the newest. */
function versionOf({ id, versions, published }: Dashboard, number = published?.number ?? versions.at(-1)?.number): DashboardVersion {
  const found = versions.find((one) => one.number === number);
  if (!found) throw new ResourceError('ResourceNotFoundException', `Version ${number} of dashboard ${id} is not found`, 'DASHBOARD_VERSION');
  return found;
}
