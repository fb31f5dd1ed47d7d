import { randomUUID } from 'node:crypto';
import { outputColumns } from '../definition/check';
import type { DataSet, Kept } from '../kept';
import { physicalOf } from '../queries/dataSetSql';
import type { Ingestions } from './ingestions';
import { DataSetSettings, IngestionRequest, NewDataSet } from './requests';
import { begun, invalid, keyOf, namedBy, type Place, type Resources } from './resources';
import { described, pageOf, permissionRoutes, type Routes } from './routes';

const PATH = '/accounts/:account/data-sets';

/** Data sets; one of SPICE is filled when it is made, when it is changed, and whenever an ingestion is asked for. */
export function dataSetRoutes(sets: Resources<DataSet>, kept: Kept, ingestions: Ingestions): Routes {
  const checked = (place: Place, settings: DataSetSettings): DataSetSettings => {
    const { dataSourceArn } = physicalOf(settings);
    outputColumns(settings);
    const named = namedBy(dataSourceArn, place);
    if (named?.kind !== 'datasource' || !kept.dataSources.get(keyOf(place, named.id))) throw invalid(`The data source ${dataSourceArn} does not exist.`);
    return settings;
  };
  const filled = async (dataSet: DataSet, type: 'INITIAL_INGESTION' | 'EDIT'): Promise<object> => {
    if (dataSet.ImportMode !== 'SPICE') return {};
    const { id } = await ingestions.start(dataSet, { id: randomUUID(), source: 'MANUAL', type });
    return { IngestionId: id, IngestionArn: ingestions.arn(dataSet, id) };
  };
  const named = (dataSet: DataSet): object => ({ Arn: sets.arn(dataSet), DataSetId: dataSet.id });
  return {
    [`POST ${PATH}`]: async ({ place, body }) => {
      const { DataSetId, Permissions, Tags, FolderArns: _, ...settings } = await body(NewDataSet);
      const made = await sets.create({ ...begun(place, DataSetId, Permissions, Tags), ...checked(place, settings) });
      return { ...named(made), ...(await filled(made, 'INITIAL_INGESTION')) };
    },
    [`GET ${PATH}`]: (request) => {
      const { page, NextToken } = pageOf(sets.in(request.place), request);
      return { DataSetSummaries: page.map((one) => ({ ...named(one), Name: one.Name, ImportMode: one.ImportMode, ...described(one) })), NextToken };
    },
    [`GET ${PATH}/:id`]: ({ place, param }) => {
      const found = sets.of(place, param('id'));
      const { Name, PhysicalTableMap, LogicalTableMap, ImportMode, FieldFolders, DataSetUsageConfiguration } = found;
      return { DataSet: { ...named(found), Name, PhysicalTableMap, LogicalTableMap, ImportMode, FieldFolders, DataSetUsageConfiguration, OutputColumns: outputColumns(found), ...described(found) } };
    },
    [`PUT ${PATH}/:id`]: async ({ place, param, body }) => {
      const found = sets.of(place, param('id'));
      const settings = checked(place, await body(DataSetSettings));
      const changed: DataSet = { ...begun(found, found.id, found.permissions, found.tags), createdAt: found.createdAt, ...settings };
      await sets.put(changed);
      if (settings.ImportMode === 'DIRECT_QUERY') await ingestions.forget(changed);
      return { ...named(changed), ...(await filled(changed, 'EDIT')) };
    },
    [`DELETE ${PATH}/:id`]: async ({ place, param }) => {
      const found = sets.of(place, param('id'));
      await ingestions.forget(found);
      for (const one of [...kept.schedules.values()].filter((schedule) => schedule.account === found.account && schedule.region === found.region && schedule.dataSet === found.id)) kept.schedules.delete(keyOf(one, `${one.dataSet}/${one.id}`));
      await sets.delete(place, found.id);
      return named(found);
    },
    ...permissionRoutes(sets, { path: PATH, noun: 'DataSet', method: 'POST' }),

    [`PUT ${PATH}/:id/ingestions/:ingestion`]: async ({ place, param, body }) => {
      await body(IngestionRequest);
      const dataSet = sets.of(place, param('id'));
      if (dataSet.ImportMode !== 'SPICE') throw invalid(`Data set ${dataSet.id} is not of SPICE: it is asked directly.`);
      const { id } = await ingestions.start(dataSet, { id: param('ingestion'), source: 'MANUAL', type: 'FULL_REFRESH' });
      return { Arn: ingestions.arn(dataSet, id), IngestionId: id, IngestionStatus: 'INITIALIZED' };
    },
    [`GET ${PATH}/:id/ingestions/:ingestion`]: ({ place, param }) => ({ Ingestion: ingestions.shown(ingestions.of(sets.of(place, param('id')), param('ingestion'))) }),
    [`GET ${PATH}/:id/ingestions`]: (request) => {
      const { page, NextToken } = pageOf(ingestions.list(sets.of(request.place, request.param('id'))), request);
      return { Ingestions: page.map((one) => ingestions.shown(one)), NextToken };
    },
  };
}
