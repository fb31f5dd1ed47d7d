import type { DataSource, VpcConnection } from '../kept';
import { DataSourceChange, NewDataSource, type DataSourceSettings } from './requests';
import { begun, invalid, namedBy, type Place, type Resources } from './resources';
import { described, pageOf, permissionRoutes, type Routes } from './routes';

const PATH = '/accounts/:account/data-sources';
/** Which parameters each type is told. */
const PARAMETERS = { ATHENA: 'AthenaParameters', REDSHIFT: 'RedshiftParameters', AMAZON_OPENSEARCH: 'AmazonOpenSearchParameters', AMAZON_ELASTICSEARCH: 'AmazonElasticsearchParameters' } as const;

/** Data sources are there at once; whether they can be reached shows when they are first asked. */
export function dataSourceRoutes(sources: Resources<DataSource>, connections: Resources<VpcConnection>): Routes {
  const checked = (place: Place, settings: DataSourceSettings): DataSourceSettings => {
    const wanted = PARAMETERS[settings.Type];
    if (settings.DataSourceParameters[wanted] === undefined) throw invalid(`A data source of type ${settings.Type} needs DataSourceParameters.${wanted}.`);
    const { VpcConnectionArn } = settings.VpcConnectionProperties ?? {};
    if (VpcConnectionArn !== undefined) {
      const named = namedBy(VpcConnectionArn, place);
      if (named?.kind !== 'vpcConnection') throw invalid(`${VpcConnectionArn} is no VPC connection.`);
      connections.of(place, named.id);
    }
    return settings;
  };
  return {
    [`POST ${PATH}`]: async ({ place, body }) => {
      const { DataSourceId, Permissions, Tags, FolderArns: _, ...settings } = await body(NewDataSource);
      const made = await sources.create({ ...begun(place, DataSourceId, Permissions, Tags), ...withoutPassword(checked(place, settings)) });
      return { Arn: sources.arn(made), DataSourceId, CreationStatus: 'CREATION_IN_PROGRESS' };
    },
    [`GET ${PATH}`]: (request) => {
      const { page, NextToken } = pageOf(sources.in(request.place), request);
      return { DataSources: page.map(shown), NextToken };
    },
    [`GET ${PATH}/:id`]: ({ place, param }) => ({ DataSource: shown(sources.of(place, param('id'))) }),
    [`PUT ${PATH}/:id`]: async ({ place, param, body }) => {
      const found = sources.of(place, param('id'));
      const settings = checked(place, { ...(await body(DataSourceChange)), Type: found.Type });
      await sources.put({ ...found, ...withoutPassword(settings) });
      return { Arn: sources.arn(found), DataSourceId: found.id, UpdateStatus: 'UPDATE_IN_PROGRESS' };
    },
    [`DELETE ${PATH}/:id`]: async ({ place, param }) => {
      const found = sources.of(place, param('id'));
      await sources.delete(place, found.id);
      return { Arn: sources.arn(found), DataSourceId: found.id };
    },
    ...permissionRoutes(sources, { path: PATH, noun: 'DataSource', method: 'POST' }),
  };

  function shown(one: DataSource): object {
    const { id, Name, Type, DataSourceParameters, VpcConnectionProperties, SslProperties, Credentials, createdAt, updatedAt } = one;
    return {
      Arn: sources.arn(one), DataSourceId: id, Name, Type, DataSourceParameters, VpcConnectionProperties, SslProperties, SecretArn: Credentials?.SecretArn,
      Status: updatedAt > createdAt ? 'UPDATE_SUCCESSFUL' : 'CREATION_SUCCESSFUL',
      ...described(one),
    };
  }
}

/** Nobody signs in with it here, so it is not kept either. */
function withoutPassword({ Credentials, ...settings }: DataSourceSettings): DataSourceSettings {
  return { ...settings, ...(Credentials?.SecretArn !== undefined && { Credentials: { SecretArn: Credentials.SecretArn } }) };
}
