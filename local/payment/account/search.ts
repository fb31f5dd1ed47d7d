import type Stripe from 'stripe';
import type { Call } from './call';
import { invalidRequest } from './errors';
import { newestFirst } from './ledger';

/** A new intent is found only after a while: https://docs.stripe.com/search#data-freshness, in sandbox time. */
export const SEARCH_LAG_MS = 1_000;

type Matches = (intent: Stripe.PaymentIntent) => boolean;

const CLAUSE = /^(-)?(?:metadata\[(["'])(?<key>.+?)\2\]|(?<field>[a-z_]+))\s*(?<operator>:|~|>=|<=|>|<)\s*(?:(["'])(?<text>.*?)\6|(?<word>[^\s"']+))$/;

/** https://docs.stripe.com/search#search-query-language: clauses joined by AND or by OR. */
export function searchIntents({ ledger, account, now }: Call, query: string, limit = 10, page = '0'): Stripe.ApiSearchResult<Stripe.PaymentIntent> {
  const matches = parseQuery(query);
  const from = Number(page);
  if (!Number.isInteger(from) || from < 0) throw invalidRequest('Invalid page.', { param: 'page' });
  const found = newestFirst(ledger.intents, account)
    .filter(({ createdAt, intent }) => createdAt <= now - SEARCH_LAG_MS && matches(intent))
    .map(({ intent }) => intent);
  const has_more = found.length > from + limit;
  return { object: 'search_result', data: found.slice(from, from + limit), has_more, next_page: has_more ? String(from + limit) : null, url: '/v1/payment_intents/search' };
}

function parseQuery(query: string): Matches {
  // Between quotes, AND and OR are words of the value.
  const parts = query.split(/\s+(AND|OR)\s+(?=(?:[^"']|"[^"]*"|'[^']*')*$)/i);
  const clauses = parts.filter((_, index) => index % 2 === 0).map((part) => parseClause(part.trim()));
  const joints = new Set(parts.filter((_, index) => index % 2 === 1).map((joint) => joint.toUpperCase()));
  if (joints.size > 1) throw invalidRequest('You cannot combine AND and OR in the same query.', { param: 'query' });
  return joints.has('OR') ? (intent) => clauses.some((matches) => matches(intent)) : (intent) => clauses.every((matches) => matches(intent));
}

function parseClause(clause: string): Matches {
  const match = CLAUSE.exec(clause);
  if (!match?.groups) throw invalidRequest(`We were unable to parse your search query at: ${clause}`, { param: 'query' });
  const { key, field = '', operator = ':', text, word } = match.groups;
  const wanted = text ?? word ?? '';
  const read = key === undefined ? reader(field) : (intent: Stripe.PaymentIntent) => intent.metadata[key];
  const negated = match[1] === '-';
  return (intent) => holds(read(intent), operator, wanted) !== negated;
}

function reader(field: string): (intent: Stripe.PaymentIntent) => string | number | undefined {
  if (field === 'amount' || field === 'created') return (intent) => intent[field];
  if (field === 'currency' || field === 'status') return (intent) => intent[field];
  throw invalidRequest(`Field \`${field}\` is an unsupported search field for resource \`payment_intents\`.`, { param: 'query' });
}

function holds(value: string | number | undefined, operator: string, wanted: string): boolean {
  if (value === undefined) return false;
  if (operator === '~') return String(value).toLowerCase().includes(wanted.toLowerCase());
  if (operator === ':') return String(value).toLowerCase() === wanted.toLowerCase();
  const [left, right] = [Number(value), Number(wanted)];
  if (operator === '>') return left > right;
  if (operator === '>=') return left >= right;
  return operator === '<' ? left < right : left <= right;
}
