import type { Place } from './call';
import type { Input } from './input';
import { on, onEverything, type Reader, type Readers } from './readers';

const arn = (member: string) => (input: Input): string => input.needed(member);
const inGroup = (kind: string) => (input: Input, at: Place): string[] => [at.arn('personalize', `${kind}/${input.needed('name')}`), input.needed('datasetGroupArn')];

/** Who has data imported passes Personalize the role that reads them. */
const createDatasetImportJob: Reader = (input, at) => [
  { resource: at.arn('personalize', `dataset-import-job/${input.needed('jobName')}`) },
  { resource: input.needed('datasetArn') },
  { action: 'iam:PassRole', resource: input.needed('roleArn'), keys: { 'iam:PassedToService': ['personalize.amazonaws.com'] } },
];

/** What is made and described; events, items, users and recommendations are asked for by path. */
export const personalize: Readers = {
  ...on('CreateDatasetGroup', (input, at) => at.arn('personalize', `dataset-group/${input.needed('name')}`)),
  ...on('CreateSchema', (input, at) => at.arn('personalize', `schema/${input.needed('name')}`)),
  ...on('CreateDataset', (input, at) => [at.arn('personalize', `dataset/${input.needed('datasetGroupArn').split('/').at(-1)}/${input.needed('datasetType').toUpperCase()}`), input.needed('datasetGroupArn')]),
  ...on('CreateFilter', inGroup('filter')),
  ...on('CreateSolution', inGroup('solution')),
  ...on('CreateCampaign', (input, at) => [at.arn('personalize', `campaign/${input.needed('name')}`), input.needed('solutionVersionArn')]),
  CreateDatasetImportJob: createDatasetImportJob,
  ...on('DescribeDatasetGroup DeleteDatasetGroup CreateEventTracker', arn('datasetGroupArn')),
  ...on('DescribeSchema DeleteSchema', arn('schemaArn')),
  ...on('DescribeDataset DeleteDataset', arn('datasetArn')),
  ...on('DescribeEventTracker DeleteEventTracker', arn('eventTrackerArn')),
  ...on('DescribeFilter DeleteFilter', arn('filterArn')),
  ...on('DescribeSolution UpdateSolution DeleteSolution CreateSolutionVersion', arn('solutionArn')),
  ...on('DescribeSolutionVersion', arn('solutionVersionArn')),
  ...on('DescribeCampaign UpdateCampaign DeleteCampaign', arn('campaignArn')),
  ...on('DescribeDatasetImportJob', arn('datasetImportJobArn')),
  ...onEverything('ListDatasetGroups ListFilters ListSolutions ListSolutionVersions ListCampaigns ListDatasetImportJobs'),
};
