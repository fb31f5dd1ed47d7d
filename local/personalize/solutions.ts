import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { operation, type Operation } from '../aws/json-service';
import type { Kept, Solution, SolutionVersion } from './kept';
import type { Knowledge } from './knowledge';
import { arnOf, described, exists, found, isActive, isOf, Name, page, PAGE, requireActive, requireUnused, seconds, wrong } from './resource';
import { datasetOf } from './resources';

const HOUR_SECONDS = 3_600;
const DAY_SECONDS = 24 * HOUR_SECONDS;

/** The recipes that recommend items to a user, which is what this machine can do. */
const RECIPE = /^arn:aws:personalize:::recipe\/aws-user-personalization(-v2)?$/;
const autoTrainingConfig = z.strictObject({ schedulingExpression: z.string().regex(/^rate\(([1-9]|[12]\d|30) days?\)$/) });
const ofSolution = z.strictObject({ solutionArn: z.string() });
const CreateSolution = z.strictObject({
  name: Name,
  datasetGroupArn: z.string(),
  recipeArn: z.string().regex(RECIPE),
  eventType: z.string().max(256).optional(),
  performAutoML: z.literal(false).optional(),
  performHPO: z.literal(false).optional(),
  // The default of the API, and the only one that a template can have.
  performAutoTraining: z.boolean().default(true),
  solutionConfig: z.strictObject({ autoTrainingConfig: autoTrainingConfig.optional() }).optional(),
});

/** Solutions and their versions: what is trained on, and how often. */
export function solutionOperations(kept: Kept, knowledge: Knowledge): Readonly<Record<string, Operation>> {
  const { solutions, versions, groups, campaigns } = kept;
  return {
    CreateSolution: operation(CreateSolution, async ({ name, datasetGroupArn, recipeArn, eventType, performAutoTraining, solutionConfig }, caller) => {
      requireActive(datasetGroupArn, found(groups.get(datasetGroupArn), datasetGroupArn));
      const solutionArn = arnOf(caller, `solution/${name}`);
      if (solutions.get(solutionArn)) throw exists(solutionArn);
      if (!datasetOf(kept, datasetGroupArn, 'INTERACTIONS')) throw wrong(`${datasetGroupArn} has no dataset of interactions.`);
      const config = { autoTrainingConfig: solutionConfig?.autoTrainingConfig ?? { schedulingExpression: 'rate(7 days)' } };
      solutions.put(solutionArn, { name, solutionArn, datasetGroupArn, recipeArn, eventType, performAutoTraining, solutionConfig: config, creationDateTime: seconds() });
      await kept.commit();
      return { solutionArn };
    }),
    UpdateSolution: operation(z.strictObject({ solutionArn: z.string(), performAutoTraining: z.boolean().optional(), solutionUpdateConfig: z.strictObject({ autoTrainingConfig }).optional() }), async ({ solutionArn, performAutoTraining, solutionUpdateConfig }) => {
      const solution = found(solutions.get(solutionArn), solutionArn);
      requireActive(solutionArn, solution);
      solutions.put(solutionArn, { ...solution, ...(performAutoTraining !== undefined && { performAutoTraining }), ...(solutionUpdateConfig && { solutionConfig: solutionUpdateConfig }) });
      await kept.commit();
      return { solutionArn };
    }),
    DescribeSolution: operation(ofSolution, ({ solutionArn }) => {
      const latest = latestVersion(kept, solutionArn);
      return { solution: { ...described(found(solutions.get(solutionArn), solutionArn)), ...(latest && { latestSolutionVersion: summary(latest) }) } };
    }),
    ListSolutions: operation(z.strictObject({ datasetGroupArn: z.string().optional(), ...PAGE }), ({ datasetGroupArn, ...input }, caller) => {
      const { some, nextToken } = page([...solutions.values()].filter((one) => isOf(caller, one.solutionArn) && (datasetGroupArn === undefined || one.datasetGroupArn === datasetGroupArn)), input);
      return { solutions: some.map(described).map(({ name, solutionArn, status, creationDateTime, lastUpdatedDateTime, recipeArn }) => ({ name, solutionArn, status, creationDateTime, lastUpdatedDateTime, recipeArn })), nextToken };
    }),
    DeleteSolution: operation(ofSolution, async ({ solutionArn }) => {
      found(solutions.get(solutionArn), solutionArn);
      requireUnused(campaigns, (one) => (one.solutionArn === solutionArn ? `${one.campaignArn} still recommends by ${solutionArn}.` : undefined));
      for (const { solutionVersionArn } of versionsOf(kept, solutionArn)) versions.delete(solutionVersionArn);
      solutions.delete(solutionArn);
      await kept.commit();
    }),
    CreateSolutionVersion: operation(z.strictObject({ solutionArn: z.string(), trainingMode: z.literal('FULL').optional() }), async ({ solutionArn }) => {
      const solution = found(solutions.get(solutionArn), solutionArn);
      requireActive(solutionArn, solution);
      const { solutionVersionArn } = train(kept, knowledge, solution, 'MANUAL');
      await kept.commit();
      return { solutionVersionArn };
    }),
    DescribeSolutionVersion: operation(z.strictObject({ solutionVersionArn: z.string() }), ({ solutionVersionArn }) => {
      const version = found(versions.get(solutionVersionArn), solutionVersionArn);
      const { datasetGroupArn, recipeArn, eventType, solutionConfig } = found(solutions.get(version.solutionArn), version.solutionArn);
      return { solutionVersion: { ...summary(version), solutionArn: version.solutionArn, datasetGroupArn, recipeArn, eventType, solutionConfig } };
    }),
    ListSolutionVersions: operation(z.strictObject({ solutionArn: z.string().optional(), ...PAGE }), ({ solutionArn, ...input }, caller) => {
      const { some, nextToken } = page([...versions.values()].filter((one) => isOf(caller, one.solutionArn) && (solutionArn === undefined || one.solutionArn === solutionArn)), input);
      return { solutionVersions: some.map(summary), nextToken };
    }),
  };
}

function summary(version: SolutionVersion) {
  const { solutionArn: _, ...rest } = described(version);
  return { ...rest, trainingMode: 'FULL' };
}

/** A version of the solution as of now, which fails where there is not enough to learn from. */
function train({ versions }: Kept, knowledge: Knowledge, { solutionArn, datasetGroupArn, eventType }: Solution, trainingType: SolutionVersion['trainingType']): SolutionVersion {
  const solutionVersionArn = `${solutionArn}/${randomBytes(4).toString('hex')}`;
  const version = { solutionVersionArn, solutionArn, trainingType, creationDateTime: seconds(), failureReason: knowledge.lacks(datasetGroupArn, eventType) };
  versions.put(solutionVersionArn, version);
  return version;
}

const versionsOf = ({ versions }: Kept, solutionArn: string): SolutionVersion[] => [...versions.values()].filter((one) => one.solutionArn === solutionArn);
const latestVersion = (kept: Kept, solutionArn: string): SolutionVersion | undefined => versionsOf(kept, solutionArn).at(-1);

/** What a campaign that follows the solution recommends by. */
export const latestTrained = (kept: Kept, solutionArn: string): SolutionVersion | undefined => versionsOf(kept, solutionArn).findLast(isActive);

/** Trains what is due by itself: first within an hour after the solution is there, then at its rate. */
export async function trainDue(kept: Kept, knowledge: Knowledge, now = seconds()): Promise<void> {
  for (const solution of kept.solutions.values()) {
    if (!solution.performAutoTraining) continue;
    const [, days = '7'] = /\((\d+)/.exec(solution.solutionConfig.autoTrainingConfig.schedulingExpression) ?? [];
    const latest = latestVersion(kept, solution.solutionArn);
    const due = latest ? latest.creationDateTime + Number(days) * DAY_SECONDS : solution.creationDateTime + HOUR_SECONDS;
    if (due <= now) train(kept, knowledge, solution, 'AUTOMATIC');
  }
  await kept.commit();
}
