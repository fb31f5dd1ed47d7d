import type { Call } from './call';
import { invalidRequest } from './errors';
import { owned } from './ledger';
import { listRefunds } from './refunds';

const DEEPEST = 4;

/** The object with what `expand` names in place of its ids: https://docs.stripe.com/api/expanding_objects */
export function expanded(call: Call, object: object, paths: readonly string[] = []): object {
  return paths.reduce((result, path) => {
    const names = path.split('.');
    if (names.length > DEEPEST) throw invalidRequest(`You cannot expand more than ${DEEPEST} levels of a property. Property: ${path}`, { param: 'expand' });
    return expandPath(call, result, names, path);
  }, object);
}

function expandPath(call: Call, object: object, [name = '', ...rest]: readonly string[], path: string): object {
  if (name === 'data' && 'data' in object && Array.isArray(object.data)) {
    return { ...object, data: object.data.map((item: unknown) => (isObject(item) ? expandPath(call, item, rest, path) : item)) };
  }
  const child = expandedValue(call, object, name, path);
  return { ...object, [name]: rest.length > 0 && isObject(child) ? expandPath(call, child, rest, path) : child };
}

function expandedValue(call: Call, object: object, name: string, path: string): unknown {
  const entries = new Map<string, unknown>(Object.entries(object));
  if (name === 'refunds' && entries.get('object') === 'charge') {
    const charge = String(entries.get('id'));
    return { ...listRefunds(call, { charge }), url: `/v1/charges/${charge}/refunds` };
  }
  if (!entries.has(name)) throw invalidRequest(`This property cannot be expanded (${path}).`, { param: 'expand' });
  const value = entries.get(name);
  if (value === null || isObject(value)) return value;
  const found = typeof value === 'string' ? objectNamed(call, value) : undefined;
  if (!found) throw invalidRequest(`This property cannot be expanded (${path}).`, { param: 'expand' });
  return found;
}

function objectNamed({ ledger, account }: Call, id: string): object | undefined {
  switch (id.split('_')[0]) {
    case 'pi': return owned(ledger.intents, account, id)?.intent;
    case 'ch': return owned(ledger.charges, account, id)?.charge;
    case 're': return owned(ledger.refunds, account, id)?.refund;
    case 'pm': return owned(ledger.methods, account, id)?.method;
    default: return undefined;
  }
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
