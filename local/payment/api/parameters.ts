import * as z from 'zod';
import { invalidRequest, type PaymentError } from '../account/errors';
import type { FormValue } from './form';

/** What a value of a form can be, and how the API words what is wrong with it. Every value comes in as text. */
const refused = (message: string, code?: string) => ({ code: 'custom' as const, message, params: { code } });

export const text = (longest = 5_000) =>
  z.string().transform((value, context) => {
    if (value === '') context.addIssue(refused('', 'parameter_invalid_empty'));
    else if (value.length > longest) context.addIssue(refused(`Invalid string: must be at most ${longest} characters.`));
    return value;
  });

/** An empty text unsets what was set before. */
export const unsettable = () => z.string().max(5_000).transform((value) => (value === '' ? null : value));

export const integer = ({ minimum = 0, maximum = Number.MAX_SAFE_INTEGER }: { minimum?: number; maximum?: number } = {}) =>
  z.string().transform((value, context) => {
    const number = Number(value);
    if (!/^-?\d+$/.test(value)) context.addIssue(refused(`Invalid integer: ${value}`, 'parameter_invalid_integer'));
    else if (number < minimum) context.addIssue(refused(`This value must be greater than or equal to ${minimum}.`, 'parameter_invalid_integer'));
    else if (number > maximum) context.addIssue(refused(`This value must be less than or equal to ${maximum}.`, 'parameter_invalid_integer'));
    return number;
  });

export const flag = () =>
  z.string().transform((value, context) => {
    if (value !== 'true' && value !== 'false') context.addIssue(refused(`Invalid boolean: ${value}`));
    return value === 'true';
  });

export const oneOf = <const T extends readonly [string, ...string[]]>(...values: T) => z.enum(values);

export const expandable = z.array(z.string()).optional();

const range = z.strictObject({ gt: integer().optional(), gte: integer().optional(), lt: integer().optional(), lte: integer().optional() });

/** What every list takes: https://docs.stripe.com/api/pagination */
export const pageParameters = {
  limit: integer({ minimum: 1, maximum: 100 }).optional(),
  starting_after: text().optional(),
  ending_before: text().optional(),
  expand: expandable,
};
export const createdParameter = { created: z.union([integer(), range]).optional() };

/** At most 50 pairs, names of at most 40 and values of at most 500 characters: https://docs.stripe.com/api/metadata */
export const metadata = () =>
  z.record(z.string().max(40), z.string().max(500)).refine((pairs) => Object.keys(pairs).length <= 50, 'Metadata can have at most 50 keys.');
export const unsettableMetadata = () => z.union([z.literal(''), metadata()]);

/** The metadata after an update: an empty value removes its key, an empty text all of them. */
export function updatedMetadata(current: Record<string, string>, update: '' | Record<string, string> | undefined): Record<string, string> {
  if (update === undefined) return current;
  if (update === '') return {};
  return Object.fromEntries(Object.entries({ ...current, ...update }).filter(([, value]) => value !== ''));
}

const address = z.strictObject({
  city: text().optional(),
  country: text(2).optional(),
  line1: text().optional(),
  line2: text().optional(),
  postal_code: text().optional(),
  state: text().optional(),
});
const NO_ADDRESS = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null };
export const shipping = z
  .strictObject({ address, name: text(), phone: text().optional(), carrier: text().optional(), tracking_number: text().optional() })
  .transform(({ address, name, phone = null, carrier = null, tracking_number = null }) => ({ address: { ...NO_ADDRESS, ...address }, name, phone, carrier, tracking_number }));
export const billingDetails = z.strictObject({
  address: z.union([z.literal(''), address]).optional(),
  email: z.string().optional(),
  name: z.string().optional(),
  phone: z.string().optional(),
});

/**
 * The parameters of a request.
 *
 * @throws PaymentError in the API's words: what is unknown first, then what is missing, then what is wrong
 */
export function parseParameters<T>(schema: z.ZodType<T>, form: Record<string, FormValue>): T {
  const parsed = schema.safeParse(form, { reportInput: true });
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const [first] = issues;
  throw errorOf(issues.find(({ code }) => code === 'unrecognized_keys') ?? issues.find(isMissing) ?? first);
}

type Issue = z.core.$ZodIssue;

const isMissing = (issue: Issue): boolean => issue.input === undefined && (issue.code === 'invalid_type' || issue.code === 'invalid_value');

/** `['shipping', 'name']` → `shipping[name]` */
const parameterName = ([first, ...rest]: readonly PropertyKey[]): string => String(first ?? '') + rest.map((part) => `[${String(part)}]`).join('');

function errorOf(issue: Issue | undefined): PaymentError {
  if (!issue) return invalidRequest('The parameters are invalid.');
  const param = parameterName(issue.path);
  if (issue.code === 'unrecognized_keys') {
    const names = issue.keys.map((key) => parameterName([...issue.path, key]));
    return invalidRequest(`Received unknown parameter${names.length > 1 ? 's' : ''}: ${names.join(', ')}`, { code: 'parameter_unknown', param: names[0] });
  }
  if (isMissing(issue)) return invalidRequest(`Missing required param: ${param}.`, { code: 'parameter_missing', param });
  if (issue.code === 'custom' && issue.params?.code === 'parameter_invalid_empty') {
    return invalidRequest(
      `You passed an empty string for '${param}'. We assume empty values are an attempt to unset a field; however '${param}' cannot be unset. You should remove '${param}' from your request or supply a non-empty value.`,
      { code: 'parameter_invalid_empty', param },
    );
  }
  if (issue.code === 'custom') return invalidRequest(issue.message, { code: typeof issue.params?.code === 'string' ? issue.params.code : undefined, param });
  if (issue.code === 'invalid_value') return invalidRequest(`Invalid ${param}: must be one of ${issue.values.join(', ')}`, { param });
  if (issue.code === 'invalid_type') return invalidRequest(`Invalid ${issue.expected === 'record' ? 'object' : issue.expected}`, { param });
  if (issue.code === 'invalid_union') {
    const nested = issue.errors.flat().find(({ code }) => code !== 'invalid_type' && code !== 'invalid_value') ?? issue.errors.flat()[0];
    return nested ? errorOf({ ...nested, path: [...issue.path, ...nested.path] }) : invalidRequest(issue.message, { param });
  }
  return invalidRequest(issue.message, { param });
}
