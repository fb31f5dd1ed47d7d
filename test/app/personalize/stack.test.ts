import type { Website } from '../../../stages/environments';
import { website } from '../../../stages/environments';
import { grantedTo } from '../grants';
import { resources, resourcesOf, synthesize } from '../synthesized';
import type { Resource } from '../synthesized';

const names = website.environments.map(({ name }) => name);
const [first, ...others] = website.environments;
if (!first) throw new Error('The website has no environment.');
const withCampaign: Website = { ...website, environments: [{ ...first, personalize: { solution: true, campaign: { minimumTps: 2 } } }, ...others] };

const nameOf = ({ Properties }: Resource): string => String(Properties['Name']);

test('Personalize knows customers and the gate’s shoppers in worlds of their own, each with interactions, items and users', () => {
  for (const environment of names) {
    const stack = `${environment}-Personalize`;
    expect(resources('AWS::Personalize::DatasetGroup', stack).map(nameOf)).toEqual(['real', 'synthetic'].map((kind) => `website-${environment.toLowerCase()}-${kind}`));
    const types = resources('AWS::Personalize::Dataset', stack).map(({ Properties }) => Properties['DatasetType']);
    expect(types).toEqual(['Interactions', 'Items', 'Users', 'Interactions', 'Items', 'Users']);
    expect(resources('AWS::Personalize::EventTracker', stack)).toHaveLength(2);
  }
});

test('a solution learns from customers alone, and from what is new of it under a new name', () => {
  const [solution, ...more] = resourcesOf('Prod-Personalize').filter(([, { Type }]) => Type === 'AWS::Personalize::Solution');
  expect(more).toEqual([]);
  expect(JSON.stringify(solution?.[1].Properties['DatasetGroupArn'])).toContain('RealGroup');
  for (const type of ['Solution', 'Filter', 'Schema']) for (const one of resources(`AWS::Personalize::${type}`, 'Prod-Personalize')) expect(nameOf(one)).toMatch(/-[0-9a-f]{8}$/);
});

test('nothing that costs money while nobody asks is there unless the environment says so', () => {
  for (const environment of names) expect(resources('AWS::Personalize::Campaign', `${environment}-Personalize`)).toEqual([]);
});

test('a campaign follows its solution, is ready for as much as the environment says, and only recommendations may ask it', () => {
  const assembly = synthesize(withCampaign);
  const [campaign] = resources('AWS::Personalize::Campaign', 'Dev-Personalize', assembly);
  expect(campaign?.Properties).toMatchObject({ MinProvisionedTPS: 2, CampaignConfig: { SyncWithLatestSolutionVersion: true } });
  expect(JSON.stringify(campaign?.Properties['SolutionVersionArn'])).toContain('/$LATEST');
  const allowed = resourcesOf('Dev-Personalize', assembly).filter(([, { Type, Properties }]) => Type === 'AWS::IAM::Policy' && JSON.stringify(Properties).includes('personalize:GetRecommendations'));
  expect(allowed.map(([id]) => id)).toEqual([expect.stringContaining('GetRecommendations')]);
  const [, { Properties } = { Properties: {} }] = resourcesOf('Dev-Personalize', assembly).find(([id, { Type }]) => Type === 'AWS::Lambda::Function' && id.startsWith('GetRecommendations')) ?? [];
  expect(JSON.stringify(Properties)).toContain('CATEGORY_FILTER_ARN');
  expect(grantedTo('GetRecommendations', 'Prod-Personalize').join()).not.toContain('personalize');
});
