import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { ServiceError } from '../aws/errors';
import { parseFilter } from './filterExpression';
import type { Kept } from './kept';
import type { Knowledge } from './knowledge';
import { found, isActive, isOf, wrong } from './resource';

/** https://docs.aws.amazon.com/personalize/latest/dg/API_RS_GetRecommendations.html */
const GetRecommendations = z.strictObject({
  campaignArn: z.string().max(256),
  userId: z.string().min(1).max(256),
  numResults: z.int().min(0).max(500).optional(),
  filterArn: z.string().max(256).optional(),
  filterValues: z.record(z.string(), z.string().max(1_000)).optional(),
});

const DEFAULT_RESULTS = 25;

/** Answers by a campaign. @throws ServiceError as the service does */
export function getRecommendations(kept: Kept, knowledge: Knowledge, account: string, body: unknown) {
  const parsed = GetRecommendations.safeParse(body);
  if (!parsed.success) throw wrong(z.prettifyError(parsed.error));
  const { campaignArn, userId, numResults = DEFAULT_RESULTS, filterArn, filterValues = {} } = parsed.data;
  const campaign = found(isOf({ account }, campaignArn) ? kept.campaigns.get(campaignArn) : undefined, campaignArn, 404);
  if (!isActive(campaign)) throw new ServiceError('ResourceNotFoundException', `${campaignArn} is not ACTIVE.`, 404);
  const { datasetGroupArn } = found(kept.solutions.get(campaign.solutionArn), campaign.solutionArn, 404);
  const itemList = knowledge.of(datasetGroupArn).recommend({ userId, numResults, now: Date.now(), ...filterOf(kept, datasetGroupArn, filterArn, filterValues) });
  return { itemList, recommendationId: `RID-${randomUUID()}` };
}

function filterOf({ filters }: Kept, group: string, filterArn: string | undefined, given: Readonly<Record<string, string>>) {
  if (filterArn === undefined) return {};
  const kept = found(filters.get(filterArn), filterArn, 404);
  if (kept.datasetGroupArn !== group) throw wrong(`${filterArn} is a filter of another dataset group.`);
  const filter = parseFilter(kept.filterExpression);
  const unknown = Object.keys(given).filter((name) => !filter.placeholders.includes(name));
  if (unknown.length > 0) throw wrong(`The filter has no placeholder ${unknown.join(', ')}.`);
  const filterValues = Object.fromEntries(Object.entries(given).map(([name, text]) => [name, valuesOf(name, text)]));
  const missing = filter.placeholders.filter((name) => filterValues[name] === undefined);
  if (missing.length > 0) throw wrong(`The filter has no value for ${missing.join(', ')}.`);
  return { filter, filterValues };
}

/** `"Coffee & tea","Kitchen"`: each value in quotes, with commas between them. */
function valuesOf(name: string, text: string): string[] {
  if (!/^\s*"[^"]*"(\s*,\s*"[^"]*")*\s*$/.test(text)) throw wrong(`The value of ${name} is not in quotes.`);
  return [...text.matchAll(/"([^"]*)"/g)].map(([, value = '']) => value);
}
