import * as z from 'zod';
import { operation, type Operation } from '../aws/json-service';
import { parseFilter } from './filterExpression';
import type { Filter, Kept } from './kept';
import { arnOf, described, exists, found, isOf, Name, page, PAGE, seconds, wrong } from './resource';
import { datasetOf } from './resources';
import { parseSchema } from './schemas';

const ofFilter = z.strictObject({ filterArn: z.string() });

/** Filters. */
export function filterOperations(kept: Kept): Readonly<Record<string, Operation>> {
  const { filters, groups } = kept;
  return {
    CreateFilter: operation(z.strictObject({ name: Name, datasetGroupArn: z.string(), filterExpression: z.string().min(1).max(2_500) }), async ({ name, datasetGroupArn, filterExpression }, caller) => {
      found(groups.get(datasetGroupArn), datasetGroupArn);
      const filterArn = arnOf(caller, `filter/${name}`);
      if (filters.get(filterArn)) throw exists(filterArn);
      requireColumns(kept, datasetGroupArn, filterExpression);
      filters.put(filterArn, { name, filterArn, datasetGroupArn, filterExpression, creationDateTime: seconds() });
      await kept.commit();
      return { filterArn };
    }),
    DescribeFilter: operation(ofFilter, ({ filterArn }) => ({ filter: described(found(filters.get(filterArn), filterArn)) })),
    ListFilters: operation(z.strictObject({ datasetGroupArn: z.string().optional(), ...PAGE }), ({ datasetGroupArn, ...input }, caller) => {
      const { some, nextToken } = page([...filters.values()].filter((one) => isOf(caller, one.filterArn) && (datasetGroupArn === undefined || one.datasetGroupArn === datasetGroupArn)), input);
      // The one list of Personalize that the protocol writes with a capital.
      return { Filters: some.map(summary), nextToken };
    }),
    DeleteFilter: operation(ofFilter, async ({ filterArn }) => {
      found(filters.get(filterArn), filterArn);
      filters.delete(filterArn);
      await kept.commit();
    }),
  };
}

function summary(filter: Filter) {
  const { filterExpression: _, ...rest } = described(filter);
  return rest;
}

/** A filter on a column that no dataset of the group has is refused when it is made. */
function requireColumns(kept: Kept, group: string, expression: string): void {
  for (const { dataset, column } of parseFilter(expression).fields) {
    const known = datasetOf(kept, group, dataset.toUpperCase());
    const schema = known && kept.schemas.get(known.schemaArn);
    if (!schema || !parseSchema(schema.schema).fields.some(({ name }) => name === column)) throw wrong(`${group} has no column ${dataset}.${column}.`);
  }
}
