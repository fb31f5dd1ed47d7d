import * as z from 'zod';
import { inWords } from '../../aws/json-service';
import type { DataSetSettings } from '../api/requests';
import { invalid, keyOf, namedBy, type Place } from '../api/resources';
import type { Field } from '../dashboards/model';
import type { DefinitionError, Kept } from '../kept';
import { dataSetSql, physicalOf, type OutputColumn } from '../queries/dataSetSql';
import { Definition, type ColumnIdentifier } from './definition';
import { visualOf } from './visuals';

/** @throws ServiceError InvalidParameterValueException naming each member that is wrong, or a data set that is not declared */
export function parseDefinition(given: unknown): Definition {
  if (given === undefined) throw invalid('A Definition is needed: this machine makes nothing from a SourceEntity.');
  const parsed = Definition.safeParse(given);
  if (!parsed.success) throw invalid(`Invalid definition: ${inWords(parsed.error)}`);
  const definition = parsed.data;
  const declared = new Set(definition.DataSetIdentifierDeclarations.map(({ Identifier }) => Identifier));
  for (const { path, column } of columnsIn(definition)) if (!declared.has(column.DataSetIdentifier)) throw invalid(`${path}: the data set identifier ${column.DataSetIdentifier} is not declared in DataSetIdentifierDeclarations.`);
  const ids = definition.Sheets.flatMap(({ Visuals }) => Visuals.flatMap((visual) => Object.values(visual).map(({ VisualId }) => VisualId)));
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw invalid(`Visual IDs must be unique: ${twice} is there more than once.`);
  return definition;
}

/** What of a definition does not fit the data sets that there are. */
export function definitionErrors(definition: Definition, kept: Kept, place: Place): DefinitionError[] {
  const errors: DefinitionError[] = [];
  const columns = new Map<string, readonly OutputColumn[]>();
  definition.DataSetIdentifierDeclarations.forEach(({ Identifier, DataSetArn }, index) => {
    const named = namedBy(DataSetArn, place);
    const dataSet = named?.kind === 'dataset' ? kept.dataSets.get(keyOf(place, named.id)) : undefined;
    if (dataSet) columns.set(Identifier, outputColumns(dataSet));
    else errors.push({ Type: 'DATA_SET_NOT_FOUND', Message: `Data set '${DataSetArn}' is not found`, ViolatedEntities: [{ Path: `DataSetIdentifierDeclarations[${index}]` }] });
  });
  const calculated = new Set(definition.CalculatedFields.map(({ DataSetIdentifier, Name }) => `${DataSetIdentifier} ${Name}`));
  const typeOf = ({ DataSetIdentifier, ColumnName }: ColumnIdentifier): OutputColumn['Type'] | 'MISSING' | undefined => {
    const has = columns.get(DataSetIdentifier);
    if (!has || calculated.has(`${DataSetIdentifier} ${ColumnName}`)) return undefined;
    return has.find(({ Name }) => Name === ColumnName)?.Type ?? 'MISSING';
  };
  for (const { path, column } of columnsIn(definition)) {
    if (typeOf(column) === 'MISSING') errors.push({ Type: 'COLUMN_REPLACEMENT_MISSING', Message: `Required column '${column.ColumnName}' is missing in data set '${column.DataSetIdentifier}'`, ViolatedEntities: [{ Path: path }] });
  }
  for (const { path, field } of fieldsIn(definition)) {
    const has = typeOf({ DataSetIdentifier: field.column.dataSet, ColumnName: field.column.name });
    const wants = wantedType(field);
    if (has !== undefined && has !== 'MISSING' && wants && !wants.includes(has)) errors.push({ Type: 'COLUMN_TYPE_MISMATCH', Message: `Column '${field.column.name}' in data set '${field.column.dataSet}' is ${has}, but ${field.id} needs ${wants.join(' or ')}`, ViolatedEntities: [{ Path: path }] });
  }
  return errors;
}

export const outputColumns = (dataSet: Pick<DataSetSettings, 'PhysicalTableMap' | 'LogicalTableMap'>): readonly OutputColumn[] => dataSetSql(physicalOf(dataSet), '', 'duckdb').columns;

function wantedType({ kind, granularity, aggregation, percentile }: Field): readonly OutputColumn['Type'][] | undefined {
  if (granularity !== undefined) return ['DATETIME'];
  if (percentile !== undefined || (aggregation !== undefined && /^(SUM|AVERAGE|VARP?|STDEVP?|MEDIAN)$/.test(aggregation))) return ['INTEGER', 'DECIMAL'];
  return kind === 'number' && aggregation === undefined ? ['INTEGER', 'DECIMAL'] : undefined;
}

function fieldsIn(definition: Definition): { readonly path: string; readonly field: Field }[] {
  return definition.Sheets.flatMap(({ Visuals }, sheet) =>
    Visuals.flatMap((visual, index) => {
      const { groups, values, look } = visualOf(visual, definition);
      // Of rows that are shown as they are, any type will do.
      return look.raw === true ? [] : [...groups, ...values].map((field) => ({ path: `Sheets[${sheet}].Visuals[${index}].${Object.keys(visual).join()}`, field }));
    }),
  );
}

const Columns = z.object({ Column: z.object({ DataSetIdentifier: z.string(), ColumnName: z.string() }) });

/** Each column that a definition names, wherever it does. */
function columnsIn(definition: Definition): { readonly path: string; readonly column: ColumnIdentifier }[] {
  const found: { path: string; column: ColumnIdentifier }[] = [];
  const look = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) return;
    const named = Columns.safeParse(value);
    if (named.success) found.push({ path, column: named.data.Column });
    for (const [name, inner] of Object.entries(value)) look(inner, Array.isArray(value) ? `${path}[${name}]` : path === '' ? name : `${path}.${name}`);
  };
  look({ Sheets: definition.Sheets, FilterGroups: definition.FilterGroups, ColumnConfigurations: definition.ColumnConfigurations }, '');
  return found;
}
