import * as z from 'zod';
import { definitionErrors, parseDefinition } from '../definition/check';
import type { Analysis, Kept } from '../kept';
import { AnalysisChange, NewAnalysis } from './requests';
import { begun, invalid, type Resources } from './resources';
import { described, pageOf, permissionRoutes, type Routes } from './routes';

const PATH = '/accounts/:account/analyses';
const DAY_SECONDS = 86_400;
const RecoveryWindow = z.coerce.number().int().min(7).max(30).default(30);

export function analysisRoutes(analyses: Resources<Analysis>, kept: Kept): Routes {
  const named = (one: Analysis): object => ({ Arn: analyses.arn(one), AnalysisId: one.id });
  const shown = (one: Analysis): object => ({
    ...named(one), Name: one.name, Status: one.status, Errors: one.errors,
    DataSetArns: one.definition.DataSetIdentifierDeclarations.map(({ DataSetArn }) => DataSetArn),
    Sheets: one.definition.Sheets.map(({ SheetId, Name }) => ({ SheetId, Name })),
    ...described(one),
  });
  return {
    [`POST ${PATH}/:id`]: async ({ place, param, body }) => {
      const { Name, Definition, Permissions, Tags } = await body(NewAnalysis);
      const definition = parseDefinition(Definition);
      const errors = definitionErrors(definition, kept, place);
      const made = await analyses.create({ ...begun(place, param('id'), Permissions, Tags), name: Name, definition, errors, status: errors.length > 0 ? 'CREATION_FAILED' : 'CREATION_SUCCESSFUL' });
      return { ...named(made), CreationStatus: 'CREATION_IN_PROGRESS' };
    },
    [`GET ${PATH}`]: (request) => {
      const { page, NextToken } = pageOf(analyses.in(request.place), request);
      return { AnalysisSummaryList: page.map((one) => ({ ...named(one), Name: one.name, Status: one.status, ...described(one) })), NextToken };
    },
    [`GET ${PATH}/:id`]: ({ place, param }) => ({ Analysis: shown(analyses.of(place, param('id'))) }),
    [`GET ${PATH}/:id/definition`]: ({ place, param }) => {
      const { id, name, errors, status, definition } = analyses.of(place, param('id'));
      return { AnalysisId: id, Name: name, Errors: errors, ResourceStatus: status, Definition: definition };
    },
    [`PUT ${PATH}/:id`]: async ({ place, param, body }) => {
      const found = analyses.of(place, param('id'));
      if (found.status === 'DELETED') throw invalid(`Analysis ${found.id} is deleted.`);
      const { Name, Definition } = await body(AnalysisChange);
      const definition = parseDefinition(Definition);
      const errors = definitionErrors(definition, kept, place);
      await analyses.put({ ...found, name: Name, definition, errors, status: errors.length > 0 ? 'UPDATE_FAILED' : 'UPDATE_SUCCESSFUL' });
      return { ...named(found), UpdateStatus: 'UPDATE_IN_PROGRESS' };
    },
    // What is not deleted for good could be restored, and its id stays taken so long.
    [`DELETE ${PATH}/:id`]: async ({ place, param, query }) => {
      const found = analyses.of(place, param('id'));
      if (query('force-delete-without-recovery') === 'true') {
        await analyses.delete(place, found.id);
        return named(found);
      }
      const days = RecoveryWindow.parse(query('recovery-window-in-days'));
      const { updatedAt } = await analyses.put({ ...found, status: 'DELETED' });
      return { ...named(found), DeletionTime: updatedAt + days * DAY_SECONDS };
    },
    ...permissionRoutes(analyses, { path: PATH, noun: 'Analysis', method: 'PUT' }),
  };
}
