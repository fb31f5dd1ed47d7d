import type { JsonSchema } from '../derived/fields';

/** What one release says of itself: the JSON Schema of an event as it is stored. */
export type ReleasedSchema = JsonSchema;

/** What each bound may only become, so that what was stored within it stays within it. */
const LOOSENS: Readonly<Record<'minLength' | 'minimum' | 'maxLength' | 'maximum', (was: number, is: number) => boolean>> = {
  minLength: (was, is) => is <= was,
  minimum: (was, is) => is <= was,
  maxLength: (was, is) => is >= was,
  maximum: (was, is) => is >= was,
};
const NO_BOUND = { minLength: 0, minimum: Number.NEGATIVE_INFINITY, maxLength: Number.POSITIVE_INFINITY, maximum: Number.POSITIVE_INFINITY };

/**
 * Changes after which readers of stored events break: columns that are filled no more or with something else, and events
 * that no longer fit. Empty when there is none; a new optional member or a further value of a list is no break.
 * @returns sentences, each beginning with the member's path
 */
export function breaks(released: ReleasedSchema, current: JsonSchema, at = ''): string[] {
  const name = at === '' ? 'the event' : at;
  const kinds = [released, current].map(kind);
  if (kinds[0] !== kinds[1]) return [`${name} was ${kinds[0]} and is ${kinds[1]}`];
  return [...lostValues(name, released, current), ...tighterBounds(name, released, current), ...brokenMembers(at, released, current), ...brokenItems(at, released, current)];
}

/** What a store has a column type of its own for; to every other format it is a text. */
const FORMATS = new Set(['uuid', 'date-time']);

const kind = ({ type, format = '', const: literal, properties }: JsonSchema): string => {
  if (properties) return 'an object';
  return FORMATS.has(format) ? `a ${format}` : (type ?? typeof literal);
};

function lostValues(name: string, released: JsonSchema, current: JsonSchema): string[] {
  const values = valuesOf(current);
  if (values === undefined) return [];
  const before = valuesOf(released);
  if (before === undefined) return [`${name} was any ${kind(released)} and is one of a few`];
  return before.filter((value) => !values.includes(value)).map((value) => `${name} can no longer be ${JSON.stringify(value)}`);
}

const valuesOf = ({ enum: values, const: literal }: JsonSchema): readonly unknown[] | undefined => values ?? (literal === undefined ? undefined : [literal]);

function tighterBounds(name: string, released: JsonSchema, current: JsonSchema): string[] {
  const bounds = ['minLength', 'minimum', 'maxLength', 'maximum'] as const;
  return bounds
    .filter((bound) => !LOOSENS[bound](released[bound] ?? NO_BOUND[bound], current[bound] ?? NO_BOUND[bound]))
    .map((bound) => `${name} had the ${bound} ${released[bound] ?? NO_BOUND[bound]} and has ${current[bound] ?? NO_BOUND[bound]}`);
}

function brokenMembers(at: string, released: JsonSchema, current: JsonSchema): string[] {
  const { properties: before = {}, required: neededBefore = [] } = released;
  const { properties: now = {}, required: needed = [] } = current;
  const path = (name: string): string => (at === '' ? name : `${at}.${name}`);
  const gone = Object.keys(before).filter((name) => !(name in now));
  return [
    ...gone.map((name) => `${path(name)} is gone`),
    ...needed.filter((name) => !neededBefore.includes(name)).map((name) => `${path(name)} is required and stored events may lack it`),
    ...neededBefore.filter((name) => !needed.includes(name) && !gone.includes(name)).map((name) => `${path(name)} was always there and is optional`),
    ...Object.entries(before).flatMap(([name, schema]) => {
      const member = now[name];
      return member === undefined ? [] : breaks(schema, member, path(name));
    }),
  ];
}

const brokenItems = (at: string, released: JsonSchema, current: JsonSchema): string[] => (released.items && current.items ? breaks(released.items, current.items, `${at}[]`) : []);
