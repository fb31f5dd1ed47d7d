import * as z from 'zod';
import { wrong } from './resource';

/** https://docs.aws.amazon.com/personalize/latest/dg/how-it-works-dataset-schema.html: what a schema must have. */
const REQUIRED_FIELDS = { Interactions: ['USER_ID', 'ITEM_ID', 'TIMESTAMP'], Items: ['ITEM_ID'], Users: ['USER_ID'] } as const;
const DATASET_TYPES = ['Interactions', 'Items', 'Users'] as const;

const AvroSchema = z.object({
  type: z.literal('record'),
  name: z.enum(DATASET_TYPES),
  namespace: z.literal('com.amazonaws.personalize.schema'),
  version: z.string(),
  fields: z.array(z.object({ name: z.string().regex(/^[A-Z][A-Z0-9_]*$/), type: z.union([z.string(), z.array(z.string())]) })),
});
export type AvroSchema = z.infer<typeof AvroSchema>;

/** @throws ServiceError InvalidInputException */
export function parseSchema(text: string): AvroSchema {
  const parsed = AvroSchema.safeParse(parsedJson(text));
  if (!parsed.success) throw wrong(z.prettifyError(parsed.error));
  const { name, fields } = parsed.data;
  const names = fields.map((field) => field.name);
  const missing = REQUIRED_FIELDS[name].filter((field) => !names.includes(field));
  if (missing.length > 0) throw wrong(`The schema of ${name.toLowerCase()} lacks ${missing.join(', ')}.`);
  if (name !== 'Interactions' && fields.length === 1) throw wrong(`The schema of ${name.toLowerCase()} has no metadata field.`);
  return parsed.data;
}

export const isOptional = ({ type }: AvroSchema['fields'][number]): boolean => Array.isArray(type) && type.includes('null');

const camelCase = (field: string): string => field.toLowerCase().replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/**
 * The columns of an item or a user: `properties` has them in camel case.
 * @throws ServiceError InvalidInputException naming what the schema does not know or demands
 */
export function columnsOf(schema: AvroSchema, properties: string | undefined): Record<string, string> {
  const given = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).safeParse(properties === undefined ? {} : parsedJson(properties));
  if (!given.success) throw wrong(`The properties are not JSON of names and values: ${z.prettifyError(given.error)}`);
  const fields = new Map(schema.fields.map((field) => [camelCase(field.name), field]));
  const columns: Record<string, string> = {};
  for (const [name, value] of Object.entries(given.data)) {
    const field = fields.get(name);
    if (field === undefined) throw wrong(`The schema has no field for the property ${name}.`);
    if (value !== null) columns[field.name] = String(value);
  }
  const missing = metadata(schema).filter((field) => !isOptional(field) && columns[field.name] === undefined);
  if (missing.length > 0) throw wrong(`The properties lack ${missing.map(({ name }) => camelCase(name)).join(', ')}.`);
  return columns;
}

const metadata = ({ fields }: AvroSchema): AvroSchema['fields'] => fields.filter(({ name }) => name !== 'ITEM_ID' && name !== 'USER_ID');

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
